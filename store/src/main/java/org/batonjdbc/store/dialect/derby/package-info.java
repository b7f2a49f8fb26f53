/**
 * Apache Derby 10.14 and later, embedded and as a network server; start at {@link
 * org.batonjdbc.store.dialect.derby.DerbyDialect}. Statements have no effect outside their connection but through
 * Derby; no threads.
 */
package org.batonjdbc.store.dialect.derby;
