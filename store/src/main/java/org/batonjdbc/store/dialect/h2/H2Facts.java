package org.batonjdbc.store.dialect.h2;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.Dialect.Footprint;
import org.batonjdbc.store.dialect.NameProbe;

/** What preflight wants to know about a store of H2 and about its URL. */
final class H2Facts {
    /** Of a row with a handful of columns, with its entry in the primary key; measured. */
    private static final long BYTES_PER_ROW = 335;

    private static final long BYTES_PER_FURTHER_INDEX = 60;
    private static final NameProbe NAMES =
            new NameProbe(Pattern.compile("[A-Za-z_][A-Za-z0-9_]*"), "SELECT %1$s FROM (SELECT 'baton' AS %1$s) T");
    private static final Pattern IN_MEMORY = Pattern.compile("(?i)^jdbc:h2:(mem|memFS|memLZF|nioMemFS|nioMemLZF):.*");
    private static final Pattern REMOTE = Pattern.compile("(?i)^jdbc:h2:(tcp|ssl):.*");
    private static final Pattern AUTO_SERVER = Pattern.compile("(?i);AUTO_SERVER=TRUE");
    private static final Pattern IF_EXISTS = Pattern.compile("(?i);IFEXISTS=[^;]*");

    private H2Facts() {}

    static boolean outlivesProcess(String jdbcUrl) {
        return !IN_MEMORY.matcher(jdbcUrl).matches();
    }

    static String existingOnly(String jdbcUrl) {
        return IF_EXISTS.matcher(jdbcUrl).replaceAll("") + ";IFEXISTS=TRUE";
    }

    /** Whether the store is a server's. */
    static boolean isRemote(String jdbcUrl) {
        return REMOTE.matcher(jdbcUrl).matches();
    }

    /** Whether other processes may write to it, through a server that the first of them starts. */
    static boolean isSharedByProcesses(String jdbcUrl) {
        return AUTO_SERVER.matcher(jdbcUrl).find();
    }

    static String version(Connection connection) throws SQLException {
        String version = connection.getMetaData().getDatabaseProductVersion();
        int end = version.indexOf(' ');
        return end < 0 ? version : version.substring(0, end);
    }

    static Footprint footprint(Connection connection, String jdbcUrl, Catalog catalog) throws SQLException {
        Optional<Long> size = fileSize(connection);
        try (Statement statement = connection.createStatement()) {
            if (size.isPresent()) {
                return new Footprint(size.get(), directory(statement, jdbcUrl));
            }
            long bytes = 0;
            for (Table table : catalog.tables()) {
                bytes += rows(statement, table.name())
                        * (BYTES_PER_ROW
                                + BYTES_PER_FURTHER_INDEX * table.uniques().size());
            }
            return new Footprint(bytes, null);
        }
    }

    /** The size of the file, as the releases name it; none for a store in memory. */
    private static Optional<Long> fileSize(Connection connection) throws SQLException {
        Optional<Long> size = setting(connection, "info.FILE_SIZE").map(Long::valueOf);
        if (size.isPresent()) {
            return size;
        }
        Optional<Long> pages = setting(connection, "info.PAGE_COUNT").map(Long::valueOf);
        Optional<Long> bytes = setting(connection, "info.PAGE_SIZE").map(Long::valueOf);
        return pages.flatMap(count -> bytes.map(each -> count * each));
    }

    private static long rows(Statement statement, TableName table) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + H2Names.quote(table))) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Whether the store has no files. */
    static boolean isInMemory(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT DATABASE_PATH()")) {
            return rows.next() && rows.getString(1) == null;
        }
    }

    /** Where the store's files are; null if that is on another machine, for all we know. */
    private static Path directory(Statement statement, String jdbcUrl) throws SQLException {
        if (isRemote(jdbcUrl)) {
            return null;
        }
        try (ResultSet rows = statement.executeQuery("SELECT DATABASE_PATH()")) {
            String path = rows.next() ? rows.getString(1) : null;
            if (path == null) {
                return null;
            }
            // File systems of H2's own stand before the path, as in split:28:nio:/data/orders.
            return Path.of(path.replaceFirst("^(?:[A-Za-z]{2,}:|[0-9]+:)+", ""))
                    .toAbsolutePath()
                    .getParent();
        }
    }

    /** The architecture of the process that keeps the store, as its own system property tells. */
    static Optional<Integer> dataModel(Connection connection) throws SQLException {
        return setting(connection, "property.os.arch").map(architecture -> architecture.contains("64") ? 64 : 32);
    }

    private static Optional<String> setting(Connection connection, String name) throws SQLException {
        // Not by the columns' names: they differ, and VALUE is a keyword that the old catalog of a new release has.
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM INFORMATION_SCHEMA.SETTINGS")) {
            while (rows.next()) {
                if (name.equals(rows.getString(1))) {
                    return Optional.ofNullable(rows.getString(2));
                }
            }
            return Optional.empty();
        }
    }

    static Optional<String> missingPrivilege(Connection connection) throws SQLException {
        String isAdmin = H2Names.hasStandardCatalog(connection)
                ? "UPPER(USER_NAME) = UPPER(CURRENT_USER) AND IS_ADMIN"
                : "UPPER(NAME) = UPPER(USER()) AND CAST(ADMIN AS BOOLEAN)";
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT COUNT(*) FROM INFORMATION_SCHEMA.USERS WHERE " + isAdmin)) {
            return rows.next() && rows.getInt(1) > 0 ? Optional.empty() : Optional.of("ADMIN");
        }
    }

    static List<String> besidesTables(Connection connection) throws SQLException {
        String users = "_SCHEMA NOT IN ('INFORMATION_SCHEMA', 'BATON')";
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT 'view', TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.VIEWS"
                                + " WHERE TABLE" + users
                                + " UNION ALL SELECT 'sequence', SEQUENCE_SCHEMA, SEQUENCE_NAME"
                                + " FROM INFORMATION_SCHEMA.SEQUENCES WHERE SEQUENCE" + users)) {
            while (rows.next()) {
                found.add(rows.getString(1) + " " + rows.getString(2) + "." + rows.getString(3));
            }
        }
        return found;
    }

    /** Asks for a column of that name, and looks whether it is that column that is found. */
    static boolean isReserved(Connection connection, String word) throws SQLException {
        return NAMES.isReserved(connection, word);
    }
}
