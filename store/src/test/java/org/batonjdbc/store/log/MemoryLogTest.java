package org.batonjdbc.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MemoryLogTest {
    private final MemoryLog log = new MemoryLog(Clock.fixed(Instant.ofEpochMilli(1000), ZoneOffset.UTC), 10_000);

    @Test
    void anOpenSlotHoldsBackWhatCommittedAfterIt() throws Exception {
        ChangeLog.Slot slow = log.reserve(null, changes(1));
        log.reserve(null, changes(2)).committed();

        assertThat(log.read(100)).isEmpty();
        slow.committed();

        assertThat(log.read(100)).extracting(LoggedTransaction::lsn).containsExactly(1L, 2L);
    }

    @Test
    void aTransactionThatWasRolledBackIsNeverRead() throws Exception {
        log.reserve(null, changes(1)).rolledBack();
        log.reserve(null, changes(2)).committed();

        List<LoggedTransaction> read = log.read(100);

        assertThat(read).extracting(LoggedTransaction::lsn).containsExactly(2L);
        log.forget(read);
        assertThat(log.figures()).isEqualTo(new ChangeLog.Figures(1, 0, 0, 0));
    }

    @Test
    void whatIsNotForgottenIsReadAgain() throws Exception {
        log.reserve(null, changes(1)).committed();
        log.reserve(null, changes(2)).committed();

        log.forget(log.read(1));

        assertThat(log.read(100)).extracting(LoggedTransaction::lsn).containsExactly(2L);
        assertThat(log.firstPendingLsn()).isEqualTo(2);
        assertThat(log.lastLsn()).isEqualTo(2);
    }

    @Test
    void theFirstPendingLsnIsThatOfAnOpenSlot() throws Exception {
        ChangeLog.Slot open = log.reserve(null, changes(1));

        assertThat(log.firstPendingLsn()).isEqualTo(1);
        open.rolledBack();

        assertThat(log.firstPendingLsn()).isEqualTo(2);
    }

    @Test
    void whoWaitsForTheOldestGoesOnWhenItEnds() throws Exception {
        ChangeLog.Slot open = log.reserve(null, changes(1));
        FutureTask<Integer> reader = new FutureTask<>(() -> {
            log.awaitOldest(Duration.ofSeconds(60));
            return log.read(100).size();
        });
        Thread thread = new Thread(reader, "reader");
        thread.start();

        open.committed();

        assertThat(reader.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        thread.join();
    }

    @Test
    void nobodyWaitsForTheOldestWhereThereIsNone() throws Exception {
        log.awaitOldest(Duration.ofDays(1));
        log.reserve(null, changes(1)).committed();
        log.awaitOldest(Duration.ofDays(1));
        ChangeLog.Slot open = log.reserve(null, changes(2));
        log.forget(log.read(100));
        log.awaitOldest(Duration.ofMillis(1));
        open.committed();
    }

    @Test
    void aSlotEndsOnce() throws Exception {
        ChangeLog.Slot slot = log.reserve(null, changes(1));
        slot.committed();

        assertThatThrownBy(slot::rolledBack).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tooMuchIsDroppedRatherThanExhaustTheHeap() throws Exception {
        ChangeLog.Slot open = log.reserve(null, changes(1));
        for (int i = 0; i < 1_000; i++) {
            log.reserve(null, changes(i)).committed();
        }
        open.committed();

        assertThat(log.givenUp()).hasValueSatisfying(why -> assertThat(why).contains("maxLogBytes"));
        assertThat(log.read(1_000_000)).isEmpty();
        assertThat(log.figures().bytes()).isZero();
    }

    private static Changes changes(long id) {
        return Changes.of(List.of(
                new Change(TestTables.ITEM, Change.Kind.INSERT, RowKey.ofValues(id), TestTables.item(id, "a"), false)));
    }
}
