package org.batonjdbc.shell.terminal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.batonjdbc.shell.command.Interpreter;
import org.batonjdbc.shell.command.Relations;
import org.batonjdbc.shell.command.UpgradeVerb;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.Setting;
import org.batonjdbc.shell.session.ShellException;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes the word at the cursor: commands and their arguments, UPGRADE verbs, tables, and the words of SQL. */
final class Completion implements Completer {
    private static final List<String> PHASES =
            List.of("IDLE", "COPYING", "REPLICATING", "SWITCHING", "SWITCHED", "FAILED");

    private final Session session;
    private final Interpreter interpreter;

    Completion(Session session, Interpreter interpreter) {
        this.session = session;
        this.interpreter = interpreter;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        List<String> before = line.words().subList(0, line.wordIndex()).stream()
                .map(word -> word.toUpperCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
        String first = before.isEmpty() ? line.word() : before.get(0);
        String typed = line.word();
        for (String word : words(first, before)) {
            if (word.regionMatches(true, 0, typed, 0, typed.length())) { // else JLine would also offer OVER for ver
                candidates.add(new Candidate(inCaseOf(typed, word)));
            }
        }
    }

    private Collection<String> words(String first, List<String> before) {
        if (first.startsWith("\\")) {
            return before.isEmpty() ? interpreter.commandNames() : arguments(first);
        }
        String last = before.isEmpty() ? "" : before.get(before.size() - 1);
        if (first.equals("UPGRADE") && before.size() == 1) {
            return verbs();
        } else if (first.equals("UPGRADE")) {
            return switch (last) {
                case "WAIT" -> List.of("FOR");
                case "FOR" -> PHASES;
                case "START", "CHECK" -> List.of("TO", "WITH");
                case "SWITCH" -> List.of("DRY", "WITH");
                case "DRY" -> List.of("RUN");
                case "VERIFY", "REPAIR" -> List.of("TABLE");
                default -> tables();
            };
        }
        List<String> all = new ArrayList<>(SqlWords.all());
        all.addAll(tables());
        return all;
    }

    private Collection<String> arguments(String command) {
        return switch (command) {
            case "\\D" -> tables();
            case "\\H" -> verbs();
            case "\\SET" -> Arrays.stream(Setting.values()).map(Setting::key).toList();
            case "\\X" -> List.of("on", "off", "auto");
            case "\\TIMING" -> List.of("on", "off");
            default -> List.of();
        };
    }

    private static List<String> verbs() {
        return Arrays.stream(UpgradeVerb.values()).map(Enum::name).toList();
    }

    private List<String> tables() {
        try {
            return new Relations(session)
                    .all().stream().map(Relations.Relation::name).distinct().toList();
        } catch (SQLException | ShellException e) {
            return List.of(); // no connection, or one that answers nothing now: then there is nothing to offer
        }
    }

    /** Who types small letters wants small letters. */
    private static String inCaseOf(String typed, String word) {
        boolean small = !typed.isEmpty() && typed.equals(typed.toLowerCase(Locale.ROOT));
        boolean plain = word.equals(word.toUpperCase(Locale.ROOT));
        return small && plain ? word.toLowerCase(Locale.ROOT) : word;
    }
}
