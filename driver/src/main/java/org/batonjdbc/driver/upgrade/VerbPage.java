package org.batonjdbc.driver.upgrade;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.batonjdbc.driver.sql.UpgradeStatement;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.upgrade.Phase;
import org.batonjdbc.store.upgrade.Verb;

/**
 * The manual of the UPGRADE statements, a page for each verb: how it is written, what it does, in which phases, and what
 * it answers. Help, completion and checks that run nothing are made of these lines.
 */
public enum VerbPage {
    CHECK(
            Verb.CHECK,
            Answer.CHECK,
            "[TO '<store>']",
            "look whether an upgrade would work; change nothing",
            """
            Preflight alone: engines and versions, keys, column types, reserved words, triggers, privileges, space, and a
            trial of the schema on the upgraded store. One row for each finding. A row whose severity is ERROR would
            refuse UPGRADE START, and its remedy says what to do; WARNING is yours to judge.""",
            "UPGRADE CHECK;"),
    START(
            Verb.START,
            Answer.STATUS,
            "[TO '<store>'] [WITH (name = value, ...)]",
            "check, build the schema, begin capture and copy",
            """
            Runs the check first, and any ERROR refuses. Then the schema is built on the upgraded store, the changes that
            the application makes are captured from now on, and the rows are copied in the background. Returns at once;
            UPGRADE WAIT FOR REPLICATING returns when the copy has caught up. TO names the upgraded store if the URL does
            not.""",
            "UPGRADE START TO 'h2:2.5.252@jdbc:h2:mem:orders;MODE=LEGACY';",
            VerbOption.EXCLUDE),
    STATUS(Verb.STATUS, Answer.STATUS, "", "tell where the upgrade stands, in one row", """
            Phase, progress of the copy, changes captured and applied, the age of the oldest change that is not applied
            yet (lag_ms), and the error of an upgrade that has failed.""", "UPGRADE STATUS;"),
    PAUSE(Verb.PAUSE, Answer.STATUS, "", "stop applying; changes accumulate meanwhile", """
            The application goes on, and its changes wait in the change log. A log that outgrows maxLogBytes ends the
            upgrade.""", "UPGRADE PAUSE;"),
    RESUME(Verb.RESUME, Answer.STATUS, "", "go on applying", """
            Applies what has accumulated since UPGRADE PAUSE, and then follows the application again.""", "UPGRADE RESUME;"),
    WAIT(
            Verb.WAIT,
            Answer.STATUS,
            "FOR <phase> [WITH (timeout = '60s')]",
            "return when the phase is reached",
            """
            REPLICATING is reached when the rows are copied, the indexes built, and the upgraded store has caught up once.
            Fails with 55P03 after the timeout; the upgrade goes on all the same.""",
            "UPGRADE WAIT FOR REPLICATING WITH (timeout = '2min');",
            VerbOption.TIMEOUT),
    VERIFY(
            Verb.VERIFY,
            Answer.VERIFY,
            "[TABLE name, ...]",
            "compare both stores while the application works",
            """
            Compares all rows, or those of the tables named, chunk by chunk. What differs is looked at again when
            everything committed before has been applied; only what still differs counts. UPGRADE SWITCH wants a VERIFY
            that found all tables SAME.""",
            "UPGRADE VERIFY TABLE customers, orders;"),
    REPAIR(
            Verb.REPAIR,
            Answer.REPAIR,
            "[TABLE name, ...] [WITH (extra = 'keep' or 'delete')]",
            "copy again what VERIFY found different",
            """
            Copies the rows on which VERIFY finds a difference once more from the active store. A row that only the
            upgraded store has is left alone unless extra = 'delete' says so: where the active engine lost it, it is the
            only copy.""",
            "UPGRADE REPAIR TABLE orders;",
            VerbOption.EXTRA),
    REHEARSE(
            Verb.REHEARSE,
            Answer.REHEARSE,
            "",
            "compile the application's statements on the upgraded store, and say which would be refused",
            """
            Each distinct statement that the application has run during this upgrade (with ?observe=true, before it, too)
            is compiled on the upgraded store, and none is executed. A row whose status is FAILS would break the
            application after the switchover.""",
            "UPGRADE REHEARSE;"),
    SWITCH(
            Verb.SWITCH,
            Answer.SWITCH,
            "[DRY RUN] [WITH (drain_timeout = '5s', on_timeout = 'abort' or 'rollback', verify = 'required' or 'skip')]",
            "move the application to the upgraded store",
            """
            The switchover: closes the gate, waits for transactions in flight, applies the last change, and opens the gate
            on the upgraded store. Statements that arrive meanwhile wait, and none fails. If it cannot be done, the gate
            opens again where the application was. DRY RUN says only what would happen.""",
            "UPGRADE SWITCH WITH (drain_timeout = '2s', on_timeout = 'rollback');",
            VerbOption.DRAIN_TIMEOUT,
            VerbOption.ON_TIMEOUT,
            VerbOption.VERIFY),
    REVERSE(
            Verb.REVERSE,
            Answer.SWITCH,
            "[DRY RUN] [WITH (...)]",
            "switch back; no change is lost",
            """
            The same in the other direction. Since the switchover the old store has followed the new one, so nothing that
            was written meanwhile is lost.""",
            "UPGRADE REVERSE;",
            VerbOption.DRAIN_TIMEOUT,
            VerbOption.ON_TIMEOUT,
            VerbOption.VERIFY),
    COMPLETE(
            Verb.COMPLETE,
            Answer.STATUS,
            "",
            "stop replicating back and release the old store",
            """
            The one step that cannot be undone: from now on there is no way back. Baton's objects are removed, and the old
            store is closed.""",
            "UPGRADE COMPLETE;"),
    CANCEL(
            Verb.CANCEL,
            Answer.STATUS,
            "",
            "before a switchover: stop, and leave the active store as it was",
            """
            Ends capture and copy and removes Baton's objects. The application notices nothing. After a switchover use
            UPGRADE REVERSE, and then UPGRADE COMPLETE.""",
            "UPGRADE CANCEL;");

