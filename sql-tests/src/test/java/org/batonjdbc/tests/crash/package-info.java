/**
 * A process that is killed again and again while it upgrades its store. {@link org.batonjdbc.tests.crash.KillTest} kills and
 * restarts; what dies is {@link org.batonjdbc.tests.crash.Victim}: it first compares the store with the
 * {@link org.batonjdbc.tests.crash.Ledger}, then its {@link org.batonjdbc.tests.crash.Clerk}s write and its
 * {@link org.batonjdbc.tests.crash.Operator} goes on with the upgrade.
 */
package org.batonjdbc.tests.crash;
