package org.batonjdbc.driver.sql;

/** One of several statements in a text, from {@code start} to {@code end} (exclusive, without its semicolon). */
public record Part(int start, int end, Meaning meaning) {}
