package org.batonjdbc.store.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Gate gate = new Gate();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void closingTheGateWaitsForTheTransactionInFlight() throws Exception {
        Pass writer = gate.register();
        writer.enter(LONG);

        gate.close();
        Future<List<Pass>> drained = threads.submit(() -> gate.drain(null, LONG));

        assertThat(gate.drain(null, Duration.ofMillis(1))).containsExactly(writer);
        writer.leave();
        assertThat(drained.get(10, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void aTransactionThatHasWrittenIsLetThroughAClosedGate() throws Exception {
        Pass writer = gate.register();
        writer.enter(LONG);
        gate.close();

        writer.enter(Duration.ofMillis(1));

        assertThat(writer.isWriting()).isTrue();
    }

    @Test
    void whoIsHeldTooLongIsToldSoAndHasNotWritten() {
        Pass writer = gate.register();
        gate.close();

        assertThatThrownBy(() -> writer.enter(Duration.ofMillis(5)))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55P03"));
        assertThat(writer.isWriting()).isFalse();
    }

    @Test
    void openingTheGateLetsHeldWritersIn() throws Exception {
        Pass writer = gate.register();
        gate.close();
        Future<?> held = threads.submit(() -> {
            writer.enter(LONG);
            return null;
        });

        gate.open();

        held.get(10, TimeUnit.SECONDS);
        assertThat(writer.isWriting()).isTrue();
    }

    @Test
    void whoIsHeldOpensAGateWhoseTimeIsOver() throws Exception {
        Pass writer = gate.register();
        gate.close();
        Future<?> held = threads.submit(() -> {
            writer.enter(LONG);
            return null;
        });

        gate.openAt(System.nanoTime());

        held.get(10, TimeUnit.SECONDS);
        assertThat(gate.isClosed()).isFalse();
        assertThat(gate.stayClosed()).isFalse();
    }

    @Test
    void aGateThatIsToStayClosedHoldsWritersBeyondItsTime() {
        Pass writer = gate.register();
        gate.close();
        gate.openAt(System.nanoTime());

        assertThat(gate.stayClosed()).isTrue();

        assertThatThrownBy(() -> writer.enter(Duration.ofMillis(5)))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55P03"));
    }

    @Test
    void theTimeOfOneClosingIsNotThatOfTheNext() {
        Pass writer = gate.register();
        gate.close();
        gate.openAt(System.nanoTime());
        gate.open();

        gate.close();

        assertThatThrownBy(() -> writer.enter(Duration.ofMillis(5)))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55P03"));
    }

    @Test
    void theConnectionThatSwitchesIsNotWaitedFor() throws Exception {
        Pass own = gate.register();
        own.enter(LONG);
        gate.close();

        assertThat(gate.drain(own, Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void aClosedConnectionIsNotWaitedFor() throws Exception {
        Pass writer = gate.register();
        writer.enter(LONG);
        gate.close();
        Future<List<Pass>> drained = threads.submit(() -> gate.drain(null, LONG));

        writer.close();

        assertThat(drained.get(10, TimeUnit.SECONDS)).isEmpty();
    }

    /** The interleaving that a shared lock would forbid: nobody may be inside while the gate is closed and drained. */
    @Test
    void nobodyWritesWhileTheGateIsClosedAndDrained() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicBoolean end = new AtomicBoolean();
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Pass pass = gate.register();
            writers.add(threads.submit(() -> {
                while (!end.get()) {
                    pass.enter(LONG);
                    inside.incrementAndGet();
                    inside.decrementAndGet();
                    pass.leave();
                }
                return null;
            }));
        }

        int seen = 0;
        for (int round = 0; round < 2_000; round++) {
            gate.close();
            assertThat(gate.drain(null, LONG)).isEmpty();
            for (int look = 0; look < 20; look++) {
                seen += inside.get();
            }
            gate.open();
        }
        end.set(true);

        assertThat(seen).isZero();
        for (Future<?> writer : writers) {
            writer.get(10, TimeUnit.SECONDS);
        }
    }
}
