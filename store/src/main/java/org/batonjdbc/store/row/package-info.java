/**
 * Whole rows of one table on their way between a store and memory: the statements
 * ({@link org.batonjdbc.store.row.TableSql}) and their values ({@link org.batonjdbc.store.row.Rows}). Stateless.
 */
package org.batonjdbc.store.row;
