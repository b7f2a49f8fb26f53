/**
 * What a store's catalog says about its tables, as immutable facts that the rest of the house reasons with. Start at
 * {@link org.batonjdbc.store.catalog.Table}. Nothing here talks to a database; each dialect reads its engine's catalog
 * into these records. Safe for any thread.
 */
package org.batonjdbc.store.catalog;
