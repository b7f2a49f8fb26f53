package org.batonjdbc.shell.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.batonjdbc.shell.attach.Attached;

/**
 * Finds the driver for a URL among those on the class path, one by one. The DriverManager would begin with an instance of
 * each, also of Calcite's own, whose jar is there for parsing; that alone takes longer than all that the program does
 * before its first statement.
 */
final class Drivers {
    private static final String SERVICES = "META-INF/services/" + Driver.class.getName();
    private static final String UNUSED = "org.apache.calcite.";

    private Drivers() {}

    /** Connects; empty if no driver takes the URL. */
    static Optional<Connection> connect(String url, Properties properties) throws SQLException {
        if (url.startsWith(Attached.PREFIX)) {
            return Optional.of(Attached.connect(url));
        }
        for (String name : names()) {
            Connection connection = driver(name).connect(url, properties); // null: it is not for this driver
            if (connection != null) {
                return Optional.of(connection);
            }
        }
        return Optional.empty();
    }

    private static List<String> names() {
        ClassLoader loader = Drivers.class.getClassLoader();
        List<String> names = new ArrayList<>();
        try {
            for (URL file : Collections.list(loader.getResources(SERVICES))) {
                try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(file.openStream(), StandardCharsets.UTF_8))) {
                    lines.lines()
                            .map(line -> line.replaceFirst("#.*", "").strip())
                            .filter(name -> !name.isEmpty() && !name.startsWith(UNUSED))
                            .forEach(names::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read which drivers the jars on the class path hold", e);
        }
        return names;
    }

    private static Driver driver(String name) throws SQLException {
        try {
            return Class.forName(name).asSubclass(Driver.class).getConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            throw new SQLException("the class path names a driver " + name + " that cannot be loaded", "08001", e);
        }
    }
}
