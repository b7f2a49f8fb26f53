package org.batonjdbc.store.dialect;

import org.batonjdbc.store.catalog.TableName;

/**
 * A sequence or an identity column, and the value that it will hand out next.
 *
 * @param owner the sequence itself, or the table whose column is numbered
 * @param column the identity column; null for a sequence
 * @param next the next value
 * @param increment the step, negative for counters that run down
 */
public record Counter(TableName owner, String column, long next, long increment) {}
