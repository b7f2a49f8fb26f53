package org.batonjdbc.store.dialect.mariadb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.batonjdbc.store.catalog.TableName;

/**
 * A foreign key.
 *
 * @param child the table that has it
 * @param columns of the child
 * @param parent the table that it refers to
 * @param referenced the columns of the parent, in the order of {@code columns}
 * @param deletes what happens to a child when its parent goes, such as {@code CASCADE}
 * @param updates what happens to a child when the referenced columns change
 */
record ForeignKey(
        TableName child,
        List<String> columns,
        TableName parent,
        List<String> referenced,
        String deletes,
        String updates) {
    static final String CASCADE = "CASCADE";
    private static final String SET_NULL = "SET NULL";

    private static final String QUERY = "SELECT k.TABLE_SCHEMA, k.TABLE_NAME, k.CONSTRAINT_NAME, k.COLUMN_NAME,"
            + " k.REFERENCED_TABLE_SCHEMA, k.REFERENCED_TABLE_NAME, k.REFERENCED_COLUMN_NAME, r.DELETE_RULE, r.UPDATE_RULE"
            + " FROM information_schema.KEY_COLUMN_USAGE k JOIN information_schema.REFERENTIAL_CONSTRAINTS r"
            + " ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME"
            + " AND r.TABLE_NAME = k.TABLE_NAME WHERE k.TABLE_SCHEMA = DATABASE()"
            + " AND k.REFERENCED_TABLE_NAME IS NOT NULL ORDER BY k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION";

    /** Whether the engine changes the child when its parent goes. */
    boolean actsOnDelete() {
        return acts(deletes);
    }

    /** Whether the engine changes the child when the columns that it refers to change. */
    boolean actsOnUpdate() {
        return acts(updates);
    }

    private static boolean acts(String rule) {
        return rule.equals(CASCADE) || rule.equals(SET_NULL);
    }

    /** Those of the session's database. */
    static List<ForeignKey> read(Connection connection) throws SQLException {
        Map<List<String>, ForeignKey> keys = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                List<String> name = List.of(rows.getString(2), rows.getString(3));
                ForeignKey key = keys.get(name);
                if (key == null) {
                    key = new ForeignKey(
                            new TableName(rows.getString(1), rows.getString(2)),
                            new ArrayList<>(),
                            new TableName(rows.getString(5), rows.getString(6)),
                            new ArrayList<>(),
                            rows.getString(8),
                            rows.getString(9));
                    keys.put(name, key);
                }
                key.columns().add(rows.getString(4));
                key.referenced().add(rows.getString(7));
            }
        }
        return List.copyOf(keys.values());
    }
}
