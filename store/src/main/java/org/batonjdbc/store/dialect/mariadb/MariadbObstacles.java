package org.batonjdbc.store.dialect.mariadb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.Obstacle;

/** Finds what a database has that is not carried over, or not as it is. */
final class MariadbObstacles {
    private static final String TABLES = "SELECT TABLE_SCHEMA, TABLE_NAME, CONCAT(TABLE_SCHEMA, '.', TABLE_NAME) FROM"
            + " information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND ";
    private static final String NO_TABLE = "SELECT NULL, NULL, ";

    private static final List<Search> SEARCHES = List.of(
            new Search(
                    true,
                    TABLES + "TABLE_TYPE = 'BASE TABLE' AND ENGINE <> 'InnoDB'",
                    "its engine knows no transactions, so that what is written to it cannot be told from what is not",
                    "ALTER TABLE ... ENGINE = InnoDB, or exclude it"),
            new Search(
                    true,
                    TABLES + "TABLE_TYPE = 'SYSTEM VERSIONED'",
                    "the history of a system-versioned table is not carried over",
                    "exclude it, or ALTER TABLE ... DROP SYSTEM VERSIONING"),
            new Search(
                    true,
                    "SELECT TABLE_SCHEMA, TABLE_NAME, CONCAT(TABLE_SCHEMA, '.', TABLE_NAME, ', ', CONSTRAINT_NAME) FROM"
                            + " information_schema.KEY_COLUMN_USAGE WHERE REFERENCED_TABLE_SCHEMA IS NOT NULL"
                            + " AND REFERENCED_TABLE_SCHEMA <> TABLE_SCHEMA AND DATABASE() IN (TABLE_SCHEMA,"
                            + " REFERENCED_TABLE_SCHEMA)",
                    "a foreign key between two databases is not carried over",
                    "drop it for the time of the upgrade"),
            new Search(
                    true,
                    NO_TABLE + "EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()"
                            + " AND STATUS = 'ENABLED'",
                    "an event writes without Baton, which would be refused",
                    "ALTER EVENT ... DISABLE for the time of the upgrade, and make it on the upgraded store afterwards"),
            new Search(
                    false,
                    NO_TABLE + "EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()"
                            + " AND STATUS <> 'ENABLED'",
                    "events are not carried over",
                    "make it on the upgraded store after the switchover"),
            new Search(
                    true,
                    NO_TABLE + "ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()"
                            + " AND ROUTINE_TYPE NOT IN ('FUNCTION', 'PROCEDURE')",
                    "packages are not carried over",
                    "make functions and procedures of it"),
            new Search(
                    false,
                    NO_TABLE + "CONCAT('innodb_flush_log_at_trx_commit = ', @@innodb_flush_log_at_trx_commit)"
                            + " FROM DUAL WHERE @@innodb_flush_log_at_trx_commit <> 1",
                    "a crash of this server loses commits, and the other store may have what this one has lost",
                    "SET GLOBAL innodb_flush_log_at_trx_commit = 1 for the time of the upgrade"),
            new Search(
                    false,
                    NO_TABLE + "GROUP_CONCAT(DISTINCT definer SEPARATOR ', ') FROM (SELECT DEFINER AS definer FROM"
                            + " information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE() UNION SELECT DEFINER FROM"
                            + " information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() UNION SELECT DEFINER FROM"
                            + " information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE() AND "
                            + MariadbNames.USERS_TRIGGER + ") d HAVING COUNT(*) > 0",
                    "views, routines or triggers act with the rights of these users; users and grants are not carried over",
                    "make them on the upgraded server before UPGRADE START"),
            new Search(
                    false,
                    NO_TABLE + "CONCAT(DATABASE(), ', ', ROUND(SUM(DATA_LENGTH + INDEX_LENGTH) / 1048576), ' MB') FROM"
                            + " information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()",
                    "how much room a server has does not show from here; other databases of the server stay where they are",
                    "make sure that the upgraded server's disk has twice that"));

    private MariadbObstacles() {}

    /** A query for the tables (or nulls) and names of what is in the way. */
    private record Search(boolean prevents, String query, String message, String remedy) {}

    static List<Obstacle> find(Connection connection, Set<TableName> excluded) throws SQLException {
        List<Obstacle> obstacles = new ArrayList<>();
        try (Session session = Session.plain(connection);
                Statement statement = session.createStatement()) {
            for (Search search : SEARCHES) {
                try (ResultSet rows = statement.executeQuery(search.query())) {
                    while (rows.next()) {
                        if (!excluded.contains(new TableName(rows.getString(1), rows.getString(2)))) {
                            obstacles.add(new Obstacle(
                                    search.prevents(), rows.getString(3), search.message(), search.remedy()));
                        }
                    }
                }
            }
            if (connection.getMetaData().getURL().matches("(?i).*[?&]useAffectedRows=true.*")) {
                obstacles.add(new Obstacle(
                        true,
                        "useAffectedRows=true",
                        "with this option of the driver an update that finds a row cannot be told from one that finds none",
                        "leave it out of both stores' URLs"));
            }
            for (ForeignKey key : ForeignKey.read(connection)) {
                boolean acts = key.actsOnDelete() || key.actsOnUpdate();
                if (acts && excluded.contains(key.parent()) && !excluded.contains(key.child())) {
                    obstacles.add(new Obstacle(
                            true,
                            key.child().toString(),
                            "its rows change with those of " + key.parent() + ", which is left out, unseen by triggers",
                            "leave both out, or neither, or drop the foreign key"));
                }
            }
        }
        return obstacles;
    }
}
