package org.batonjdbc.store.dialect.h2;

import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * Turns the java.sql times that H2 1.4.200 hands to triggers into java.time. H2 makes them through the JVM's time zone,
 * where local times do not exist while clocks go forward, calendars differ in old times, and java.sql.Time ends at
 * milliseconds: what may have suffered from that is left as it is, and so counts as uncertain.
 */
final class LegacyTimes {
    private static final int FIRST_CERTAIN_YEAR = 1900;

    private LegacyTimes() {}

    /**
     * The value as java.time if it is certain, else the value itself.
     *
     * @param scale the digits of fractional seconds in the column
     * @param zone the engine's idea of the JVM's time zone, where it is known
     */
    static Object modern(Object value, int scale, Optional<ZoneId> zone) {
        if (!(value instanceof java.util.Date legacy)) {
            return value;
        }
        return zone.filter(known -> known.equals(ZoneId.systemDefault()))
                .map(known -> modern(legacy, scale, known))
                .orElse(value);
    }

    private static Object modern(java.util.Date value, int scale, ZoneId zone) {
        if (value instanceof Time time) {
            return scale == 0 ? time.toLocalTime() : value;
        }
        if (value instanceof Timestamp timestamp) {
            LocalDateTime local = timestamp.toLocalDateTime();
            return local.getYear() >= FIRST_CERTAIN_YEAR && !mayHaveBeenMoved(timestamp.toInstant(), zone)
                    ? local
                    : value;
        }
        if (value instanceof Date date) {
            LocalDate local = date.toLocalDate();
            // Midnight itself is skipped by the clocks of some zones.
            Instant midnight = Instant.ofEpochMilli(date.getTime());
            return local.getYear() >= FIRST_CERTAIN_YEAR && !mayHaveBeenMoved(midnight, zone) ? local : value;
        }
        return value;
    }

    /** The zone through which this engine makes java.sql times, if that is the JVM's zone of now. */
    static Optional<ZoneId> zone(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT TIMESTAMP '2001-01-15 12:00:00', TIMESTAMP '2001-07-15 12:00:00'")) {
            boolean same = rows.next()
                    && rows.getTimestamp(1).toLocalDateTime().equals(LocalDateTime.of(2001, 1, 15, 12, 0))
                    && rows.getTimestamp(2).toLocalDateTime().equals(LocalDateTime.of(2001, 7, 15, 12, 0));
            return same ? Optional.of(ZoneId.systemDefault()) : Optional.empty();
        }
    }

    /** Whether a local time inside a gap of the clocks may have become this instant. */
    private static boolean mayHaveBeenMoved(Instant instant, ZoneId zone) {
        ZoneOffsetTransition last = zone.getRules().previousTransition(instant.plusNanos(1));
        if (last == null || !last.isGap()) {
            return false;
        }
        Duration since = Duration.between(last.getInstant(), instant);
        return since.compareTo(last.getDuration()) < 0;
    }
}
