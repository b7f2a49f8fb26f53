package org.batonjdbc.store.dialect.h2;

import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Turns the java.sql times that H2 1.4.200 hands to triggers into java.time. H2 makes them through the JVM's time zone,
 * where local times do not exist while clocks go forward, calendars differ in old times, and java.sql.Time ends at
 * milliseconds: what may have suffered from that is left as it is, and so counts as uncertain.
 */
final class LegacyTimes {
    private static final int FIRST_CERTAIN_YEAR = 1900;
    /** Longer than clocks have ever been put forward at once: a day, where the date line was moved. */
    private static final long LONGEST_GAP_SECONDS = 25 * 3600;

    private final ZoneId zone;
    private final ZoneRules rules;

    private LegacyTimes(ZoneId zone) {
        this.zone = zone;
        this.rules = zone == null ? null : zone.getRules();
    }

    /** Learns whether this engine makes java.sql times through what is the JVM's time zone now. */
    static LegacyTimes of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT TIMESTAMP '2001-01-15 12:00:00', TIMESTAMP '2001-07-15 12:00:00'")) {
            boolean same = rows.next()
                    && rows.getTimestamp(1).toLocalDateTime().equals(LocalDateTime.of(2001, 1, 15, 12, 0))
                    && rows.getTimestamp(2).toLocalDateTime().equals(LocalDateTime.of(2001, 7, 15, 12, 0));
            return new LegacyTimes(same ? ZoneId.systemDefault() : null);
        }
    }

    /**
     * The value as java.time if it is certain, else the value itself, whatever it is.
     *
     * @param scale the digits of fractional seconds in the column
     */
    Object modern(Object value, int scale) {
        if (!(value instanceof java.util.Date) || zone == null || !zone.equals(ZoneId.systemDefault())) {
            return value;
        }
        if (value instanceof Time time) {
            return scale == 0 ? time.toLocalTime() : value;
        }
        if (value instanceof Timestamp timestamp) {
            LocalDateTime local = local(Math.floorDiv(timestamp.getTime(), 1000L), timestamp.getNanos());
            return local == null ? value : local;
        }
        if (value instanceof Date date && Math.floorMod(date.getTime(), 1000L) == 0) {
            LocalDateTime midnight = local(Math.floorDiv(date.getTime(), 1000L), 0);
            return midnight == null || midnight.getHour() != 0 || midnight.getMinute() != 0
                    ? value
                    : midnight.toLocalDate();
        }
        return value;
    }

    /** The local time of an instant; null if the engine may have made the same instant of another local time. */
    private LocalDateTime local(long second, int nanos) {
        Instant instant = Instant.ofEpochSecond(second);
        ZoneOffset offset = rules.getOffset(instant);
        LocalDateTime local = LocalDateTime.ofEpochSecond(second, nanos, offset);
        return local.getYear() < FIRST_CERTAIN_YEAR || isBehindGap(instant, offset) ? null : local;
    }

    /** Whether the clocks were put forward so shortly before that a time in that gap may have become this one. */
    private boolean isBehindGap(Instant instant, ZoneOffset offset) {
        if (rules.isFixedOffset()
                || rules.getOffset(instant.minusSeconds(LONGEST_GAP_SECONDS)).equals(offset)) {
            return false;
        }
        ZoneOffsetTransition last = rules.previousTransition(instant.plusNanos(1));
        return last != null
                && last.isGap()
                && instant.isBefore(last.getInstant().plus(last.getDuration()));
    }
}
