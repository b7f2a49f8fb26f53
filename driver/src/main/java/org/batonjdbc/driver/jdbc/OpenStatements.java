package org.batonjdbc.driver.jdbc;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements of a connection that the application has not closed. They are held weakly, so that one which is dropped
 * without being closed can be collected, as with the engines' own drivers. Used under the session's lock.
 */
final class OpenStatements {
    private final ReferenceQueue<RoutedStatement> collected = new ReferenceQueue<>();
    private final Entry first = new Entry(null, null);

    /** A statement's place in the list, by which it is removed at once. */
    static final class Entry extends WeakReference<RoutedStatement> {
        private Entry previous;
        private Entry next;

        private Entry(RoutedStatement statement, ReferenceQueue<RoutedStatement> queue) {
            super(statement, queue);
        }

        private void unlink() {
            if (previous != null) {
                previous.next = next;
                if (next != null) {
                    next.previous = previous;
                }
                previous = null;
            }
        }
    }

    Entry add(RoutedStatement statement) {
        for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
            ((Entry) gone).unlink();
        }
        Entry entry = new Entry(statement, collected);
        entry.next = first.next;
        entry.previous = first;
        if (first.next != null) {
            first.next.previous = entry;
        }
        first.next = entry;
        return entry;
    }

    void remove(Entry entry) {
        entry.unlink();
    }

    /** All that are there now; the list may change while the caller goes through them. */
    List<RoutedStatement> all() {
        List<RoutedStatement> all = new ArrayList<>();
        for (Entry entry = first.next; entry != null; entry = entry.next) {
            RoutedStatement statement = entry.get();
            if (statement != null) {
                all.add(statement);
            }
        }
        return all;
    }
}
