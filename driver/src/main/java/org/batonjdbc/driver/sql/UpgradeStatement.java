package org.batonjdbc.driver.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of Baton's own statements, as read. Options of WITH stay text, with lower-case names, in the order in which they
 * were written; whoever carries the statement out knows what is allowed.
 */
public sealed interface UpgradeStatement {
    /** UPGRADE CHECK [TO 'store']. */
    record Check(Optional<String> to) implements UpgradeStatement {}

    /** UPGRADE START [TO 'store'] [WITH (...)]. */
    record Start(Optional<String> to, Map<String, String> with) implements UpgradeStatement {}

    /** UPGRADE STATUS. */
    record Status() implements UpgradeStatement {}

    /** UPGRADE PAUSE. */
    record Pause() implements UpgradeStatement {}

    /** UPGRADE RESUME. */
    record Resume() implements UpgradeStatement {}

    /** UPGRADE WAIT FOR phase [WITH (...)]; the phase is in upper case. */
    record WaitFor(String phase, Map<String, String> with) implements UpgradeStatement {}

    /** UPGRADE VERIFY [TABLE name, ...] [WITH (...)]; no tables means all. */
    record Verify(List<Name> tables, Map<String, String> with) implements UpgradeStatement {}

    /** UPGRADE REPAIR [TABLE name, ...] [WITH (...)]; no tables means all. */
    record Repair(List<Name> tables, Map<String, String> with) implements UpgradeStatement {}

    /** UPGRADE REHEARSE. */
    record Rehearse() implements UpgradeStatement {}

    /** UPGRADE SWITCH [DRY RUN] [WITH (...)]. */
    record Switch(boolean dryRun, Map<String, String> with) implements UpgradeStatement {}

    /** UPGRADE REVERSE [DRY RUN] [WITH (...)]. */
    record Reverse(boolean dryRun, Map<String, String> with) implements UpgradeStatement {}

    /** UPGRADE COMPLETE. */
    record Complete() implements UpgradeStatement {}

    /** UPGRADE CANCEL. */
    record Cancel() implements UpgradeStatement {}

    /** The options of its WITH list, by name; empty for a statement that has none. */
    default Map<String, String> with() {
        return Map.of();
    }

    /**
     * Reads a statement whose first word is UPGRADE.
     *
     * @throws SQLException 42601, saying at which line and column what was found and what could stand there
     */
    static UpgradeStatement parse(String sql) throws SQLException {
        return new UpgradeParser(sql).parse();
    }
}
