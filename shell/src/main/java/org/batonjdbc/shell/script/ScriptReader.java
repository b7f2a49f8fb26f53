package org.batonjdbc.shell.script;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.batonjdbc.driver.sql.Syntax;

/**
 * Reads a script fragment by fragment. A line that begins with a backslash, where no statement has begun, is a command;
 * everything else is statements up to what ends them, which may be missing from the last.
 */
public final class ScriptReader {
    /** Some editors begin files with it. */
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final String source;
    private final BufferedReader lines;
    private final Supplier<Syntax> syntax;
    private final Deque<Fragment> ready = new ArrayDeque<>();
    private final StringBuilder pending = new StringBuilder();
    private int pendingLine = 1;
    private int linesRead;

    /** The syntax is asked for again and again, since a script may connect to another engine on its way. */
    public ScriptReader(String source, BufferedReader lines, Supplier<Syntax> syntax) {
        this.source = source;
        this.lines = lines;
        this.syntax = syntax;
    }

    /** The next fragment, or null when there is none left. */
    public Fragment next() throws IOException {
        while (ready.isEmpty()) {
            String line = line();
            if (line == null) {
                return last();
            }
            if (line.stripLeading().startsWith("\\")
                    && Statements.in(pending.toString(), syntax.get()).rest() == null) {
                pending.setLength(0);
                pendingLine = linesRead + 1;
                return new Fragment(line.strip(), source, linesRead, false);
            }
            pending.append(line).append('\n');
            if (line.indexOf(';') >= 0 || line.indexOf('\\') >= 0) {
                cut();
            }
        }
        return ready.remove();
    }

    private String line() throws IOException {
        String line;
        try {
            line = lines.readLine();
        } catch (CharacterCodingException e) {
            throw new IOException(source + " is not in UTF-8, soon behind line " + linesRead, e);
        }
        linesRead++;
        boolean marked = linesRead == 1 && line != null && line.startsWith(BYTE_ORDER_MARK);
        return marked ? line.substring(1) : line;
    }

    /** Moves what is complete from the pending text to the ready fragments, and returns the rest. */
    private Statements.Located cut() {
        String text = pending.toString();
        Statements statements = Statements.in(text, syntax.get());
        for (Statements.Located statement : statements.complete()) {
            ready.add(new Fragment(statement.text(), source, lineAt(text, statement.offset()), statement.vertical()));
        }
        Statements.Located rest = statements.rest();
        int keptFrom = rest == null ? text.length() : rest.offset();
        pendingLine = lineAt(text, keptFrom);
        pending.delete(0, keptFrom);
        return rest;
    }

    /** A statement that the script's end ends; also one that is not closed, about which the database shall complain. */
    private Fragment last() {
        Statements.Located rest = cut();
        pending.setLength(0);
        return rest == null ? null : new Fragment(rest.text(), source, pendingLine, false);
    }

    private int lineAt(String text, int offset) {
        int line = pendingLine;
        for (int i = 0; i < offset; i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        return line;
    }
}
