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
            reports.add(new Verification(pair, running, settings.own(), (which, differences) -> {}).verify(table));
        }
        return reports;
    }

    List<RepairReport> repair() throws SQLException {
        List<RepairReport> reports = new ArrayList<>();
        for (Table table : tables()) {
            Repair repair = new Repair(running, settings.deleteExtra());
            TableReport report = new Verification(pair, running, settings.own(), repair).verify(table);
            reports.add(new RepairReport(table.name(), report.differing(), repair.repaired()));
        }
        return reports;
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
