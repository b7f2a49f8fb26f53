package org.batonjdbc.store.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.batonjdbc.store.log.TestTables.ITEM;
import static org.batonjdbc.store.log.TestTables.item;

import java.util.List;
import org.batonjdbc.store.log.Change;
import org.batonjdbc.store.log.Change.Kind;
import org.batonjdbc.store.log.Changes;
import org.batonjdbc.store.log.LoggedTransaction;
import org.batonjdbc.store.log.RowKey;
import org.junit.jupiter.api.Test;

class NetChangesTest {
    @Test
    void twoChangesOfARowBecomeOne() throws Exception {
        assertThat(net(Kind.INSERT, Kind.UPDATE)).isEqualTo(Kind.INSERT);
        assertThat(net(Kind.UPDATE, Kind.UPDATE)).isEqualTo(Kind.UPDATE);
        assertThat(net(Kind.DELETE, Kind.INSERT)).isEqualTo(Kind.UPDATE);
        assertThat(net(Kind.UPDATE, Kind.DELETE)).isEqualTo(Kind.DELETE);
        assertThat(net(Kind.PUT, Kind.UPDATE)).isEqualTo(Kind.PUT);
        assertThat(net(Kind.REMOVE, Kind.INSERT)).isEqualTo(Kind.PUT);
        assertThat(net(Kind.PUT, Kind.DELETE)).isEqualTo(Kind.REMOVE);
    }

    @Test
    void aRowThatComesAndGoesIsNothing() throws Exception {
        assertThat(net(Kind.INSERT, Kind.DELETE)).isNull();
    }

    @Test
    void aRowThatComesAndGoesIsRemovedWhereItMayHaveBeenPutInBetween() throws Exception {
        NetChanges net = NetChanges.withoutExpectations(
                List.of(transaction(1, change(Kind.INSERT)), transaction(2, change(Kind.DELETE))));

        assertThat(net.of(ITEM)).extracting(Change::kind).containsExactly(Kind.REMOVE);
    }

    @Test
    void theLastImageCounts() throws Exception {
        NetChanges net = NetChanges.of(List.of(
                transaction(1, new Change(ITEM, Kind.UPDATE, RowKey.ofValues(1L), item(1, "a"), true)),
                transaction(2, new Change(ITEM, Kind.UPDATE, RowKey.ofValues(1L), item(1, "b"), true))));

        assertThat(net.of(ITEM)).singleElement().satisfies(change -> {
            assertThat(change.image()[1]).isEqualTo("b");
            assertThat(change.keepsUniques()).isTrue();
        });
    }

    @Test
    void aRowThatWasRemovedAndPutAgainMayHaveOtherUniques() throws Exception {
        NetChanges net =
                NetChanges.of(List.of(transaction(1, change(Kind.DELETE)), transaction(2, change(Kind.INSERT))));

        assertThat(net.of(ITEM)).noneMatch(Change::keepsUniques);
    }

    private static Kind net(Kind first, Kind second) throws Exception {
        NetChanges net = NetChanges.of(List.of(transaction(1, change(first)), transaction(2, change(second))));
        return net.of(ITEM).stream().map(Change::kind).findFirst().orElse(null);
    }

    private static Change change(Kind kind) {
        boolean leavesRow = kind != Kind.DELETE && kind != Kind.REMOVE;
        return new Change(ITEM, kind, RowKey.ofValues(1L), leavesRow ? item(1, "a") : null, true);
    }

    private static LoggedTransaction transaction(long lsn, Change change) {
        return new LoggedTransaction(lsn, 0, Changes.of(List.of(change)));
    }
}
