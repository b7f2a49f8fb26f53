package org.batonjdbc.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.batonjdbc.store.log.TestTables.ITEM;
import static org.batonjdbc.store.log.TestTables.LABEL;
import static org.batonjdbc.store.log.TestTables.item;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import org.batonjdbc.store.log.Change.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Transactions whose events do not fit into the heap that they may take. */
class LargeChangesTest {
    /** Each row's events take some 400 bytes of the heap. */
    private static final int MANY = 60_000;

    private static final String PADDING = "x".repeat(100);

    private final TransactionChanges changes = new TransactionChanges(TestTables.TRIGGERS, 1 << 30);

    @AfterEach
    void forget() {
        changes.cutTo(0);
    }

    @Test
    void keysThatAreShiftedOverAllPartsComeOutAsOneChangeForEachRow() throws Exception {
        for (long id = 1; id <= MANY; id++) {
            changes.changed(ITEM, item(id, PADDING + id), item(id + 1, PADDING + id));
        }

        Map<RowKey, String> sum = sum();

        assertThat(sum).hasSize(MANY + 1);
        assertThat(sum).containsEntry(RowKey.ofValues(1L), "DELETE");
        assertThat(sum).containsEntry(RowKey.ofValues(2L), "UPDATE " + PADDING + 1);
        assertThat(sum).containsEntry(RowKey.ofValues(MANY + 1L), "INSERT " + PADDING + MANY);
    }

    @Test
    void anInterruptOfTheApplicationsThreadCostsNoChange() throws Exception {
        Thread.currentThread().interrupt();
        try {
            change(MANY, id -> null, id -> item(id, PADDING));

            assertThat(sum()).hasSize(MANY);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aRowThatIsChangedInEachPartHasOneChange() throws Exception {
        for (int round = 0; round < 4; round++) {
            int before = round;
            change(MANY / 3, id -> item(id, PADDING + before), id -> item(id, PADDING + (before + 1)));
        }

        assertThat(sum())
                .hasSize(MANY / 3)
                .allSatisfy((key, change) -> assertThat(change).isEqualTo("UPDATE " + PADDING + 4));
    }

    @Test
    void whatComesAndGoesInDifferentPartsIsNoChange() throws Exception {
        change(MANY, id -> null, id -> item(id, PADDING));
        change(MANY, id -> item(id, PADDING), id -> null);

        assertThat(sum()).isEmpty();
    }

    @Test
    void aSavepointInAPartOnDiskIsReturnedToExactly() throws Exception {
        change(100, id -> null, id -> item(id, PADDING));
        int mark = changes.mark();
        change(MANY, id -> null, id -> item(id + 1000, PADDING));
        changes.cutTo(mark);
        changes.changed(ITEM, null, item(7777, "after"));

        assertThat(sum()).hasSize(101).containsEntry(RowKey.ofValues(7777L), "INSERT after");
    }

    @Test
    void anImageThatIsNotExactIsReadBackFromAPartOnDiskToo() throws Exception {
        change(MANY, id -> null, id -> item(id, "inexact"));

        assertThat(sum())
                .hasSize(MANY)
                .allSatisfy((key, change) -> assertThat(change).isEqualTo("INSERT asked"));
    }

    @Test
    void aRowThatTwoSpellingsOfItsKeyHaveNamedIsPutOnce() throws Exception {
        for (long id = 1; id <= MANY; id++) {
            changes.changed(LABEL, item(id, "näme " + id), item(id, "NÄME " + id));
        }
        changes.doubt();

        List<Change> sum = new ArrayList<>();
        try (Changes all =
                changes.sum((table, key) -> item(0, key.value(0).toString().toUpperCase(Locale.ROOT)))) {
            all.each(sum::add);
        }

        assertThat(sum).hasSize(MANY).allMatch(change -> change.kind() == Kind.PUT);
        assertThat(sum).extracting(Change::key).doesNotHaveDuplicates().contains(RowKey.ofValues("NÄME 7"));
    }

    @Test
    void aTransactionThatIsLargerThanTheLogIsLostAndNotTheApplicationsBusiness() throws Exception {
        TransactionChanges small = new TransactionChanges(TestTables.TRIGGERS, 100_000);
        for (long id = 1; id <= MANY; id++) {
            small.changed(ITEM, null, item(id, PADDING));
        }

        assertThat(small.isEmpty()).isFalse();
        assertThatThrownBy(() -> small.sum(LargeChangesTest::asked))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("maxLogBytes");
        small.cutTo(0);
        assertThat(small.isEmpty()).isTrue();
    }

    @Test
    void aLogInTheHeapKeepsALargeTransactionOnDiskUntilItIsForgotten() throws Exception {
        MemoryLog log = new MemoryLog(Clock.systemUTC(), 1 << 30);
        change(MANY, id -> null, id -> item(id, PADDING));
        log.reserve(null, changes.sum(LargeChangesTest::asked)).committed();
        changes.cutTo(0);
        log.reserve(null, Changes.of(List.of(Change.delete(ITEM, RowKey.ofValues(1L)))))
                .committed();

        List<LoggedTransaction> first = log.read(1_000_000);

        assertThat(first).singleElement().satisfies(large -> {
            assertThat(large.changes().isLarge()).isTrue();
            assertThat(large.changes().count()).isEqualTo(MANY);
            assertThat(collected(large.changes())).hasSize(MANY);
            assertThat(collected(large.changes())).hasSize(MANY);
        });
        log.forget(first);
        assertThatThrownBy(() -> first.get(0).changes().each(change -> {})).hasMessageContaining("disk");
        assertThat(log.read(10))
                .singleElement()
                .satisfies(next -> assertThat(next.changes().isLarge()).isFalse());
    }

    private void change(int rows, LongFunction<Object[]> before, LongFunction<Object[]> after) {
        for (long id = 1; id <= rows; id++) {
            changes.changed(ITEM, before.apply(id), after.apply(id));
        }
    }

    private Map<RowKey, String> sum() throws Exception {
        try (Changes sum = changes.sum(LargeChangesTest::asked)) {
            return collected(sum);
        }
    }

    private static Map<RowKey, String> collected(Changes sum) throws Exception {
        Map<RowKey, String> collected = new HashMap<>();
        sum.each(change -> {
            String text = change.kind() + (change.kind() == Kind.DELETE ? "" : " " + change.image()[1]);
            assertThat(collected.put(change.key(), text)).isNull();
        });
        return collected;
    }

    private static Object[] asked(org.batonjdbc.store.catalog.Table table, RowKey key) {
        return item((long) key.value(0), "asked");
    }
}
