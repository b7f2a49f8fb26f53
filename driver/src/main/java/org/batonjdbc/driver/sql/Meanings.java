package org.batonjdbc.driver.sql;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Remembers what texts mean, for as many as its capacity says; the least convenient are forgotten. Any thread may ask.
 * A text has one place in the table or the one beside it. Reading is a volatile read and a comparison; two threads that
 * work out texts of one place at once overwrite each other's answer, which costs time later and is never wrong.
 */
public final class Meanings {
    /** Longer texts are worked out each time, so that a few of them cannot fill the heap. */
    private static final int LONGEST = 8_192;

    private final Syntax syntax;
    private final int mask;
    private volatile AtomicReferenceArray<Entry> entries;

    private record Entry(String sql, Meaning meaning) {
        boolean isOf(String text) {
            return sql.equals(text);
        }
    }

    /** Remembers at least one and at most about {@code capacity} texts, rounded up to a power of two. */
    public Meanings(Syntax syntax, int capacity) {
        this.syntax = syntax;
        this.mask = Math.max(2, Integer.highestOneBit(Math.max(1, capacity - 1)) << 1) - 1;
        this.entries = new AtomicReferenceArray<>(mask + 1);
    }

    /** The syntax in which texts are read. */
    public Syntax syntax() {
        return syntax;
    }

    /** What the text means. */
    public Meaning of(String sql) {
        AtomicReferenceArray<Entry> current = entries;
        int hash = sql.hashCode();
        int place = (hash ^ hash >>> 16) & mask;
        Entry first = current.get(place);
        if (first != null && first.isOf(sql)) {
            return first.meaning;
        }
        Entry second = current.get(place ^ 1);
        if (second != null && second.isOf(sql)) {
            return second.meaning;
        }
        Meaning meaning = Meaning.of(sql, syntax);
        if (sql.length() <= LONGEST) {
            if (first != null) {
                current.set(place ^ 1, first);
            }
            current.set(place, new Entry(sql, meaning));
        }
        return meaning;
    }

    /** Forgets all, because the catalog has changed; what is being worked out meanwhile is not remembered. */
    public void forget() {
        entries = new AtomicReferenceArray<>(mask + 1);
    }
}
