/**
 * How a result is shown: the formats, and the text of a value in each of them. {@link
 * org.batonjdbc.shell.output.Format} comes first; it opens the printer that is handed a heading and then row by row, so
 * that a result of any length passes through in bounded memory. Nothing here knows JDBC connections or terminals, and
 * everything runs in the thread that executes the statement.
 */
package org.batonjdbc.shell.output;
