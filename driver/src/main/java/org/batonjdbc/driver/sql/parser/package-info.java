/**
 * The parser that is generated from Calcite's grammar and the productions in {@code src/main/codegen}. All classes but
 * {@link org.batonjdbc.driver.sql.parser.Outline} are written by JavaCC while building. A parser is for one text and
 * one thread.
 */
package org.batonjdbc.driver.sql.parser;
