/**
 * How engines differ, as one interface: {@link org.batonjdbc.store.dialect.Dialect}. Each engine implements it in a
 * package of its own below this one; {@code org.batonjdbc.store.engine} picks the one that fits a store. Dialects are
 * stateless, so any thread may call them.
 */
package org.batonjdbc.store.dialect;
