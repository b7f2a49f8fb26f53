package org.batonjdbc.driver.option;

import java.util.Collection;
import java.util.Optional;
import org.batonjdbc.store.Nearest;

/** The names that may stand in one place, for telling somebody who wrote another one which was probably meant. */
public final class Names {
    private Names() {}

    /**
     * Says that a name is not known, which known one is nearest, and which are allowed.
     *
     * @param what such as {@code option}
     * @param known not empty
     */
    public static String unknown(String what, String name, Collection<String> known) {
        return "unknown " + what + " " + name + "; did you mean "
                + Nearest.among(name, known).orElseThrow() + "? Allowed are " + String.join(", ", known);
    }

    /** The known name that somebody may have meant; empty if none resembles what they wrote. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        return Nearest.to(name, known);
    }
}
