package org.batonjdbc.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.ProxyDriver;
import org.batonjdbc.tests.fixture.Rows;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whichever call to a store fails while a verb runs, the application works on with all its rows, the upgrade is in a phase
 * that is true, and it can be ended and begun again. The first call fails in one upgrade, the second in the next, and so on
 * until the verb comes through.
 *
 * <p>The build takes every thirteenth call; {@code -Dbaton.calls.every=1} takes all.
 */
class EveryCallTest {
    private static final int EVERY = Integer.getInteger("baton.calls.every", 13);
    private static final Set<String> CALLS =
            Set.of("prepareStatement", "execute", "executeQuery", "executeUpdate", "executeBatch", "commit");
    private static final String OTHER = "h2:2.5.252";
    private static final int MOST_VERBS = 20;

    /** What goes wrong from the chosen call on. */
    private enum Fault {
        /** This call. */
        ONCE,
        /** This and every later call, until the verb has ended. */
        FROM_THEN_ON,
        /** This call, with an error that is no SQLException. */
        ERROR
    }

    /** What runs while a call fails, and what comes before it. */
    private enum Scene {
        START(List.of(), "UPGRADE START"),
        COPY(List.of("UPGRADE START"), "UPGRADE WAIT FOR REPLICATING"),
        VERIFY(List.of("UPGRADE START", "UPGRADE WAIT FOR REPLICATING"), "UPGRADE VERIFY"),
        SWITCH(
                List.of("UPGRADE START", "UPGRADE WAIT FOR REPLICATING"),
                "UPGRADE SWITCH WITH (verify = 'skip', drain_timeout = '1s')"),
        CANCEL(List.of("UPGRADE START", "UPGRADE WAIT FOR REPLICATING"), "UPGRADE CANCEL"),
        REVERSE(
                List.of("UPGRADE START", "UPGRADE WAIT FOR REPLICATING", "UPGRADE SWITCH WITH (verify = 'skip')"),
                "UPGRADE REVERSE WITH (drain_timeout = '1s')"),
        COMPLETE(
                List.of("UPGRADE START", "UPGRADE WAIT FOR REPLICATING", "UPGRADE SWITCH WITH (verify = 'skip')"),
                "UPGRADE COMPLETE");

        private final List<String> before;
        private final String verb;

        Scene(List<String> before, String verb) {
            this.before = before;
            this.verb = verb;
        }
    }

    static Stream<Arguments> cases() {
        return Stream.of(Scene.values()).flatMap(scene -> Stream.of(arguments(scene, true), arguments(scene, false)));
    }

    @ParameterizedTest(name = "{0}, the first store fails: {1}")
    @MethodSource("cases")
    void whateverFailsNoRowIsLost(Scene scene, boolean firstFails) throws Exception {
        int runs = 0;
        boolean through = false;
        for (int call = 1; !through; call += EVERY) {
            through = true;
            for (Fault fault : Fault.values()) {
                through &= runs(scene, firstFails, fault, call);
                runs++;
            }
        }
        System.out.println("EveryCallTest: " + scene + ", the " + (firstFails ? "first" : "second") + " store fails: "
                + runs + " upgrades");
    }

