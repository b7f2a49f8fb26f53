/**
 * Text into what can be run: {@link org.batonjdbc.shell.script.ScriptReader} cuts a script into {@link
 * org.batonjdbc.shell.script.Fragment}s, statements and backslash commands, each with the line where it begins. It reads
 * as far as it must and no further, so that a pipe is run as it arrives and a script may have any length.
 */
package org.batonjdbc.shell.script;
