package org.batonjdbc.driver.sql.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/**
 * What the grammar found in a statement, as a list of words such as {@code UPDATE, T, set 2, where}: enough to compare
 * it with what was found by another way. The productions fill it and ask it about tokens that they have not taken yet.
 */
public final class Outline {
    private static final Set<String> SCHEMA_VERBS =
            Set.of("CREATE", "ALTER", "DROP", "COMMENT", "GRANT", "REVOKE", "RENAME", "REFRESH");

    private static final Set<String> OTHERS = Set.of(
            "ANALYZE",
            "BACKUP",
            "BEGIN",
            "CALL",
            "CHECKPOINT",
            "COMMIT",
            "DEALLOCATE",
            "DECLARE",
            "EXECUTE",
            "HELP",
            "LOCK",
            "PREPARE",
            "RELEASE",
            "RESET",
            "ROLLBACK",
            "RUNSCRIPT",
            "SAVEPOINT",
            "SCRIPT",
            "SET",
            "SHOW",
            "SHUTDOWN",
            "START",
            "USE");

    private static final Set<String> OBJECTS = Set.of(
            "TABLE",
            "INDEX",
            "VIEW",
            "SEQUENCE",
            "SCHEMA",
            "DATABASE",
            "USER",
            "ROLE",
            "DOMAIN",
            "TYPE",
            "FUNCTION",
            "PROCEDURE",
            "TRIGGER",
            "ALIAS",
            "CONSTANT",
            "AGGREGATE",
            "EXTENSION",
            "SYNONYM",
            "OBJECTS");

    private static final Set<String> NO_ALIAS = Set.of(
            "SET",
            "WHERE",
            "USING",
            "VALUES",
            "VALUE",
            "SELECT",
            "WITH",
            "TABLE",
            "DEFAULT",
            "OVERRIDING",
            "ORDER",
            "LIMIT",
            "OFFSET",
            "FETCH",
            "RETURNING",
            "KEY",
            "ON",
            "FROM",
            "DIRECT",
            "SORTED");

    private static final Set<String> MODIFIERS = Set.of("LOW_PRIORITY", "HIGH_PRIORITY", "DELAYED", "QUICK", "IGNORE");

    private final List<String> words = new ArrayList<>();

    /** What was found, in the order of the text but for a limit, which is always last but RETURNING. */
    public List<String> words() {
        return List.copyOf(words);
    }

    void add(String word) {
        words.add(word);
    }

    /** A name's last part, without what a stand-in may have changed in it. */
    void name(SqlIdentifier name) {
        words.add(plain(name.names.get(name.names.size() - 1)));
    }

    /** Letters and digits of a name, in upper case; what is quoted in a name was replaced by underscores. */
    public static String plain(String name) {
        return name.replaceAll("[\\W_]", "").toUpperCase(Locale.ROOT);
    }

    void limit() {
        words.add("limit");
    }

    /** What began as MERGE is an INSERT that replaces. */
    void replaces() {
        words.set(words.indexOf("MERGE"), "INSERT");
        words.add("replaces");
    }

    void source(SqlNode source) {
        boolean rows = source.getKind() == SqlKind.VALUES && source instanceof SqlBasicCall;
        words.add(rows ? "rows " + ((SqlBasicCall) source).operandCount() : "query");
    }

    boolean isSchemaVerb(Token token) {
        return SCHEMA_VERBS.contains(upper(token));
    }

    boolean isOther(Token token) {
        return OTHERS.contains(upper(token));
    }

    static boolean isObject(String word) {
        return OBJECTS.contains(word);
    }

    static boolean isWord(Token token, String word) {
        return token.image.equalsIgnoreCase(word);
    }

    static boolean isChangeVerb(Token token) {
        return Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE").contains(upper(token));
    }

    static boolean isModifier(Token token) {
        return MODIFIERS.contains(upper(token));
    }

    static boolean isLimit(Token token) {
        return Set.of("LIMIT", "OFFSET", "FETCH").contains(upper(token));
    }

    static boolean opensQuery(Token token) {
        return Set.of("SELECT", "VALUES", "WITH", "TABLE", "(").contains(upper(token));
    }

    static boolean isAlias(Token token) {
        return mayBeName(token) && !NO_ALIAS.contains(upper(token));
    }

    static boolean mayBeName(Token token) {
        char first = token.image.isEmpty() ? ' ' : token.image.charAt(0);
        return first == '"' || first == '_' || Character.isLetter(first);
    }

    static boolean isPlainUpgrade(String verb) {
        return Set.of("STATUS", "PAUSE", "RESUME", "REHEARSE", "COMPLETE", "CANCEL")
                .contains(verb);
    }

    private static String upper(Token token) {
        return token.image.toUpperCase(Locale.ROOT);
    }
}
