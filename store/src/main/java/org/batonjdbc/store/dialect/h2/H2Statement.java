package org.batonjdbc.store.dialect.h2;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.ScriptToken;

/** A statement of a script that H2 itself has written, in which each identifier stands in quotes. Immutable. */
final class H2Statement {
    private static final Set<String> QUALIFIERS =
            Set.of("FORCE", "MEMORY", "CACHED", "GLOBAL", "LOCAL", "TEMPORARY", "OR", "REPLACE", "MATERIALIZED");

    private final String text;
    private final List<ScriptToken> tokens;

    H2Statement(String text) {
        this.text = text;
        this.tokens = ScriptToken.of(text);
    }

    String text() {
        return text;
    }

    /** What it is made of, without blanks and comments. */
    List<ScriptToken> tokens() {
        return tokens;
    }

    /** Whether it begins with this word. */
    boolean does(String verb) {
        return !tokens.isEmpty() && tokens.get(0).isWord(verb);
    }

    /** Whether it creates an object of that kind, such as TABLE. */
    boolean creates(String kind) {
        if (!does("CREATE")) {
            return false;
        }
        for (ScriptToken token : tokens.subList(1, tokens.size())) {
            if (token.isWord(kind)) {
                return true;
            }
            if (!token.isWord() || !QUALIFIERS.contains(token.text())) {
                return false;
            }
        }
        return false;
    }

    /** Whether this word stands in it, outside of quotes. */
    boolean mentions(String word) {
        return tokens.stream().anyMatch(token -> token.isWord(word));
    }

    /** All names with a schema, in their order; the object that it is about comes first. */
    List<TableName> names() {
        List<TableName> names = new ArrayList<>();
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (tokens.get(i).kind() == ScriptToken.Kind.NAME
                    && tokens.get(i + 1).isSymbol('.')
                    && tokens.get(i + 2).kind() == ScriptToken.Kind.NAME) {
                names.add(new TableName(tokens.get(i).text(), tokens.get(i + 2).text()));
                i += 2;
            }
        }
        return names;
    }

    /** The quoted names inside the last parentheses: an index's or a constraint's columns. */
    List<String> lastList() {
        List<String> names = new ArrayList<>();
        for (ScriptToken token : tokens) {
            if (token.isSymbol('(')) {
                names.clear();
            } else if (token.kind() == ScriptToken.Kind.NAME) {
                names.add(token.text());
            }
        }
        return names;
    }

    @Override
    public String toString() {
        return text;
    }
}
