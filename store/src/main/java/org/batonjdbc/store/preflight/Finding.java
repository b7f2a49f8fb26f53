package org.batonjdbc.store.preflight;

/**
 * What one rule found.
 *
 * @param severity how much it matters
 * @param rule the rule's name, such as {@code primary-key}
 * @param object the table, column, trigger or store that it is about
 * @param message what is so
 * @param remedy what to do; empty where nothing is to be done
 */
public record Finding(Severity severity, String rule, String object, String message, String remedy) {}
