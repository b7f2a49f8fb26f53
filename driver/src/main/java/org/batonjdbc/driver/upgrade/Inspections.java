package org.batonjdbc.driver.upgrade;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.rowset.CachedRowSet;
import org.batonjdbc.driver.capture.CaptureRule;
import org.batonjdbc.driver.option.Kind;
import org.batonjdbc.driver.sql.Name;
import org.batonjdbc.driver.sql.UpgradeStatement;
import org.batonjdbc.store.gate.Pass;
import org.batonjdbc.store.preflight.Finding;
import org.batonjdbc.store.preflight.Severity;
import org.batonjdbc.store.upgrade.RepairReport;
import org.batonjdbc.store.upgrade.StartSettings;
import org.batonjdbc.store.upgrade.Upgrade;
import org.batonjdbc.store.upgrade.VerifySettings;
import org.batonjdbc.store.verify.TableReport;

/** The verbs that look at both stores and answer with a list. Immutable. */
final class Inspections {
    private static final String WARNING = "01000";
    private static final String SAME = "SAME";
    private static final String DIFFERENT = "DIFFERENT";

    private final Upgrade upgrade;
    private final CaptureRule capture;

    Inspections(Upgrade upgrade, CaptureRule capture) {
        this.upgrade = upgrade;
        this.capture = capture;
    }

    /** What REPAIR does with rows that only the upgraded store has. */
    enum Extra {
        /** They are listed by VERIFY and left alone. */
        KEEP,
        /** They are removed. */
        DELETE
    }

    CachedRowSet check(StartSettings settings) throws SQLException {
        return Answer.CHECK.of(Stream.concat(captureFinding().stream(), upgrade.check(settings).stream())
                .sorted(Comparator.comparing(Finding::severity))
                .map(f -> new Object[] {f.severity().name(), f.rule(), f.object(), f.message(), f.remedy()})
                .toList());
    }

    /** Says so if the URL asks for a way of capturing that there is not. */
    private Optional<Finding> captureFinding() {
        return switch (capture) {
            case AUTO, TRIGGER -> Optional.empty();
            case STATEMENT ->
                Optional.of(new Finding(
                        Severity.WARNING,
                        "capture",
                        "capture=statement",
                        "statement capture does not exist for any engine yet; changes are captured by triggers",
                        "leave the option out, or write capture=auto"));
        };
    }

    /** Answers with a row for each table; the keys of some rows that differ are warnings. */
    CachedRowSet verify(UpgradeStatement.Verify verify, Pass own, Consumer<SQLWarning> warnings) throws SQLException {
        With.of(verify.with(), VerbPage.VERIFY);
        List<TableReport> reports = upgrade.verify(new VerifySettings(names(verify.tables()), false, own));
        warn(
                reports.stream()
                        .filter(report -> !report.isSame())
                        .map(report -> "UPGRADE VERIFY found " + report.findings()),
                warnings);
        return Answer.VERIFY.of(reports.stream()
                .map(r -> new Object[] {
                    r.table().toString(), r.activeRows(), r.upgradedRows(), r.differing(), status(r.isSame())
                })
                .toList());
    }

    /** Answers with a row for each table; rows that cannot be put are warnings. */
    CachedRowSet repair(UpgradeStatement.Repair repair, Pass own, Consumer<SQLWarning> warnings) throws SQLException {
        boolean delete =
                With.of(repair.with(), VerbPage.REPAIR).value(VerbOption.EXTRA, Kind.oneOf(Extra.class), Extra.KEEP)
                        == Extra.DELETE;
        List<RepairReport> reports = upgrade.repair(new VerifySettings(names(repair.tables()), delete, own));
        warn(
                reports.stream()
                        .filter(report -> !report.blocked().isEmpty())
                        .map(report -> "UPGRADE REPAIR has left rows of " + report.table() + ": " + report.blocked()
                                + ". WITH (extra = 'delete') removes what only the upgraded store has"),
                warnings);
        return Answer.REPAIR.of(reports.stream()
                .map(r -> new Object[] {r.table().toString(), r.differing(), r.repaired(), status(r.isSame())})
                .toList());
    }

    private static void warn(Stream<String> messages, Consumer<SQLWarning> warnings) {
        messages.map(message -> new SQLWarning(message, WARNING))
                .reduce((first, next) -> {
                    first.setNextWarning(next);
                    return first;
                })
                .ifPresent(warnings);
    }

    private static String status(boolean same) {
        return same ? SAME : DIFFERENT;
    }

    private static List<String> names(List<Name> tables) {
        return tables.stream()
                .map(name -> name.parts().stream().map(Name.Part::text).collect(Collectors.joining(".")))
                .toList();
    }
}
