/**
 * The interactive shell on JLine: {@link org.batonjdbc.shell.terminal.Prompt} reads input, statement by statement, and
 * hands it to the interpreter. Statements run in the main thread; the terminal's signal thread only cancels them.
 */
package org.batonjdbc.shell.terminal;
