package org.batonjdbc.driver.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.batonjdbc.driver.sql.Lexer;
import org.batonjdbc.driver.sql.StatementKind;
import org.batonjdbc.driver.sql.Syntax;
import org.batonjdbc.driver.sql.Token;
import org.batonjdbc.driver.sql.TokenKind;
import org.batonjdbc.store.SqlState;

/**
 * The variables of a session ({@code @NAME}, or declared ones), whose values are read at one store and set at another when
 * the session moves: what had set them, a sequence or a query, would set them to something else there. Used by the thread of
 * the connection.
 */
final class SessionVariables {
    /** As written, by what engines that do not care for case take them for. */
    private final Map<String, String> names = new LinkedHashMap<>(0);

    /** Notes the variables that a statement may have set; false if to set one is not all that it does. */
    boolean set(Command statement) {
        String target = statement.meaning().target();
        if (target == null) {
            return false;
        }
        if (statement.meaning().verb().equals("DECLARE")) {
            add(target);
            return false;
        }
        boolean variable = target.startsWith("@") && !target.startsWith("@@");
        if (variable) {
            add(target);
        }
        // A list of several may set other things, too.
        return statement.meaning().verb().equals("SET")
                && (variable || names.containsKey(key(target)))
                && isAlone(statement.sql());
    }

    private static boolean isAlone(String sql) {
        int depth = 0;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Notes the variables that a statement of another kind may set by the way, as {@code :=} and SELECT INTO do; what stands
     * in literals and comments is none, nor is anything where the engine has no such variables.
     */
    void mentioned(Command statement, Syntax syntax) {
        String sql = statement.sql();
        boolean sets = statement.meaning().locks()
                || statement.meaning().callsUnknown()
                || statement.meaning().kind() == StatementKind.SESSION;
        if (sets && sql.indexOf('@') >= 0) {
            for (Token token : Lexer.tokens(sql, syntax)) {
                String word = token.kind() == TokenKind.WORD ? sql.substring(token.start(), token.end()) : "";
                if (word.startsWith("@") && !word.startsWith("@@")) {
                    add(word);
                }
            }
        }
    }

    private void add(String name) {
        names.putIfAbsent(key(name), name);
    }

    private static String key(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    /**
     * Gives each the value that it has.
     *
     * @throws SQLException 55000 if the other store does not take it
     */
    void carry(Connection from, Connection to) throws SQLException {
        for (String name : names.values()) {
            try (Statement select = from.createStatement();
                    ResultSet row = select.executeQuery("VALUES (" + name + ")")) {
                row.next();
                set(name, row, to);
            } catch (SQLException e) {
                throw SqlState.REFUSED.error(
                        "the connection cannot move to the store that is active now, because its variable " + name
                                + " cannot be carried over: " + e.getMessage() + "; close the connection",
                        e);
            }
        }
    }

    private static void set(String name, ResultSet row, Connection to) throws SQLException {
        Object value = CarriedValues.value(row, 1);
        ResultSetMetaData meta = row.getMetaData();
        boolean text = value instanceof String && !(row.getObject(1) instanceof String);
        String placeholder = text ? "CAST(? AS " + meta.getColumnTypeName(1) + ")" : "?";
        try (PreparedStatement set = to.prepareStatement("SET " + name + " = " + placeholder)) {
            set.setObject(1, value);
            set.execute();
        } catch (SQLException e) {
            // HSQLDB takes no parameter there, but anything that is written out.
            try (Statement set = to.createStatement()) {
                set.execute("SET " + name + " = " + literal(value, row.getString(1), meta));
            } catch (SQLException written) {
                e.addSuppressed(written);
                throw e;
            }
        }
    }

    private static String literal(Object value, String text, ResultSetMetaData meta) throws SQLException {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof byte[] bytes) {
            return "X'" + HexFormat.of().formatHex(bytes) + "'";
        }
        String digits = switch (meta.getColumnType(1)) {
            case Types.CHAR, Types.VARCHAR -> "(" + Math.max(1, text.length()) + ")";
            case Types.DECIMAL, Types.NUMERIC -> "(" + meta.getPrecision(1) + ", " + meta.getScale(1) + ")";
            default -> "";
        };
        return "CAST('" + text.replace("'", "''") + "' AS " + meta.getColumnTypeName(1) + digits + ")";
    }
}
