/**
 * Upgrades of stores that live inside another process: {@link org.batonjdbc.shell.attach.Processes} finds those that have
 * some, and {@link org.batonjdbc.shell.attach.Attached} opens something that the rest of the shell takes for a JDBC
 * connection, on which UPGRADE statements alone can be run. Nothing has to be prepared in that process, and no port is
 * opened for others than this machine's: the JDK's attach mechanism starts its local management agent there.
 */
package org.batonjdbc.shell.attach;
