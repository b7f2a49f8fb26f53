/**
 * The upgrade of a pair of stores, from UPGRADE START to UPGRADE COMPLETE. Start at
 * {@link org.batonjdbc.store.upgrade.Upgrade}, the state machine; {@link org.batonjdbc.store.upgrade.Pair} is what the driver
 * holds. Verbs, copy, apply and switchover all run on one thread, {@code baton-<pair>}; applications' threads only read the
 * route and mark their passes.
 */
package org.batonjdbc.store.upgrade;
