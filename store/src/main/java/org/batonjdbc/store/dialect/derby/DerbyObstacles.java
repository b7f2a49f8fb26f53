package org.batonjdbc.store.dialect.derby;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.catalog.ValueKind;
import org.batonjdbc.store.dialect.Obstacle;

/** What a store of Derby has beyond what is carried over. */
final class DerbyObstacles {
    private static final String PROPERTY = "VALUES SYSCS_UTIL.SYSCS_GET_DATABASE_PROPERTY('";

    private DerbyObstacles() {}

    static List<Obstacle> find(Connection connection, Set<TableName> excluded) throws SQLException {
        List<Obstacle> obstacles = new ArrayList<>();
        for (Table table : DerbyCatalog.read(connection).tables()) {
            for (Column column : table.columns()) {
                if (column.kind() == ValueKind.JAVA_OBJECT && !excluded.contains(table.name())) {
                    obstacles.add(new Obstacle(
                            true,
                            table.name() + "." + column.name(),
                            "its type " + column.typeName() + " holds objects of the application's own classes",
                            "leave the table out: UPGRADE START WITH (exclude = '" + table.name() + "')"));
                }
            }
        }
        try (Statement statement = connection.createStatement()) {
            for (String jar : DerbyOwnObjects.texts(statement, "SELECT FILENAME FROM SYS.SYSFILES")) {
                obstacles.add(
                        left("jar file " + jar, "jar files in the store stay behind", "install it on the new store"));
            }
            if (!DerbyOwnObjects.texts(statement, "SELECT CONSTRAINTID FROM SYS.SYSCONSTRAINTS WHERE TYPE = 'F'")
                    .isEmpty()) {
                obstacles.add(left(
                        "foreign keys",
                        "writers of tables with foreign keys have waited for each other until Derby's timeouts in a"
                                + " trial with four at full speed",
                        "upgrade while little is written, and try it on a copy of the store first"));
            }
            if (isOn(statement, "derby.database.sqlAuthorization")) {
                obstacles.add(left(
                        "SQL authorization",
                        "users, roles and grants stay behind",
                        "make them on the new store before the switchover"));
            }
            String collation = property(statement, "derby.database.collation");
            if (collation != null && !collation.equals("UCS_BASIC")) {
                obstacles.add(left(
                        "collation " + collation,
                        "how texts are compared is settled when a store is made",
                        "give the new store's URL the same territory and collation"));
            }
            if (property(statement, "derby.system.durability") != null) {
                obstacles.add(left(
                        "derby.system.durability",
                        "what is committed may be lost with the machine, and with it what the new store has already",
                        "unset it for the time of the upgrade"));
            }
        }
        return obstacles;
    }

    /** What only Derby has, and what another engine takes for something else. */
    static List<Obstacle> toOther(Connection connection, Set<TableName> excluded) throws SQLException {
        List<Obstacle> obstacles = new ArrayList<>();
        for (String trigger : DerbyTriggers.definitions(connection, excluded)) {
            obstacles.add(new Obstacle(
                    true,
                    trigger.substring(trigger.indexOf("CREATE TRIGGER"), trigger.indexOf(" ON ")),
                    "a trigger in SQL is not carried to another engine",
                    "drop it, and do its work in the application or in a trigger of the new store's engine"));
        }
        List<String> routines = DerbyRoutines.types(connection);
        routines.addAll(DerbyRoutines.routines(connection));
        for (String routine : routines) {
            obstacles.add(left(
                    routine.split("\\(", 2)[0].replaceFirst(" EXTERNAL NAME.*", ""),
                    "routines and types of Derby stay behind",
                    "make it on the new store in its engine's words, if it is needed there"));
        }
        String schema = DerbyNames.quote(connection.getSchema());
        obstacles.add(left(
                "current schema " + schema,
                "a connection begins in this schema, in which names without a schema are looked up; on another engine it"
                        + " begins in another one",
                "end the URL of a new store of H2 with ;INIT=CREATE SCHEMA IF NOT EXISTS " + schema + "\\;SET SCHEMA "
                        + schema));
        return obstacles;
    }

    private static Obstacle left(String object, String message, String remedy) {
        return new Obstacle(false, object, message, remedy);
    }

    private static boolean isOn(Statement statement, String property) throws SQLException {
        return Boolean.parseBoolean(property(statement, property));
    }

    private static String property(Statement statement, String name) throws SQLException {
        return DerbyOwnObjects.texts(statement, PROPERTY + name + "')").get(0);
    }

    /** Where privileges are asked for, only the store's owner may look into its catalog and change it. */
    static Optional<String> missingPrivilege(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean owner = !DerbyOwnObjects.texts(
                            statement,
                            "SELECT SCHEMANAME FROM SYS.SYSSCHEMAS WHERE SCHEMANAME = 'SYSIBM' AND AUTHORIZATIONID = CURRENT_USER")
                    .isEmpty();
            return owner || !isOn(statement, "derby.database.sqlAuthorization")
                    ? Optional.empty()
                    : Optional.of("the ownership of the store");
        }
    }
}
