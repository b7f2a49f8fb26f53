/**
 * What statements mean. {@link org.batonjdbc.driver.sql.Lexer} cuts text into tokens in the {@link
 * org.batonjdbc.driver.sql.Syntax} of an engine and feeds everything else; {@link org.batonjdbc.driver.sql.Meaning} says
 * what a statement does and {@link org.batonjdbc.driver.sql.Meanings} remembers it; {@link
 * org.batonjdbc.driver.sql.StatementSplitter} cuts scripts; {@link org.batonjdbc.driver.sql.UpgradeStatement} reads
 * Baton's own statements. No threads: everything is immutable, a cache, or a cursor for one thread.
 */
package org.batonjdbc.driver.sql;
