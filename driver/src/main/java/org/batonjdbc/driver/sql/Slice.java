package org.batonjdbc.driver.sql;

import java.util.List;

/**
 * A stretch of a statement's text, to be copied as it is and never written anew.
 *
 * @param start of its first character
 * @param end behind its last one
 * @param parameters the JDBC indexes (from 1) of the parameters in it, in the order in which they stand
 */
public record Slice(int start, int end, List<Integer> parameters) {
    public Slice {
        parameters = List.copyOf(parameters);
    }

    /** The stretch of the text that it was cut from. */
    public String in(String text) {
        return text.substring(start, end);
    }
}
