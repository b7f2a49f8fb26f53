/**
 * What could stand at the cursor: {@link org.batonjdbc.shell.completion.Suggestions} reads what is typed with the driver's
 * lexer, and knows from the {@link org.batonjdbc.shell.completion.Catalog} which tables and columns there are. Nothing
 * here knows a terminal.
 */
package org.batonjdbc.shell.completion;
