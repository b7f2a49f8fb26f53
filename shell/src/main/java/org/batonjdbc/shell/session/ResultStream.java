package org.batonjdbc.shell.session;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** A stream of results, in UTF-8, that remembers why it could not be written; other print streams only know that. */
public final class ResultStream extends PrintStream {
    private final Remembering target;

    private ResultStream(Remembering target) {
        super(target, false, StandardCharsets.UTF_8);
        this.target = target;
    }

    public static ResultStream to(OutputStream target) {
        return new ResultStream(new Remembering(target));
    }

    /**
     * What went wrong first. A reader that has left early, as {@code head} does, has seen what it wanted: that is no
     * failure.
     */
    public Optional<String> failure() {
        flush();
        return Optional.ofNullable(target.failure)
                .map(IOException::getMessage)
                .filter(message -> !message.toLowerCase(Locale.ROOT).contains("broken pipe"));
    }

    private static final class Remembering extends FilterOutputStream {
        private IOException failure;

        Remembering(OutputStream target) {
            super(target);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw remembered(e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException e) {
                throw remembered(e);
            }
        }

        private IOException remembered(IOException e) {
            failure = failure == null ? e : failure;
            return e;
        }
    }
}
