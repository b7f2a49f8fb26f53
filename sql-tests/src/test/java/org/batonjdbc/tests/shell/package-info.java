/** The {@code baton} program from outside: scripts, and the real program in a terminal. */
package org.batonjdbc.tests.shell;
