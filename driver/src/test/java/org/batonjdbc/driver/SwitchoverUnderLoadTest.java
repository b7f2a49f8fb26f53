package org.batonjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writers that never stop while the stores change under them, each with a ledger of what was acknowledged to it. Every
 * writer has rows of its own, so the ledgers say what the stores must hold in the end, whatever the engine did meanwhile.
 */
class SwitchoverUnderLoadTest {
    private static final int WRITERS = 4;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nothingAcknowledgedIsLostAndNothingElseAppears(long seed) throws Exception {
        try (TestPair pair = TestPair.fresh();
                Connection operator = pair.connect();
                Statement statement = operator.createStatement()) {
            statement.execute("CREATE TABLE T(ID INT PRIMARY KEY, OWNER INT, V VARCHAR(40), N INT)");
            statement.execute("CREATE UNIQUE INDEX U ON T(V)");
            AtomicBoolean stop = new AtomicBoolean();
            ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
            List<Writer> writers = new ArrayList<>();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                Writer writer = new Writer(pair.connect(), i, seed);
                writers.add(writer);
                running.add(threads.submit(() -> writer.run(stop)));
            }

            statement.execute("UPGRADE START");
            statement.execute("UPGRADE WAIT FOR REPLICATING");
            for (int i = 0; i < 3; i++) {
                String how = i == 1 ? "on_timeout = 'rollback', drain_timeout = '1ms', " : "";
                statement.execute("UPGRADE SWITCH WITH (" + how + "verify = 'skip')");
                TimeUnit.MILLISECONDS.sleep(150);
                statement.execute(
                        "UPGRADE REVERSE" + (i == 1 ? " WITH (on_timeout = 'rollback', drain_timeout = '1ms')" : ""));
                TimeUnit.MILLISECONDS.sleep(150);
            }
            stop.set(true);
            for (Future<?> each : running) {
                each.get(60, TimeUnit.SECONDS);
            }
            threads.shutdown();

            assertThat(TestPair.rows(statement, "UPGRADE VERIFY")).allMatch(row -> row.endsWith("SAME"));
            Map<Integer, String> expected = new TreeMap<>();
            int transactions = 0;
            for (Writer writer : writers) {
                expected.putAll(writer.committed);
                transactions += writer.transactions;
                writer.connection.close();
            }
            Map<Integer, String> found = new TreeMap<>();
            try (ResultSet rows = statement.executeQuery("SELECT ID, V, N FROM T")) {
                while (rows.next()) {
                    found.put(rows.getInt(1), rows.getString(2) + "/" + rows.getInt(3));
                }
            }
            assertThat(found).isEqualTo(expected);

            assertThat(transactions).isGreaterThan(100);
            statement.execute("UPGRADE CANCEL");
        }
    }

    /** One application thread with its connection. */
    private static final class Writer {
        final Connection connection;
        final Map<Integer, String> committed = new HashMap<>();
        int transactions;
        private final int owner;
        private final Random random;
        private final PreparedStatement insert;
        private final PreparedStatement update;
        private final PreparedStatement delete;
        private Map<Integer, String> pending = new HashMap<>();
        private int unique;

        Writer(Connection connection, int owner, long seed) throws SQLException {
            this.connection = connection;
            this.owner = owner;
            this.random = new Random(seed * 31 + owner);
            this.insert = connection.prepareStatement("INSERT INTO T VALUES(?, ?, ?, ?)");
            this.update = connection.prepareStatement("UPDATE T SET V = ?, N = N + 1 WHERE ID = ?");
            this.delete = connection.prepareStatement("DELETE FROM T WHERE ID = ?");
        }

        Void run(AtomicBoolean stop) throws SQLException {
            while (!stop.get()) {
                boolean autoCommit = random.nextInt(4) == 0;
                try {
                    connection.setAutoCommit(autoCommit);
                    pending = new HashMap<>(committed);
                    int steps = autoCommit ? 1 : 1 + random.nextInt(6);
                    for (int i = 0; i < steps; i++) {
                        step();
                    }
                    if (!autoCommit && random.nextInt(5) == 0) {
                        connection.rollback();
                        continue;
                    }
                    if (!autoCommit) {
                        connection.commit();
                    }
                    committed.clear();
                    committed.putAll(pending);
                    transactions++;
                } catch (SQLException e) {
                    assertThat(e.getSQLState()).as("%s", e).isIn("40001", "55P03");
                    connection.rollback();
                }
            }
            connection.setAutoCommit(true);
            return null;
        }

        private void step() throws SQLException {
            switch (random.nextInt(connection.getAutoCommit() ? 3 : 5)) {
                case 0 -> insert();
                case 1 -> update(key());
                case 2 -> delete(key());
                case 3 -> batch();
                default -> undone();
            }
        }

        private int key() {
            return owner * 1000 + random.nextInt(60);
        }

        private String value() {
            return owner + "-" + unique++;
        }

        private void insert() throws SQLException {
            int id = key();
            String value = value();
            insert.setInt(1, id);
            insert.setInt(2, owner);
            insert.setString(3, value);
            insert.setInt(4, 0);
            try {
                insert.executeUpdate();
                pending.put(id, value + "/0");
            } catch (SQLException e) {
                if (!"23505".equals(e.getSQLState())) {
                    throw e;
                }
                assertThat(pending).containsKey(id);
            }
        }

        private void update(int id) throws SQLException {
            String value = value();
            update.setString(1, value);
            update.setInt(2, id);
            assertThat(update.executeUpdate()).isEqualTo(pending.containsKey(id) ? 1 : 0);
            pending.computeIfPresent(id, (key, old) -> counted(value, old));
        }

        /** The row's new value, whose count is one more than that of the old one. */
        private static String counted(String value, String old) {
            return value + "/" + (Integer.parseInt(old.substring(old.indexOf('/') + 1)) + 1);
        }

        private void delete(int id) throws SQLException {
            delete.setInt(1, id);
            assertThat(delete.executeUpdate()).isEqualTo(pending.remove(id) == null ? 0 : 1);
        }

        private void batch() throws SQLException {
            Map<Integer, String> values = new HashMap<>();
            for (int i = 0; i < 5; i++) {
                values.put(key(), value());
            }
            for (Map.Entry<Integer, String> each : values.entrySet()) {
                update.setString(1, each.getValue());
                update.setInt(2, each.getKey());
                update.addBatch();
            }
            update.executeBatch();
            values.forEach((id, value) -> pending.computeIfPresent(id, (key, old) -> counted(value, old)));
        }

        private void undone() throws SQLException {
            Map<Integer, String> before = new HashMap<>(pending);
            Savepoint savepoint = connection.setSavepoint();
            update(key());
            delete(key());
            connection.rollback(savepoint);
            pending = before;
        }
    }

    @Test
    void anOpenResultSetIsReadToItsEnd() throws Exception {
        try (TestPair pair = TestPair.fresh();
                Connection connection = pair.connect();
                Statement statement = connection.createStatement();
                Statement other = connection.createStatement()) {
            statement.execute("CREATE TABLE T(ID INT PRIMARY KEY)");
            statement.execute("INSERT INTO T SELECT X FROM SYSTEM_RANGE(1, 1000)");
            other.execute("UPGRADE START");
            other.execute("UPGRADE WAIT FOR REPLICATING");
            statement.setFetchSize(10);
            int count = 0;
            try (ResultSet rows = statement.executeQuery("SELECT ID FROM T ORDER BY ID")) {
                rows.next();
                count++;

                other.execute("UPGRADE SWITCH WITH (verify = 'skip')");
                other.execute("INSERT INTO T VALUES(5000)");

                while (rows.next()) {
                    count++;
                }
            }
            assertThat(count).isEqualTo(1000);
            assertThat(TestPair.rows(statement, "SELECT COUNT(*) FROM T")).containsExactly("1001");
        }
    }
}
