package org.batonjdbc.shell.status;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** The row of UPGRADE STATUS, as far as somebody who waits wants to know it; upgraded and error may be null. */
public record UpgradeStatus(
        String phase,
        String replication,
        String active,
        String upgraded,
        long rowsCopied,
        long rowsTotal,
        long changesApplied,
        long changesPending,
        long lagMillis,
        String error) {
    private static final int STATUS_SECONDS = 10;

    /** Asks for it. */
    public static UpgradeStatus read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(STATUS_SECONDS);
            try (ResultSet status = statement.executeQuery("UPGRADE STATUS")) {
                if (!status.next()) {
                    throw new SQLException("UPGRADE STATUS has answered nothing");
                }
                return new UpgradeStatus(
                        status.getString("phase"),
                        status.getString("replication"),
                        status.getString("active"),
                        status.getString("upgraded"),
                        status.getLong("rows_copied"),
                        status.getLong("rows_total"),
                        status.getLong("changes_applied"),
                        status.getLong("changes_pending"),
                        status.getLong("lag_ms"),
                        status.getString("error"));
            }
        }
    }

    /** Whether an upgrade is under way, or has ended in failure. */
    public boolean isUnderWay() {
        return !phase.equals("IDLE");
    }

    /** Whether rows are being copied, and it is known how many there are. */
    boolean isCopying() {
        return phase.equals("COPYING") && rowsTotal > 0;
    }

    /** Whether changes accumulate. */
    boolean isPaused() {
        return replication.equals("PAUSED");
    }

    /** How much is copied, from 0 to 100; estimates of the total may be too low. */
    int percent() {
        return rowsTotal <= 0 ? 0 : (int) Math.min(100, rowsCopied * 100 / rowsTotal);
    }

    /** Where it stands, in one line without names of stores. */
    public String progress() {
        String paused = isPaused() ? " (paused)" : "";
        if (phase.equals("FAILED")) {
            return "FAILED: " + error;
        }
        if (phase.equals("IDLE")) {
            return "no upgrade";
        }
        if (isCopying()) {
            return String.format(
                    Locale.ROOT,
                    "COPYING%s %d %%, %,d of %,d rows, %,d changes pending",
                    paused,
                    percent(),
                    rowsCopied,
                    rowsTotal,
                    changesPending);
        }
        return String.format(
                Locale.ROOT,
                "%s%s, %,d changes applied, %,d pending, lag %,d ms",
                phase,
                paused,
                changesApplied,
                changesPending,
                lagMillis);
    }
}
