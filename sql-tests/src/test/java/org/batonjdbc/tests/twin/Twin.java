package org.batonjdbc.tests.twin;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A store in memory of an engine that Baton has never heard of, in a class loader of the test's. */
final class Twin implements AutoCloseable {
    private static final Map<String, Driver> DRIVERS = new ConcurrentHashMap<>();
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Driver driver;
    private final String url;
    private final List<Connection> opened = new ArrayList<>();

    private Twin(String release, String url) {
        this.driver = DRIVERS.computeIfAbsent(release, Twin::load);
        this.url = url;
    }

    private static Driver load(String release) {
        try {
            Path jar = Path.of(System.getProperty("baton.engines"), "h2-" + release + ".jar");
            URLClassLoader loader =
                    new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
            return (Driver)
                    loader.loadClass("org.h2.Driver").getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | MalformedURLException e) {
            throw new LinkageError("no driver of H2 " + release, e);
        }
    }

    /** An empty store; it ends with the twin. */
    static Twin empty(String release, String settings) {
        return new Twin(release, "jdbc:h2:mem:twin" + NUMBERS.incrementAndGet() + settings);
    }

    /** A store in files, which outlives the twin. */
    static Twin inFiles(String release, Path directory) {
        return new Twin(release, "jdbc:h2:file:" + directory.resolve("twin"));
    }

    Connection connect() throws SQLException {
        Properties user = new Properties();
        user.setProperty("user", "sa");
        user.setProperty("password", "");
        Connection connection = driver.connect(url, user);
        opened.add(connection);
        return connection;
    }

    /** Makes this empty store the same as another of the same release, but for Baton's own objects. */
    void become(Connection other, Schema schema) throws SQLException {
        Connection connection = connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET REFERENTIAL_INTEGRITY FALSE");
            for (String sql : script(other)) {
                if (!sql.contains("BATON")) {
                    statement.execute(sql);
                }
            }
            for (Table table : schema.tables()) {
                copy(other, table, connection);
            }
            statement.execute(schema.synonym());
            statement.execute("SET REFERENTIAL_INTEGRITY TRUE");
        }
    }

    private static List<String> script(Connection store) throws SQLException {
        List<String> script = new ArrayList<>();
        try (Statement statement = store.createStatement();
                ResultSet lines = statement.executeQuery("SCRIPT NODATA")) {
            while (lines.next()) {
                script.add(lines.getString(1));
            }
        }
        return script;
    }

    /** In the order in which the engine goes through the rows, as which of several errors comes first depends on it. */
    private static void copy(Connection from, Table table, Connection to) throws SQLException {
        List<Column> columns = table.columns().stream()
                .filter(column -> column.role() != Column.Role.COMPUTED)
                .toList();
        String insert = "INSERT INTO " + table.name() + "(" + Table.names(columns) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        try (Statement select = from.createStatement();
                ResultSet rows = select.executeQuery(
                        "SELECT " + Table.names(columns) + " FROM " + table.name() + " ORDER BY _ROWID_");
                PreparedStatement statement = to.prepareStatement(insert)) {
            for (List<Object> row : Values.read(rows)) {
                for (int i = 0; i < row.size(); i++) {
                    statement.setObject(i + 1, row.get(i));
                }
                statement.executeUpdate();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : opened) {
            connection.close();
        }
    }
}
