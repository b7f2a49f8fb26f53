/**
 * H2, from 1.4.200 to 2.5.252, embedded or behind a server. Start at {@link org.batonjdbc.store.dialect.h2.H2Dialect};
 * each of the other classes knows one matter in which the two generations of H2 differ. All are stateless but
 * {@link org.batonjdbc.store.dialect.h2.CaptureTrigger}, which lives among the engine's own classes and runs in the
 * application's threads.
 */
package org.batonjdbc.store.dialect.h2;
