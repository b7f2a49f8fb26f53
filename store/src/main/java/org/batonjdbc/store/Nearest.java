package org.batonjdbc.store;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant to write: the known word with the fewest slips of the finger between. */
public final class Nearest {
    private Nearest() {}

    /** The known word nearest to the given one; empty if none resembles it. */
    public static Optional<String> to(String word, Collection<String> known) {
        return among(word, known).filter(candidate -> resembles(word, candidate));
    }

    /** The known word nearest to the given one, however far that is; empty only if no word is known. */
    public static Optional<String> among(String word, Collection<String> known) {
        return known.stream().min(Comparator.comparingInt(candidate -> slips(word, candidate)));
    }

    private static boolean resembles(String word, String candidate) {
        int slips = slips(word, candidate);
        return slips < Math.max(word.length(), candidate.length()) && slips <= 1 + candidate.length() / 3;
    }

    /** How many letters must be inserted, removed, replaced, or swapped with their neighbour, whatever their case. */
    static int slips(String word, String candidate) {
        String from = word.toLowerCase(Locale.ROOT);
        String to = candidate.toLowerCase(Locale.ROOT);
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(from, to, i, j, cost);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int step(String from, String to, int i, int j, int[][] cost) {
        int change = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
