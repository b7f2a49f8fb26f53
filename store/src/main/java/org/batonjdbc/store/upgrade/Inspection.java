package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.verify.TableReport;

/** Verifies or repairs the tables that an operator names, or all of them. Used by the worker. */
final class Inspection {
    private final Pair pair;
    private final Running running;
    private final VerifySettings settings;

    Inspection(Pair pair, Running running, VerifySettings settings) {
        this.pair = pair;
        this.running = running;
        this.settings = settings;
    }

    List<TableReport> verify() throws SQLException {
        List<TableReport> reports = new ArrayList<>();
        for (Table table : tables()) {
            reports.add(verification((which, differences) -> {}).verify(table));
        }
        return reports;
    }

    List<RepairReport> repair() throws SQLException {
        running.follower().takeNoOffence();
        List<RepairReport> reports = new ArrayList<>();
        for (Table table : tables()) {
            reports.add(repair(table));
        }
        if (reports.stream().allMatch(report -> report.blocked().isEmpty())) {
            running.follower().takeOffence();
        }
        return reports;
    }

    private RepairReport repair(Table table) throws SQLException {
        Repair first = new Repair(running, settings.deleteExtra());
        TableReport found = verification(first).verify(table);
        if (first.blocked() == 0) {
            return new RepairReport(table.name(), found.differing(), first.repaired(), "");
        }
        Repair second = new Repair(running, settings.deleteExtra());
        TableReport left = verification(second).verify(table);
        long repaired = Math.max(0, found.differing() - (left.differing() - second.repaired()));
        String blocked = second.blocked() == 0
                ? ""
                : second.blocked()
                        + " of these cannot be put, because a unique value of theirs is in another row there; "
                        + left.findings();
        return new RepairReport(table.name(), found.differing(), repaired, blocked);
    }

    private Verification verification(Verification.Found found) {
        return new Verification(pair, running, settings.own(), found);
    }

    private List<Table> tables() throws SQLException {
        List<Table> all = running.catalog().tables();
        if (settings.tables().isEmpty()) {
            return all;
        }
        List<Table> chosen = new ArrayList<>();
        for (String name : settings.tables()) {
            chosen.add(all.stream()
                    .filter(table -> table.name().isMeantBy(name))
                    .findFirst()
                    .orElseThrow(() -> SqlState.BAD_OPTION.error("no replicated table is called " + name
                            + "; there are: "
                            + all.stream().map(table -> table.name().toString()).collect(Collectors.joining(", ")))));
        }
        return chosen;
    }
}
