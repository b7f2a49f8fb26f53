package org.batonjdbc.driver.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.batonjdbc.store.SqlState;

/**
 * Reads UPGRADE statements word by word, so that an error names the one place and the few words that matter; a
 * generated parser would name every token of SQL. Needs nothing but the lexer.
 */
final class UpgradeParser {
    static final List<String> VERBS = List.of(
            "CHECK",
            "START",
            "STATUS",
            "PAUSE",
            "RESUME",
            "WAIT FOR",
            "VERIFY",
            "REPAIR",
            "REHEARSE",
            "SWITCH",
            "REVERSE",
            "COMPLETE",
            "CANCEL");

    private final Tape tape;
    private int at;

    UpgradeParser(String sql) {
        tape = new Tape(sql, Syntax.GENERIC);
    }

    UpgradeStatement parse() throws SQLException {
        expect("UPGRADE");
        String verb = tape.kind(at) == TokenKind.WORD ? word(at) : "";
        at++;
        UpgradeStatement statement = switch (verb) {
            case "CHECK" -> new UpgradeStatement.Check(to());
            case "START" -> new UpgradeStatement.Start(to(), with());
            case "STATUS" -> new UpgradeStatement.Status();
            case "PAUSE" -> new UpgradeStatement.Pause();
            case "RESUME" -> new UpgradeStatement.Resume();
            case "WAIT" -> new UpgradeStatement.WaitFor(phase(), with());
            case "VERIFY" -> new UpgradeStatement.Verify(tables(), with());
            case "REPAIR" -> new UpgradeStatement.Repair(tables(), with());
            case "REHEARSE" -> new UpgradeStatement.Rehearse();
            case "SWITCH" -> new UpgradeStatement.Switch(dryRun(), with());
            case "REVERSE" -> new UpgradeStatement.Reverse(dryRun(), with());
            case "COMPLETE" -> new UpgradeStatement.Complete();
            case "CANCEL" -> new UpgradeStatement.Cancel();
            default -> {
                at--;
                throw error(String.join(", ", VERBS));
            }
        };
        while (tape.is(at, ';')) {
            at++;
        }
        if (at < tape.count()) {
            throw error("the end of the statement");
        }
        return statement;
    }

    private Optional<String> to() throws SQLException {
        if (!tape.is(at, Keyword.TO)) {
            return Optional.empty();
        }
        at++;
        if (tape.kind(at) != TokenKind.STRING) {
            throw error("a store in quotes, such as 'h2:2.5.252@jdbc:h2:mem:orders'");
        }
        String store = unquoted(at);
        at++;
        return Optional.of(store);
    }

    private String phase() throws SQLException {
        expect("FOR");
        if (tape.kind(at) != TokenKind.WORD) {
            throw error("a phase, such as REPLICATING");
        }
        return word(at++);
    }

    private boolean dryRun() throws SQLException {
        if (!tape.is(at, "DRY")) {
            return false;
        }
        at++;
        expect("RUN");
        return true;
    }

    private List<Name> tables() throws SQLException {
        List<Name> tables = new ArrayList<>();
        if (!tape.is(at, Keyword.TABLE)) {
            return tables;
        }
        do {
            at++;
            int behind = tape.behindName(at);
            if (behind == at) {
                throw error("a table's name");
            }
            tables.add(Name.of(tape, at, behind));
            at = behind;
        } while (tape.is(at, ','));
        return tables;
    }

    private Map<String, String> with() throws SQLException {
        Map<String, String> with = new LinkedHashMap<>();
        if (!tape.is(at, Keyword.WITH)) {
            return with;
        }
        at++;
        expect("(");
        do {
            String name = tape.kind(at) == TokenKind.WORD ? word(at).toLowerCase(Locale.ROOT) : null;
            if (name == null || with.containsKey(name)) {
                throw error(name == null ? "an option's name" : "another option, for " + name + " is given twice");
            }
            at++;
            expect("=");
            with.put(name, value());
        } while (accept(','));
        if (!tape.is(at, ')')) {
            throw error(", or )");
        }
        at++;
        return Collections.unmodifiableMap(with);
    }

    /** A string, or words, numbers and dots without space between them, such as {@code abort}, {@code 5s} or {@code -1}. */
    private String value() throws SQLException {
        if (tape.kind(at) == TokenKind.STRING && isComplete(at)) {
            return unquoted(at++);
        }
        int from = at;
        int behind = at;
        while (isPlain(behind) && (behind == from || tape.start(behind) == tape.end(behind - 1))) {
            behind++;
        }
        if (behind == from) {
            throw error("a value, such as 'abort', 10 or '60s'");
        }
        at = behind;
        return tape.slice(from, behind - 1);
    }

    private boolean isPlain(int i) {
        TokenKind kind = tape.kind(i);
        return kind == TokenKind.WORD
                || kind == TokenKind.NUMBER
                || (kind == TokenKind.QUOTED && isComplete(i))
                || tape.is(i, '.')
                || tape.is(i, '-')
                || tape.is(i, '+');
    }

    private boolean accept(char punctuation) {
        if (!tape.is(at, punctuation)) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(String word) throws SQLException {
        if (!tape.is(at, word)) {
            throw error(word);
        }
        at++;
    }

    private boolean isComplete(int i) {
        return tape.isComplete() || i < tape.count() - 1;
    }

    private String unquoted(int i) throws SQLException {
        String written = tape.slice(i, i);
        if (!isComplete(i)) {
            throw error("a closing quote");
        }
        if (written.charAt(0) == '$') {
            int delimiter = written.indexOf('$', 1) + 1;
            return written.substring(delimiter, written.length() - delimiter);
        }
        int open = written.indexOf('\'');
        return written.substring(open + 1, written.length() - 1).replace("''", "'");
    }

    private String word(int i) {
        return tape.slice(i, i).toUpperCase(Locale.ROOT);
    }

    /** An error at the token where reading stopped. */
    private SQLException error(String expected) {
        String text = tape.text();
        int offset = at < tape.count() ? tape.start(at) : text.length();
        String before = text.substring(0, offset);
        int line = (int) before.lines().count() + (before.isEmpty() || before.endsWith("\n") ? 1 : 0);
        int column = offset - before.lastIndexOf('\n');
        String found = at < tape.count() ? tape.slice(at, at) : "the end of the statement";
        return SqlState.SYNTAX.error(
                "line " + line + ", column " + column + ": found " + found + ", expected " + expected);
    }
}
