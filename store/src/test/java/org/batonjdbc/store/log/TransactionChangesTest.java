package org.batonjdbc.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.batonjdbc.store.log.TestTables.ITEM;
import static org.batonjdbc.store.log.TestTables.LABEL;
import static org.batonjdbc.store.log.TestTables.item;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.batonjdbc.store.catalog.Lob;
import org.junit.jupiter.api.Test;

class TransactionChangesTest {
    private final TransactionChanges changes = new TransactionChanges(TestTables.TRIGGERS, 1 << 30);
    private final Map<RowKey, Object[]> store = new HashMap<>();
    private final List<RowKey> asked = new ArrayList<>();

    @Test
    void oneEventForARowIsItsChange() throws Exception {
        changes.changed(ITEM, null, item(1, "a"));
        changes.changed(ITEM, item(2, "b"), item(2, "c"));
        changes.changed(ITEM, item(3, "d"), null);

        assertThat(sum()).containsExactly("INSERT (1) a", "UPDATE (2) c", "DELETE (3)");
        assertThat(asked).isEmpty();
    }

    @Test
    void aRowThatComesAndGoesIsNoChange() throws Exception {
        changes.changed(ITEM, null, item(1, "a"));
        changes.changed(ITEM, item(1, "a"), item(1, "b"));
        changes.changed(ITEM, item(1, "b"), null);

        assertThat(sum()).isEmpty();
    }

    @Test
    void aRowWithALargeObjectThatComesAndGoesIsNoChange() throws Exception {
        Object[] row = {1L, Lob.LATER};
        changes.changed(ITEM, null, row);
        changes.changed(ITEM, row, null);

        assertThat(sum()).isEmpty();
    }

    @Test
    void aLargeObjectThatIsReplacedIsAnUpdate() throws Exception {
        Object[] row = {1L, Lob.LATER};
        store.put(RowKey.ofValues(1L), row);
        changes.changed(ITEM, row, row);

        assertThat(sum()).containsExactly("UPDATE (1) LATER");
    }

    @Test
    void severalUpdatesOfARowAreOne() throws Exception {
        changes.changed(ITEM, item(1, "a"), item(1, "b"));
        changes.changed(ITEM, item(1, "b"), item(1, "c"));

        assertThat(sum()).containsExactly("UPDATE (1) c");
    }

    @Test
    void shiftedKeysComeOutRightWhateverTheOrderOfEvents() throws Exception {
        changes.changed(ITEM, item(1, "a"), item(2, "a"));
        changes.changed(ITEM, item(3, "c"), item(4, "c"));
        changes.changed(ITEM, item(2, "b"), item(3, "b"));

        assertThat(sum()).containsExactlyInAnyOrder("DELETE (1)", "UPDATE (2) a", "UPDATE (3) b", "INSERT (4) c");
    }

    @Test
    void aSwapOfUniqueValuesDoesNotKeepThem() throws Exception {
        changes.changed(ITEM, item(1, "a"), item(1, "b"));

        changes.sum(this::read).each(change -> assertThat(change.keepsUniques()).isFalse());
    }

    @Test
    void aRowWhoseSumIsNotPlainIsAskedFor() throws Exception {
        store.put(RowKey.ofValues(1L), item(1, "z"));
        changes.changed(ITEM, item(1, "a"), item(1, "b"));
        changes.changed(ITEM, item(1, "x"), item(1, "z"));

        assertThat(sum()).containsExactly("UPDATE (1) z");
        assertThat(asked).containsExactly(RowKey.ofValues(1L));
    }

    @Test
    void anImageThatIsNotExactIsReadBack() throws Exception {
        store.put(RowKey.ofValues(1L), item(1, "exact"));
        changes.changed(ITEM, null, item(1, "inexact"));
        changes.changed(ITEM, item(2, "inexact"), null);

        assertThat(sum()).containsExactly("INSERT (1) exact", "DELETE (2)");
    }

    @Test
    void whatAFailedStatementDidIsForgotten() throws Exception {
        changes.changed(ITEM, null, item(1, "a"));
        int mark = changes.mark();
        changes.changed(ITEM, null, item(2, "b"));
        changes.cutTo(mark);

        assertThat(sum()).containsExactly("INSERT (1) a");
    }

    @Test
    void whatMayHaveBeenUndoneInPartIsReadBack() throws Exception {
        store.put(RowKey.ofValues(1L), item(1, "a"));
        changes.changed(ITEM, null, item(1, "a"));
        changes.changed(ITEM, null, item(2, "b"));
        changes.doubt();

        assertThat(sum()).containsExactly("PUT (1) a", "REMOVE (2)");
    }

    @Test
    void aReadIsRefusedItsChangesWhateverItTellsOfThem() throws Exception {
        changes.changed(ITEM, null, item(1, "a"));

        changes.beginRead();
        assertThatThrownBy(changes::statementBegins).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> changes.changed(ITEM, null, item(2, "b"))).isInstanceOf(IllegalStateException.class);

        assertThat(changes.endRead()).isTrue();
        changes.beginRead();
        assertThat(changes.endRead()).isFalse();
        assertThat(sum()).containsExactly("INSERT (1) a");
    }

    @Test
    void aRowWhoseKeyIsOnlySpelledInAnotherWayIsPutOnceAlsoIfItsImageIsNotExact() throws Exception {
        Object[] row = item(-1, "LABEL");
        store.put(RowKey.ofValues("label"), row);
        store.put(RowKey.ofValues("LABEL"), row);
        changes.changed(LABEL, item(-1, "label"), row);

        assertThat(sum()).containsExactly("PUT (LABEL) LABEL");
    }

    private List<String> sum() throws Exception {
        List<String> texts = new ArrayList<>();
        try (Changes sum = changes.sum(this::read)) {
            sum.each(change -> texts.add(
                    change.kind() + " " + change.key() + (change.image() == null ? "" : " " + change.image()[1])));
        }
        return texts;
    }

    private Object[] read(org.batonjdbc.store.catalog.Table table, RowKey key) {
        asked.add(key);
        return store.get(key);
    }
}
