package org.batonjdbc.shell.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Ctrl-C at the moments when it is easily lost. */
final class CancelTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void aStatementThatIsCancelledBeforeItBeginsIsNotRun() throws Exception {
        try (Session session = session()) {
            session.connect("jdbc:h2:mem:", new Login(null, null));
            session.execute("create table t (id int)");

            session.cancel();

            assertThatThrownBy(() -> session.execute("insert into t values (1)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("cancelled before it ran");
            session.beginInput();
            session.execute("select count(*) as n from t");
            assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("N\n0\n");
        }
    }

    @Test
    void aCancelThatTheEngineForgetsIsRepeated() throws Exception {
        AtomicInteger cancels = new AtomicInteger();
        CountDownLatch heard = new CountDownLatch(3);
        Cancellable running = new Cancellable(statement(() -> {
            cancels.incrementAndGet();
            heard.countDown();
        }));
        Thread engine = new Thread(() -> {
            try {
                heard.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            running.end();
        });
        engine.start();

        running.cancel();

        engine.join();
        int all = cancels.get();
        assertThat(all).isGreaterThanOrEqualTo(3);
        running.cancel();
        assertThat(cancels).as("nothing is left to cancel").hasValue(all);
    }

    @Test
    void aCancelIsNotRefusedByAStatementThatEndedMeanwhile() throws Exception {
        Cancellable[] running = new Cancellable[1];
        running[0] = new Cancellable(statement(() -> {
            running[0].end();
            throw new SQLException("closed");
        }));

        running[0].cancel();

        Cancellable alive = new Cancellable(statement(() -> {
            throw new SQLException("not implemented");
        }));
        assertThatThrownBy(alive::cancel).hasMessage("not implemented");
    }

    @FunctionalInterface
    private interface Cancel {
        void run() throws SQLException;
    }

    private static Statement statement(Cancel cancel) {
        return (Statement) Proxy.newProxyInstance(
                CancelTest.class.getClassLoader(), new Class<?>[] {Statement.class}, (self, method, arguments) -> {
                    cancel.run();
                    return null;
                });
    }

    private Session session() throws ShellException {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Settings settings = new Settings();
        settings.set(Setting.FORMAT, "csv");
        return new Session(
                new Console(new ByteArrayInputStream(new byte[0]), stream, stream, ""), settings, Screen.NONE);
    }
}
