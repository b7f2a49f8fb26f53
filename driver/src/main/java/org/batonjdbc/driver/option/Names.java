package org.batonjdbc.driver.option;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

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
        return "unknown " + what + " " + name + "; did you mean " + nearest(name, known) + "? Allowed are "
                + String.join(", ", known);
    }

    private static String nearest(String name, Collection<String> known) {
        String lower = name.toLowerCase(Locale.ROOT);
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(lower, candidate.toLowerCase(Locale.ROOT))))
                .orElseThrow();
    }

    /** How many letters must be inserted, removed or replaced (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
