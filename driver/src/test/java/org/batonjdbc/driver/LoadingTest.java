package org.batonjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Which of Baton's classes are there when an application's statement needs them, seen from a loader that begins with none. */
class LoadingTest {
    private static final String PARSER = "org.batonjdbc.driver.sql.parser.BatonSqlParserImpl";

    /** Notes what it defines. */
    private static final class Noting extends URLClassLoader {
        final Set<String> defined = ConcurrentHashMap.newKeySet();

        Noting(URL[] urls) {
            super(urls, ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            Class<?> found = super.findClass(name);
            defined.add(name);
            return found;
        }
    }

    @Test
    void theParserIsLoadedByWhoeverStartsAnUpgradeAndNotByTheFirstStatementAfterIt() throws Exception {
        try (Noting loader = loader();
                Connection connection = connect(loader);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t(id INT PRIMARY KEY)");
            assertThat(loader.defined).as("who starts no upgrade needs none").doesNotContain(PARSER);

            statement.execute("UPGRADE START");

            assertThat(loader.defined).contains(PARSER);
            statement.execute("UPGRADE CANCEL");
        }
    }

    private static Connection connect(ClassLoader loader) throws ReflectiveOperationException, SQLException {
        Driver driver = (Driver)
                loader.loadClass(BatonDriver.class.getName()).getConstructor().newInstance();
        Properties user = new Properties();
        user.setProperty("user", "sa");
        user.setProperty("password", "");
        return driver.connect(TestPair.fresh().url(), user);
    }

    private static Noting loader() throws IOException {
        List<URL> path = new ArrayList<>();
        StringTokenizer entries = new StringTokenizer(System.getProperty("java.class.path"), File.pathSeparator);
        while (entries.hasMoreTokens()) {
            path.add(Path.of(entries.nextToken()).toUri().toURL());
        }
        return new Noting(path.toArray(URL[]::new));
    }
}
