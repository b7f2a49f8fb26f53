/**
 * Filling the upgraded store with the rows that are there already. Start at
 * {@link org.batonjdbc.store.copy.TableCopy}; only the pair's worker calls it.
 */
package org.batonjdbc.store.copy;
