/**
 * Where an upgrade stands, for whoever waits: {@link org.batonjdbc.shell.status.StatusFeed} asks once a second on a
 * connection and a thread of its own, {@link org.batonjdbc.shell.status.UpgradeStatus} is the answer, and {@link
 * org.batonjdbc.shell.status.Progress} says it in a line, with how long the copy may still take.
 */
package org.batonjdbc.shell.status;