    private final Verb verb;
    private final Answer answer;
    private final String arguments;
    private final String meaning;
    private final String text;
    private final String example;
    private final List<VerbOption> options;

    VerbPage(
            Verb verb,
            Answer answer,
            String arguments,
            String meaning,
            String text,
            String example,
            VerbOption... options) {
        this.verb = verb;
        this.answer = answer;
        this.arguments = arguments;
        this.meaning = meaning;
        this.text = text;
        this.example = example;
        this.options = List.of(options);
    }

    /** The page of a verb in any case. */
    public static Optional<VerbPage> named(String name) {
        return Arrays.stream(values())
                .filter(page -> page.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    /** The names of all phases. */
    public static List<String> phases() {
        return Arrays.stream(Phase.values()).map(Phase::name).toList();
    }

    /**
     * Reads a statement without running it: its words, its options, and their values.
     *
     * @throws SQLException 42601 or 22023 as running it would
     */
    public static void check(String sql) throws SQLException {
        UpgradeStatement statement = UpgradeStatement.parse(sql);
        VerbPage page = of(statement);
        With.of(statement.with(), page);
        for (Map.Entry<String, String> option : statement.with().entrySet()) {
            page.option(option.getKey()).check(option.getValue());
        }
        if (statement instanceof UpgradeStatement.WaitFor wait) {
            UpgradeVerbs.phase(wait.phase());
        } else if (statement instanceof UpgradeStatement.Start start
                && start.to().isPresent()) {
            StoreUrl.parse(start.to().get());
        } else if (statement instanceof UpgradeStatement.Check check
                && check.to().isPresent()) {
            StoreUrl.parse(check.to().get());
        }
    }

    private static VerbPage of(UpgradeStatement statement) {
        String name = statement.getClass().getSimpleName().toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(page -> name.startsWith(page.name()))
                .findFirst()
                .orElseThrow();
    }

    private VerbOption option(String key) {
        return options.stream()
                .filter(option -> option.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    /** How it is written. */
    public String usage() {
        return ("UPGRADE " + name() + " " + arguments).strip();
    }

    /** A few words that say what it does. */
    public String meaning() {
        return meaning;
    }

    /** What it does, in a few sentences on lines of their own. */
    public String text() {
        return text;
    }

    /** A statement that could be run so. */
    public String example() {
        return example;
    }

    /** What may stand in its WITH list. */
    public List<VerbOption> options() {
        return options;
    }

    /** The columns of its result, in order. */
    public List<String> columns() {
        return answer.labels();
    }

    /** Where it is allowed, as a sentence has it: {@code REPLICATING or SWITCHED}. */
    public String allowedIn() {
        String allowed = Arrays.stream(Phase.values())
                .filter(verb::fits)
                .map(Phase::name)
                .collect(Collectors.joining(" or "));
        return Arrays.stream(Phase.values()).allMatch(verb::fits) ? "any" : allowed;
    }
}
