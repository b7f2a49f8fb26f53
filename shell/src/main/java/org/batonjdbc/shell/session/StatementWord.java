package org.batonjdbc.shell.session;

import java.util.Locale;
import java.util.Set;

/** The word that a statement begins with. */
final class StatementWord {
    private static final Set<String> CHANGE_ROWS = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "WITH");

    private StatementWord() {}

    /** Whether 0 as its count means that no row matched, rather than that it counts nothing. */
    static boolean changesRows(String sql) {
        int end = 0;
        while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
            end++;
        }
        return CHANGE_ROWS.contains(sql.substring(0, end).toUpperCase(Locale.ROOT));
    }
}
