/**
 * PostgreSQL 13 to 18, as a server: {@link org.batonjdbc.store.dialect.postgresql.PostgresDialect}. Values travel as the
 * text that the server itself writes and reads, so nothing here needs the driver's classes.
 */
package org.batonjdbc.store.dialect.postgresql;
