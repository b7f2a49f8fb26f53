package org.batonjdbc.shell.completion;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.batonjdbc.driver.sql.Syntax;
import org.batonjdbc.shell.command.Command;

/**
 * What could stand at the cursor. A word is cut where SQL or a command would cut it, and who types small letters gets
 * small letters.
 */
public final class Suggestions {
    private static final String SQL_ENDS = " \t\r\n,;()=<>+*/-|!%&[]'";

    private final Catalog catalog;
    private final Syntax syntax;
    private final CommandSuggestions commands;
    private final Collection<String> variables;

    public Suggestions(Catalog catalog, Syntax syntax, List<Command> commands, Map<String, String> variables) {
        this.catalog = catalog;
        this.syntax = syntax;
        this.variables = variables.keySet();
        this.commands = new CommandSuggestions(catalog, commands, this.variables);
    }

    /** Where the word at the cursor begins. */
    public static int wordStart(String text, int cursor) {
        String ends = isCommand(text) ? " \t\r\n" : SQL_ENDS;
        int start = cursor;
        while (start > 0 && ends.indexOf(text.charAt(start - 1)) < 0) {
            start--;
        }
        return start;
    }

    static boolean isCommand(String text) {
        return text.stripLeading().startsWith("\\");
    }

    /** Everything that could stand in the place of the word at the cursor, the likeliest first. */
    public List<Suggestion> at(String text, int cursor) {
        int start = wordStart(text, cursor);
        String typed = text.substring(start, cursor);
        List<Suggestion> possible;
        if (isCommand(text)) {
            possible = commands.at(text.substring(0, start).strip(), typed);
        } else {
            CurrentStatement statement = new CurrentStatement(text, start, cursor, syntax);
            if (statement.isInQuotes()) {
                return List.of();
            }
            possible = typed.startsWith(":")
                    ? variables.stream()
                            .sorted()
                            .map(name -> Suggestion.of(":" + name, "variable"))
                            .toList()
                    : inStatement(statement, typed);
        }
        return fitting(possible, typed);
    }

    private List<Suggestion> inStatement(CurrentStatement statement, String typed) {
        return statement.word(0).equals("UPGRADE")
                ? new UpgradeSuggestions(catalog).at(statement)
                : new SqlSuggestions(catalog, statement).at(typed);
    }

    private static List<Suggestion> fitting(List<Suggestion> possible, String typed) {
        List<Suggestion> fitting = new ArrayList<>();
        for (Suggestion suggestion : possible) {
            String value = inCaseOf(typed, suggestion.value());
            boolean fits = value.regionMatches(true, 0, typed, 0, typed.length());
            if (fits && fitting.stream().noneMatch(other -> other.value().equals(value))) {
                fitting.add(new Suggestion(value, suggestion.description(), suggestion.goesOn()));
            }
        }
        return fitting;
    }

    /** Words without quotes mean the same in letters of either case; of a name with dots the last part is changed. */
    private static String inCaseOf(String typed, String value) {
        boolean small = !typed.isEmpty()
                && typed.equals(typed.toLowerCase(Locale.ROOT))
                && !typed.equals(typed.toUpperCase(Locale.ROOT));
        int last = value.substring(0, Math.max(0, value.length() - 1)).lastIndexOf('.') + 1;
        String part = value.substring(last);
        boolean plain = part.equals(part.toUpperCase(Locale.ROOT)) && part.indexOf('"') < 0;
        return small && plain ? value.substring(0, last) + part.toLowerCase(Locale.ROOT) : value;
    }
}
