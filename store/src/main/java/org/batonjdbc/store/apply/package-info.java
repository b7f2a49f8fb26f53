/**
 * Replaying the change log on the following store, exactly once. Start at {@link org.batonjdbc.store.apply.Applier}; only
 * the pair's worker calls it.
 */
package org.batonjdbc.store.apply;
