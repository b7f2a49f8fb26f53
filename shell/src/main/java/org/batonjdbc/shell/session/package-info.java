/**
 * One run of the program as its statements see it: the streams, the settings, the connection, and what happens to one
 * statement. {@link org.batonjdbc.shell.session.Session} comes first. All of it runs in the main thread, except {@link
 * org.batonjdbc.shell.session.Session#cancel()}, which the terminal's signal thread calls.
 */
package org.batonjdbc.shell.session;
