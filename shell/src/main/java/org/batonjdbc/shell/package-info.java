/**
 * The {@code baton} program. {@link org.batonjdbc.shell.Main} starts it, {@link org.batonjdbc.shell.Program} is its
 * command line; the packages below hold, in the order in which a statement passes them, terminal, script, command,
 * session and output, and beside them the demo.
 */
package org.batonjdbc.shell;
