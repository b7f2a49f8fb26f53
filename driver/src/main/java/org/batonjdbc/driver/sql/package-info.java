/**
 * What statements mean. {@link org.batonjdbc.driver.sql.Lexer} cuts text into tokens in the {@link
 * org.batonjdbc.driver.sql.Syntax} of an engine and feeds everything else; {@link org.batonjdbc.driver.sql.Meaning} says
 * what a statement does, and {@link org.batonjdbc.driver.sql.Meanings} remembers it; {@link
 * org.batonjdbc.driver.sql.Skeleton} slices a change of rows at its clauses; {@link
 * org.batonjdbc.driver.sql.StatementSplitter} cuts scripts; {@link org.batonjdbc.driver.sql.UpgradeStatement} reads
 * Baton's own statements.
 *
 * <p>The lexer is the authority and the grammar generated from Calcite's a witness: engines write expressions that no one
 * grammar reads, while the words that begin a clause outside of brackets are the same few everywhere. So a statement
 * that the grammar cannot read keeps its skeleton, and one in which the grammar sees other parts loses it. Nothing but a
 * skeleton loads Calcite; UPGRADE statements are read without it, for a switchover is no moment to load a thousand
 * classes, and because an error should name the few words that could stand there. Tests see to it that both agree.
 *
 * <p>No threads: everything is immutable, a cache for all threads, or a cursor for one.
 */
package org.batonjdbc.driver.sql;
