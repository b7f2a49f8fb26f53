package org.batonjdbc.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.batonjdbc.tests.crash.Oracle.Holding;
import org.batonjdbc.tests.crash.Oracle.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The judge of the kill test finds what it is there to find. */
class OracleTest {
    @TempDir
    private Path directory;

    @Test
    void aStoreThatIsAsTheLedgerSaysIsNotComplainedAbout() throws Exception {
        Verdict verdict = judge(2, "order 7 5", "line 7 1 a");

        assertThat(verdict.complaints()).isEmpty();
        assertThat(verdict).isEqualTo(new Verdict(List.of(), false, 2, 0, 0, 0));
    }

    @Test
    void halfATransactionIsFound() throws Exception {
        Verdict verdict = judge(2, "order 7 5");

        assertThat(verdict.complaints()).containsExactly("clerk 0 after transaction 2 misses line 7 1 a");
        assertThat(verdict.torn()).isFalse();
    }

    @Test
    void anEngineThatTearsItsLastTransactionsIsToldApart() throws Exception {
        Ledger ledger = ledger();
        ledger.touched(0, 2, List.of("-order 7 4", "+order 7 5", "+line 7 1 a"));

        assertThat(judge(2, "order 7 5").torn()).isTrue();
        assertThat(judge(2, "line 7 1 a").torn()).isTrue();
        assertThat(judge(2, "order 7 5", "line 7 1 a", "stock 1 1").torn()).isFalse();
        assertThat(judge(2, "order 7 5", "line 7 1 a").torn()).isFalse();
        ledger.durable(new int[] {2});
        assertThat(judge(2, "order 7 5").torn()).isFalse();
    }

    @Test
    void aRowOfATransactionThatHasNotHappenedIsFound() throws Exception {
        assertThat(judge(1, "order 7 4", "line 7 1 a").complaints())
                .containsExactly("clerk 0 after transaction 1 never had line 7 1 a");
    }

    @Test
    void anAcknowledgedTransactionMayBeMissingUnlessItWasWrittenForGood() throws Exception {
        assertThat(judge(1, "order 7 4")).isEqualTo(new Verdict(List.of(), false, 1, 0, 1, 0));
        assertThat(judge(0).complaints())
                .containsExactly("clerk 0 is back at transaction 0, but 1 was written for good");
    }

    @Test
    void aTransactionOfWhichNobodyWasToldMayHaveHappened() throws Exception {
        assertThat(judge(3, "order 7 5", "order 8 1", "line 7 1 a"))
                .isEqualTo(new Verdict(List.of(), false, 3, 1, 0, 0));
        assertThat(judge(4, "order 7 5", "order 8 1", "line 7 1 a").complaints())
                .containsExactly("clerk 0 is at transaction 4, but has attempted no more than 3");
    }

    @Test
    void anIdentityValueThatIsHandedOutTwiceIsFound() throws Exception {
        Ledger ledger = ledger();
        ledger.attempted(0, 4, List.of("-order 7 5"));
        ledger.attempted(0, 5, List.of("+order 7 1"));

        assertThat(judge(5, "order 8 1", "order 7 1", "line 7 1 a").complaints())
                .containsExactly("identity value of order 7 was handed out twice, the second time to clerk 0");
    }

    @Test
    void whatWasAttemptedBeforeTheProcessDiedAndHasNotHappenedIsForgotten() throws Exception {
        Ledger ledger = ledger();
        ledger.begun(new int[] {1});
        ledger.attempted(0, 2, List.of("-order 7 4"));
        Files.writeString(file(), Files.readString(file()) + "attempted\t0\t3\t+ord");

        assertThat(judge(2).complaints()).isEmpty();
        assertThat(judge(3).complaints()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM orders WHERE id = (SELECT MAX(id) FROM orders)",
                "DELETE FROM stock WHERE id = (SELECT MIN(id) FROM stock)",
                "UPDATE stock SET quantity = quantity - 1 WHERE id = (SELECT MIN(id) FROM stock)",
                "UPDATE orders SET note = 'x' WHERE id = (SELECT MIN(id) FROM orders)",
                "UPDATE clerk SET tx = tx - 1",
                "INSERT INTO customer VALUES (-1, 0, 'nobody', 0)"
            })
    void whateverIsChangedInAStoreBehindItsClerkIsFound(String change) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:oracle;MODE=LEGACY", "sa", "");
                Statement statement = connection.createStatement()) {
            Shop.open(connection, 1);
            work(connection);
            connection.setAutoCommit(true);
            assertThat(oracle().judge(Shop.holdings(connection, 1)).complaints())
                    .isEmpty();

            statement.execute(change);

            assertThat(oracle().judge(Shop.holdings(connection, 1)).complaints())
                    .isNotEmpty();
            statement.execute("SHUTDOWN");
        }
    }

    private void work(Connection connection) throws Exception {
        AtomicIntegerArray committed = new AtomicIntegerArray(1);
        CountDownLatch stop = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Void> clerk = thread.submit(new Clerk(connection, 0, Ledger.appendTo(file()), committed, stop, 1));
            while (committed.get(0) < 40 && !clerk.isDone()) {
                Thread.onSpinWait();
            }
            stop.countDown();
            clerk.get(10, TimeUnit.SECONDS);
        } finally {
            thread.shutdownNow();
        }
    }

    /** Two acknowledged transactions, of which the first was written for good, and one that was only attempted. */
    private Ledger ledger() throws Exception {
        Ledger ledger = Ledger.appendTo(file());
        if (Files.size(file()) == 0) {
            ledger.attempted(0, 1, List.of("+order 7 4"));
            ledger.committed(0, 1, 10);
            ledger.durable(new int[] {1});
            ledger.attempted(0, 2, List.of("-order 7 4", "+order 7 5", "+line 7 1 a"));
            ledger.committed(0, 2, 20);
            ledger.attempted(0, 3, List.of("+order 8 1"));
        }
        return ledger;
    }

    private Verdict judge(int transaction, String... rows) throws Exception {
        ledger().close();
        return oracle().judge(List.of(new Holding(transaction, Set.of(rows))));
    }

    private Oracle oracle() throws Exception {
        return Oracle.of(file(), 1);
    }

    private Path file() {
        return directory.resolve("ledger");
    }
}
