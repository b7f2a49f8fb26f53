package org.batonjdbc.driver.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A name of one or more parts, as it is written.
 *
 * @param parts the last one names the object, those before it its schema and catalog
 */
public record Name(List<Part> parts) {
    public Name {
        parts = List.copyOf(parts);
    }

    /**
     * One part.
     *
     * @param text without its quotes; otherwise in the letters in which it was written
     * @param quoted whether it was in quotes, so that its case matters
     */
    public record Part(String text, boolean quoted) {
        /** Whether the catalog's spelling may be meant: exactly if quoted, else in letters of either case. */
        public boolean matches(String spelling) {
            return quoted ? text.equals(spelling) : text.equalsIgnoreCase(spelling);
        }
    }

    /** Reads the name on a tape from one index to another, the second one exclusive. */
    static Name of(Tape tape, int from, int to) {
        List<Part> parts = new ArrayList<>();
        for (int at = from; at < to; at++) {
            if (tape.isName(at)) {
                parts.add(part(tape.slice(at, at), tape.kind(at) == TokenKind.QUOTED));
            }
        }
        return new Name(parts);
    }

    private static Part part(String written, boolean quoted) {
        if (!quoted) {
            return new Part(written, false);
        }
        int open = written.charAt(0) == 'U' || written.charAt(0) == 'u' ? 2 : 0;
        char quote = written.charAt(written.length() - 1);
        String inside = written.substring(open + 1, written.length() - 1);
        return new Part(inside.replace("" + quote + quote, "" + quote), true);
    }

    /** The object's own name. */
    public Part last() {
        return parts.get(parts.size() - 1);
    }

    /** The part before the object's own name, the schema; null if there is none. */
    public Part qualifier() {
        return parts.size() > 1 ? parts.get(parts.size() - 2) : null;
    }

    /** The parts joined by dots, the quoted ones in double quotes. */
    @Override
    public String toString() {
        return parts.stream()
                .map(part -> part.quoted() ? '"' + part.text().replace("\"", "\"\"") + '"' : part.text())
                .collect(Collectors.joining("."));
    }
}
