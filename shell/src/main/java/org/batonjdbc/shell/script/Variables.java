package org.batonjdbc.shell.script;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.batonjdbc.driver.sql.Lexer;
import org.batonjdbc.driver.sql.Syntax;
import org.batonjdbc.driver.sql.Token;
import org.batonjdbc.driver.sql.TokenKind;

/**
 * The values that a script names: {@code :name} stands for the value as it is, {@code :'name'} for it as a string,
 * {@code :"name"} as an identifier. Strings, quoted identifiers and comments are left alone, and so is a name that has no
 * value, since a colon means other things in SQL, too.
 */
public final class Variables {
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern IN_COMMAND =
            Pattern.compile("(?<![:\\p{L}\\p{N}]):(?:(" + NAME + ")|'(" + NAME + ")'|\"(" + NAME + ")\")");

    private final Map<String, String> values = new TreeMap<>();

    /** Values that are only known when the script runs: a dry run has asked nobody. */
    private final Set<String> unknown = new LinkedHashSet<>();

    /** Whether a variable may be called so. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Gives a variable a value. */
    public void set(String name, String value) {
        values.put(name, value);
        unknown.remove(name);
    }

    /** Notes that a variable will have a value that cannot be known now. */
    public void setUnknown(String name) {
        values.remove(name);
        unknown.add(name);
    }

    /** Takes a variable's value away. */
    public void unset(String name) {
        values.remove(name);
    }

    /** The value of a variable. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** All that have a value, by name. */
    public Map<String, String> all() {
        return Map.copyOf(values);
    }

    /** A statement with the values in the place of the names. */
    public String resolve(String sql, Syntax syntax) {
        if (values.isEmpty() || sql.indexOf(':') < 0) {
            return sql;
        }
        StringBuilder resolved = new StringBuilder(sql.length() + 32);
        int copied = 0;
        for (Use use : uses(sql, syntax)) {
            String value = values.get(use.name);
            if (value != null) {
                resolved.append(sql, copied, use.from).append(written(value, use.quote));
                copied = use.to;
            }
        }
        return resolved.append(sql, copied, sql.length()).toString();
    }

    /** The names in a statement that look like variables and have no value. */
    public List<String> missing(String sql, Syntax syntax) {
        return uses(sql, syntax).stream()
                .map(use -> use.name)
                .filter(name -> !values.containsKey(name))
                .distinct()
                .toList();
    }

    /** Those of the names that a statement uses whose values are only known when the script runs. */
    public List<String> unknownIn(String sql, Syntax syntax) {
        return missing(sql, syntax).stream().filter(unknown::contains).toList();
    }

    /** What follows a command's name, with the values in the place of the names. */
    public String resolveCommand(String argument) {
        if (values.isEmpty() || argument.indexOf(':') < 0) {
            return argument;
        }
        return IN_COMMAND.matcher(argument).replaceAll(match -> {
            int group = match.group(1) != null ? 1 : match.group(2) != null ? 2 : 3;
            String value = values.get(match.group(group));
            return Matcher.quoteReplacement(
                    value == null ? match.group() : written(value, group == 1 ? ' ' : group == 2 ? '\'' : '"'));
        });
    }

    private static String written(String value, char quote) {
        return quote == ' ' ? value : quote + value.replace("" + quote, "" + quote + quote) + quote;
    }

    private record Use(int from, int to, String name, char quote) {}

    private static List<Use> uses(String sql, Syntax syntax) {
        List<Use> uses = new ArrayList<>();
        List<Token> tokens = Lexer.tokens(sql, syntax);
        for (int i = 0; i + 1 < tokens.size(); i++) {
            Token colon = tokens.get(i);
            Token next = tokens.get(i + 1);
            boolean behindName = i > 0 && tokens.get(i - 1).kind() == TokenKind.WORD; // label:name, array[low:high]
            if (colon.kind() == TokenKind.OPERATOR && colon.in(sql).equals(":") && !behindName) {
                use(colon.start(), next, sql).ifPresent(uses::add);
            }
        }
        return uses;
    }

    private static Optional<Use> use(int from, Token token, String sql) {
        String text = token.in(sql);
        char quote = text.charAt(0);
        boolean quoted = quote == '\'' || quote == '"';
        if (quoted && !token.complete()) {
            return Optional.empty();
        }
        String name = quoted ? text.substring(1, text.length() - 1) : text;
        return isName(name) && (quoted || token.kind() == TokenKind.WORD)
                ? Optional.of(new Use(from, token.end(), name, quoted ? quote : ' '))
                : Optional.empty();
    }
}