    /** One upgrade; returns whether the verb came through without coming by that call. */
    private static boolean runs(Scene scene, boolean firstFails, Fault fault, int call) throws Exception {
        String when =
                scene + ", call " + call + " to the " + (firstFails ? "first" : "second") + " store fails " + fault;
        try (ProxyDriver driver = ProxyDriver.install();
                Stores stores = new Stores(
                        firstFails ? Pair.CLASS_PATH : "h2:1.4.200",
                        firstFails ? OTHER : Pair.CLASS_PATH,
                        null,
                        "log=table&holdTimeout=10s&chunkRows=3")) {
            Ids ids = new Ids(stores);
            ids.add(7);
            for (String verb : scene.before) {
                stores.execute(verb);
                ids.add(1);
            }
            AtomicInteger calls = new AtomicInteger();
            driver.interfere(made -> {
                if (Thread.currentThread().getName().startsWith("baton-")
                        && CALLS.contains(made.method().getName())) {
                    int number = calls.incrementAndGet();
                    if (number == call && fault == Fault.ERROR) {
                        throw new StackOverflowError("injected: " + when);
                    }
                    if (number == call || (number > call && fault == Fault.FROM_THEN_ON)) {
                        throw new SQLException("injected: " + when, "58030");
                    }
                }
                return made.go();
            });
            Throwable thrown = ends(stores, scene.verb);
            driver.behave();

            boolean through = calls.get() < call;
            try {
                if (through) {
                    assertThat(thrown).isNull();
                }
                ids.add(1);
                if (call % 2 == 0) {
                    ids.close();
                    stores.disconnect();
                    Stores.closePair(stores.url());
                }
                ids.check();
                end(stores, ids, call % 4 < 2);
                ids.check();
                ids.close();
            } catch (SQLException | AssertionError e) {
                throw new AssertionError(
                        when + (thrown == null ? "" : ", which said " + thrown) + "; then: " + e + "; now: "
                                + Rows.of(stores.connect(), "UPGRADE STATUS"),
                        e);
            }
            return through;
        }
    }

    private static Throwable ends(Stores stores, String verb) {
        try {
            stores.execute(verb);
            return null;
        } catch (SQLException | StackOverflowError e) {
            return e;
        }
    }

    /** Brings the upgrade to an end by verbs that fit, forward or back, and runs another one if the application is where it was. */
    private static void end(Stores stores, Ids ids, boolean forward) throws Exception {
        boolean again = true;
        for (int verbs = 0; verbs < MOST_VERBS; verbs++) {
            boolean atFirst = stores.text("UPGRADE STATUS", "active").equals(stores.activeStore());
            String phase = stores.phase();
            ids.add(1);
            switch (phase) {
                case "COPYING" -> ends(stores, "UPGRADE WAIT FOR REPLICATING WITH (timeout = '30s')");
                case "REPLICATING" -> verified(stores, forward ? "UPGRADE SWITCH" : "UPGRADE CANCEL");
                case "SWITCHED" -> verified(stores, "UPGRADE COMPLETE");
                case "FAILED" -> stores.execute(atFirst ? "UPGRADE CANCEL" : "UPGRADE COMPLETE");
                default -> {
                    assertThat(phase).isEqualTo("IDLE");
                    if (!again || !atFirst) {
                        return;
                    }
                    again = false;
                    stores.execute("UPGRADE START");
                }
            }
        }
        throw new AssertionError("does not end: " + Rows.of(stores.connect(), "UPGRADE STATUS"));
    }

    /** Compares the stores and goes on, unless what failed before shows only now. */
    private static void verified(Stores stores, String verb) throws SQLException {
        try {
            stores.verifySame();
            stores.execute(verb);
        } catch (SQLException e) {
            if (!stores.phase().equals("FAILED")) {
                throw e;
            }
        }
    }

    /** Rows that the application has, by their ids; each of its statements must succeed. */
    private static final class Ids implements AutoCloseable {
        private final Stores stores;
        private final List<Long> ids = new ArrayList<>();
        private Connection connection;

        Ids(Stores stores) throws SQLException {
            this.stores = stores;
            stores.execute("CREATE TABLE item(id BIGINT PRIMARY KEY, text VARCHAR(20) UNIQUE)");
        }

        void add(int count) throws SQLException {
            if (connection == null) {
                connection = stores.connect();
            }
            try (Statement statement = connection.createStatement()) {
                for (int i = 0; i < count; i++) {
                    long id = ids.size();
                    statement.executeUpdate("INSERT INTO item VALUES (" + id + ", 'row " + id + "')");
                    ids.add(id);
                }
            }
        }

        void check() throws SQLException {
            add(1);
            List<Long> found = Rows.of(connection, "SELECT id FROM item ORDER BY id").stream()
                    .map(row -> ((Number) row.get(0)).longValue())
                    .toList();
            assertThat(found).isEqualTo(ids);
        }

        @Override
        public void close() throws SQLException {
            if (connection != null) {
                connection.close();
                connection = null;
            }
        }
    }
}
