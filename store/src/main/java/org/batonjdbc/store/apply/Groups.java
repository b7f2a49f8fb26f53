package org.batonjdbc.store.apply;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.log.Change;
import org.batonjdbc.store.log.Changes;

/** Hands changes on in groups of one table, so that they are written together but are never all in the heap. */
final class Groups implements Changes.Taker {
    private static final int SIZE = 512;

    private final Predicate<Change> wanted;
    private final Writing writing;
    private final List<Change> group = new ArrayList<>();

    /** Writes a group, none of whose changes is needed afterwards. */
    @FunctionalInterface
    interface Writing {
        void write(Table table, List<Change> changes) throws SQLException;
    }

    /** Groups of those changes that are wanted. */
    Groups(Predicate<Change> wanted, Writing writing) {
        this.wanted = wanted;
        this.writing = writing;
    }

    @Override
    @SuppressWarnings(
            "ReferenceEquality") // a table is one object in all changes, and equality would compare descriptions
    public void take(Change change) throws SQLException {
        if (!wanted.test(change)) {
            return;
        }
        if (group.size() == SIZE || (!group.isEmpty() && group.get(0).table() != change.table())) {
            end();
        }
        group.add(change);
    }

    /** Hands on the last group. */
    void end() throws SQLException {
        if (!group.isEmpty()) {
            writing.write(group.get(0).table(), group);
            group.clear();
        }
    }
}
