package org.batonjdbc.tests.race;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** The keys of the last few rows that were inserted into a table, by whomever, committed or not. For any thread. */
final class Recent {
    private final AtomicLongArray keys;
    private final AtomicInteger next = new AtomicInteger();

    Recent(int number) {
        keys = new AtomicLongArray(number);
    }

    void add(long key) {
        keys.set(Math.floorMod(next.getAndIncrement(), keys.length()), key);
    }

    /** One of them; perhaps of no row any more. */
    long some(Random random) {
        return keys.get(random.nextInt(keys.length()));
    }
}
