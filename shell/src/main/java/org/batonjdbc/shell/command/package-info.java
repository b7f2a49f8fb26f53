/**
 * What the shell does with a fragment: {@link org.batonjdbc.shell.command.Interpreter} sends statements to the session
 * and looks backslash commands up in {@link org.batonjdbc.shell.command.Commands}, where each stands with its usage and
 * meaning, of which the help is made.
 */
package org.batonjdbc.shell.command;
