/**
 * {@code baton demo}: a shop whose writers work through a connection pool while its store is upgraded under them. Read
 * {@link org.batonjdbc.shell.demo.Demo} first. What makes its report worth reading is that the writers keep their own
 * {@link org.batonjdbc.shell.demo.Ledger} of acknowledged commits, with which the store is compared at the end. Each
 * writer is a thread, one more prints the progress, and the upgrade is driven by the main thread.
 */
package org.batonjdbc.shell.demo;
