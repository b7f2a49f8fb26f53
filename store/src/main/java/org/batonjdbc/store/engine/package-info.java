/**
 * Opens stores: finds an engine's jar, loads it beside other releases of itself, and pools its connections. Start at
 * {@link org.batonjdbc.store.engine.Store}. Baton starts no thread here; HikariCP keeps its own for each pool, all of them
 * named {@code baton-...}, until the store is closed. A statement of the application never comes through this package: only
 * getting and returning a connection does.
 */
package org.batonjdbc.store.engine;
