package org.batonjdbc.shell.session;

import java.io.Writer;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.batonjdbc.shell.output.Look;

/**
 * What results are printed on, and who sits before it: how results look there, how many columns and lines it has at this
 * moment, 0 for no limit, how somebody is asked something, and how long results are paged.
 */
public record Screen(Look look, IntSupplier width, IntSupplier height, Questions questions, Pages pages) {
    /** A file or a pipe. */
    public static final Screen NONE = without((text, secret) -> Optional.empty());

    /** No screen, but somebody who can be asked. */
    public static Screen without(Questions questions) {
        return new Screen(Look.PLAIN, () -> 0, () -> 0, questions, plain -> Optional.empty());
    }

    /** Opens a writer for one result, which pages it if it is long. */
    @FunctionalInterface
    public interface Pages {
        /** The writer, before the one that goes to the screen; empty if results are not paged. */
        Optional<Writer> open(Writer plain);
    }

    /** Asks somebody for a line. */
    @FunctionalInterface
    public interface Questions {
        /**
         * The answer; empty if nobody is there, or they would not answer.
         *
         * @param secret whether nobody may see it
         */
        Optional<String> ask(String text, boolean secret);
    }
}
