package org.batonjdbc.shell.session;

/** Something that the shell itself, not a database, could not do; its message is all that the user needs. */
public final class ShellException extends Exception {
    private static final long serialVersionUID = 1L;

    public ShellException(String message) {
        super(message);
    }

    public ShellException(String message, Throwable cause) {
        super(message, cause);
    }
}
