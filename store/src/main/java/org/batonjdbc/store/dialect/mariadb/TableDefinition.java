package org.batonjdbc.store.dialect.mariadb;

import java.util.ArrayList;
import java.util.List;

/**
 * A CREATE TABLE as the server writes it, in its parts; it escapes with backslashes and quotes with backticks.
 *
 * @param head up to the parenthesis that opens
 * @param parts columns, indexes and constraints
 * @param tail from the parenthesis that closes
 */
record TableDefinition(String head, List<String> parts, String tail) {
    static TableDefinition of(String sql) {
        int open = sql.indexOf('(', endOfName(sql));
        List<String> parts = new ArrayList<>();
        int depth = 1;
        int begin = open + 1;
        int at = begin;
        while (depth > 0) {
            char c = sql.charAt(at);
            if (c == '\'' || c == '"' || c == '`') {
                at = endOfQuoted(sql, at);
                continue;
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 || (depth == 1 && c == ',')) {
                parts.add(sql.substring(begin, at).strip());
                begin = at + 1;
            }
            at++;
        }
        return new TableDefinition(sql.substring(0, open), List.copyOf(parts), sql.substring(at - 1));
    }

    private static int endOfName(String sql) {
        return endOfQuoted(sql, sql.indexOf('`'));
    }

    private static int endOfQuoted(String sql, int start) {
        char quote = sql.charAt(start);
        int at = start + 1;
        while (sql.charAt(at) != quote || (at + 1 < sql.length() && sql.charAt(at + 1) == quote)) {
            boolean escaped = quote != '`' && sql.charAt(at) == '\\';
            at += escaped || sql.charAt(at) == quote ? 2 : 1;
        }
        return at + 1;
    }

    /** Whether a part is an index, unique or not, but no primary key. */
    static boolean isIndex(String part) {
        return part.matches("(?s)(UNIQUE |FULLTEXT |SPATIAL )?KEY .*");
    }

    static boolean isForeignKey(String part) {
        return part.matches("(?s)CONSTRAINT `(?:[^`]|``)*` FOREIGN KEY .*");
    }

    /** The first name in backticks of a part: of a column, an index or a constraint. */
    static String name(String part) {
        int start = part.indexOf('`');
        return part.substring(start + 1, endOfQuoted(part, start) - 1).replace("``", "`");
    }

    /** The statement with these parts. */
    String with(List<String> some) {
        return head + "(\n  " + String.join(",\n  ", some) + "\n" + tail;
    }
}
