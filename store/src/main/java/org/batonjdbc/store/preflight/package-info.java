/**
 * What would go wrong with an upgrade, found before it begins. Start at {@link org.batonjdbc.store.preflight.Preflight};
 * each rule is one class. The facts are read once, from the active store, from the upgraded one if it is there, and from a
 * scratch store of its engine in memory in which the active store's schema is built on trial; neither store is changed. Runs
 * in the thread that asks.
 */
package org.batonjdbc.store.preflight;
