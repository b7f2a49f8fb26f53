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
    private final AtomicReferenceArray<Entry> entries;

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
        int place = place(sql);
        Entry first = entries.get(place);
        if (first != null && first.isOf(sql)) {
            return first.meaning;
        }
        Entry second = entries.get(place ^ 1);
        if (second != null && second.isOf(sql)) {
            return second.meaning;
        }
        Meaning meaning = Meaning.of(sql, syntax);
        if (sql.length() <= LONGEST) {
            if (first != null) {
                entries.set(place ^ 1, first);
            }
            entries.set(place, new Entry(sql, meaning));
        }
        return meaning;
    }

    /** Remembers that a text which reads by its words has changed rows when it ran, through a view or the like. */
    public Meaning writes(String sql) {
        Meaning meaning = of(sql).writing();
        int place = place(sql);
        Entry first = entries.get(place);
        entries.set(first != null && first.isOf(sql) ? place : place ^ 1, new Entry(sql, meaning));
        return meaning;
    }

    private int place(String sql) {
        int hash = sql.hashCode();
        return (hash ^ hash >>> 16) & mask;
    }
}
