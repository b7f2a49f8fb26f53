package org.batonjdbc.shell.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import org.batonjdbc.shell.script.ScriptReader;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.ShellException;

/** Runs scripts that scripts include, up to a depth that only one that includes itself reaches. */
final class Includes {
    private static final int DEEPEST = 20;

    private final Interpreter interpreter;
    private final Session session;
    private int depth;

    Includes(Interpreter interpreter, Session session) {
        this.interpreter = interpreter;
        this.session = session;
    }

    void run(String file) throws ShellException {
        if (file.isEmpty()) {
            throw new ShellException("\\i needs a file");
        }
        if (depth == DEEPEST) {
            throw new ShellException("scripts include each other " + DEEPEST + " deep; this one is not run");
        }
        depth++;
        try (BufferedReader lines = Files.newBufferedReader(Commands.path(file), StandardCharsets.UTF_8)) {
            if (!interpreter.run(new ScriptReader(file, lines, session::syntax))) {
                throw new ShellException("not all of " + file + " was done");
            }
        } catch (NoSuchFileException e) {
            throw new ShellException("there is no file " + file, e);
        } catch (IOException e) {
            throw new ShellException("cannot read " + file + ": " + e.getMessage(), e);
        } finally {
            depth--;
        }
    }
}
