package org.batonjdbc.store.log;

import java.sql.SQLException;
import java.util.List;

/**
 * The net changes of one transaction, at most one for each row, in no particular order. They can be gone through again
 * and again; those of a large transaction are on disk, and only one of them at a time is in the heap. Whoever has them
 * last closes them. Used by one thread at a time.
 */
public interface Changes extends AutoCloseable {
    /** Takes one change after the other. */
    @FunctionalInterface
    interface Taker {
        void take(Change change) throws SQLException;
    }

    /** Changes that are in the heap. */
    static Changes of(List<Change> changes) {
        return new HeapChanges(changes);
    }

    /** How many there are. */
    int count();

    /** Whether they are too many to be held in the heap at the same time. */
    boolean isLarge();

    /** Hands out all of them, from the first. */
    void each(Taker taker) throws SQLException;

    /** Gives back the room on disk; a second call does nothing. */
    @Override
    default void close() {}
}
