package org.batonjdbc.tests.twin;

import java.util.ArrayList;
import java.util.List;

/**
 * Random tables that refer to each other.
 *
 * @param mode the compatibility mode in which statements are written
 */
record Schema(Mode mode, List<Table> tables) {
    /** The modes that matter to the forms of statements. */
    enum Mode {
        REGULAR,
        MYSQL
    }

    /** What makes it, in an empty store. */
    List<String> ddl() {
        List<String> ddl = new ArrayList<>(List.of(
                "CREATE SCHEMA \"Schéma 2\"",
                "CREATE SEQUENCE numbers START WITH 5 INCREMENT BY 3",
                "CREATE TABLE log_line(id BIGINT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(100))"));
        tables.forEach(table -> ddl.add(table.ddl()));
        ddl.add(synonym());
        return ddl;
    }

    /** Another name of the first table, which no script of H2 has. */
    String synonym() {
        return "CREATE SYNONYM another_name FOR " + tables.get(0).name();
    }
}
