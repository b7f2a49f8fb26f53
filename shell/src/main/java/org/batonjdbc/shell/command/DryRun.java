package org.batonjdbc.shell.command;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.batonjdbc.driver.sql.Lexer;
import org.batonjdbc.driver.sql.Meaning;
import org.batonjdbc.driver.sql.StatementKind;
import org.batonjdbc.driver.sql.Token;
import org.batonjdbc.driver.sql.TokenKind;
import org.batonjdbc.driver.upgrade.VerbPage;
import org.batonjdbc.shell.script.Fragment;
import org.batonjdbc.shell.script.Variables;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.ShellException;

/**
 * Compiles every statement and runs none, but those that choose a schema for what follows. A statement that cannot be
 * compiled is expected to fail, unless an earlier one of the script makes or changes what it names: that cannot be known
 * without running it, and is said.
 */
public final class DryRun implements Treatment {
    private final Session session;
    private final Variables variables;

    /** What the script would have made or changed by now, in upper case, and where. */
    private final Map<String, String> made = new HashMap<>();

    /** Where a statement stands that may make anything; empty if none was met. */
    private String anything = "";

    private int compiled;
    private int open;
    private int failed;

    public DryRun(Session session, Variables variables) {
        this.session = session;
        this.variables = variables;
    }

    @Override
    public void statement(Fragment fragment, String sql) throws SQLException, ShellException {
        List<String> unknown = variables.unknownIn(sql, session.syntax());
        if (!unknown.isEmpty()) {
            leaveOpen(fragment, "the value of :" + unknown.get(0) + " will be asked for");
            return;
        }
        Meaning meaning = Meaning.of(sql, session.syntax());
        try {
            check(sql, meaning);
            compiled++;
        } catch (SQLException e) {
            Optional<String> reason = dependence(sql);
            if (reason.isEmpty()) {
                failed++;
                throw e;
            }
            leaveOpen(fragment, reason.get());
        } finally {
            remember(fragment, meaning);
        }
    }

    private void check(String sql, Meaning meaning) throws SQLException, ShellException {
        if (meaning.kind() == StatementKind.UPGRADE && session.isPair()) {
            VerbPage.check(sql);
            return;
        }
        session.compile(sql);
        if (choosesSchema(meaning)) {
            session.execute(sql);
        }
    }

    /** Otherwise all that follows would be looked for in the wrong place. */
    private static boolean choosesSchema(Meaning meaning) {
        String target = meaning.target() == null ? "" : meaning.target().toUpperCase(Locale.ROOT);
        return meaning.kind() == StatementKind.SESSION
                && (meaning.verb().startsWith("USE")
                        || target.equals("SCHEMA")
                        || target.equals("CURRENT SCHEMA")
                        || target.equals("CURRENT_SCHEMA")
                        || target.equals("SEARCH_PATH"));
    }

    private void leaveOpen(Fragment fragment, String reason) {
        open++;
        session.say(fragment.place() + "cannot be compiled yet: " + reason);
    }

    /** Why a statement that cannot be compiled now may well be in a real run. */
    private Optional<String> dependence(String sql) {
        for (Token token : Lexer.tokens(sql, session.syntax())) {
            if (token.kind() == TokenKind.WORD || token.kind() == TokenKind.QUOTED) {
                String name = name(token.in(sql));
                if (made.containsKey(name)) {
                    return Optional.of(name + " is made or changed at " + made.get(name));
                }
            }
        }
        return anything.isEmpty()
                ? Optional.empty()
                : Optional.of("the statement at " + anything + " may make what it needs");
    }

    private void remember(Fragment fragment, Meaning meaning) {
        String place = fragment.source() + ":" + fragment.line();
        switch (meaning.kind()) {
            case DDL -> {
                if (meaning.target() != null) {
                    String target = meaning.target();
                    made.putIfAbsent(name(target.substring(target.lastIndexOf('.') + 1)), place);
                } else {
                    anything = place;
                }
            }
            case CALL, SCRIPT, LOAD, UNKNOWN -> anything = place;
            case READ, INSERT, UPDATE, DELETE, MERGE, TRUNCATE, SESSION, TRANSACTION, LOCK, ADMIN, UPGRADE, EMPTY -> {
                // they make nothing that another statement could name
            }
        }
    }

    private static String name(String written) {
        return written.replaceAll("[\"`\\[\\]]", "").toUpperCase(Locale.ROOT);
    }

    @Override
    public boolean wants(Command.Effect effect) {
        return effect == Command.Effect.STATE;
    }

    @Override
    public void passOver(String command, String argument) {
        if (command.equals("prompt")) {
            variables.setUnknown(Assignments.asked(argument));
        }
    }

    @Override
    public String verdict() {
        return "would fail";
    }

    /** What was found, in one sentence. */
    public String summary() {
        return "dry run: " + compiled + (compiled == 1 ? " statement compiles" : " statements compile")
                + (open == 0 ? "" : ", " + open + " cannot be compiled before others have run")
                + ", " + failed + " would fail; nothing was run";
    }
}
