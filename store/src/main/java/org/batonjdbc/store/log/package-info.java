/**
 * From rows that one transaction changed to the log of changes that the following store has yet to apply. Start at
 * {@link org.batonjdbc.store.log.ChangeLog}. Application threads collect their own
 * {@link org.batonjdbc.store.log.TransactionChanges} and reserve places in the log; the pair's worker reads it.
 */
package org.batonjdbc.store.log;
