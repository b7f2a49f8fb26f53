/**
 * MariaDB 10.11 and later, as a server: {@link org.batonjdbc.store.dialect.mariadb.MariadbDialect}. A store is the one
 * database that its URL names. How changed rows become known is told in {@code NotingSql}, what cascades do in {@code Walk}.
 */
package org.batonjdbc.store.dialect.mariadb;
