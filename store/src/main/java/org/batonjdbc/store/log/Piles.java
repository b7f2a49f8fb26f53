package org.batonjdbc.store.log;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Events sorted by the hash of their row's key, whatever its spelling, so that all events of a row are in one pile and each pile
 * fits into the heap.
 * All piles share one temporary file, in blocks. Used by one thread.
 */
final class Piles implements AutoCloseable {
    /** A row takes some ten times as much room in the heap while its events are summed. */
    private static final long PILE = 1L << 20;

    private static final int MOST = 512;
    private static final int BLOCK = 1 << 13;

    private final TemporaryFile file;
    private final EventCodec codec;
    private final List<Pile> piles = new ArrayList<>();

    /** Empty piles, as many as so many bytes of events need. */
    Piles(EventCodec codec, long bytes) throws IOException {
        this.codec = codec;
        this.file = TemporaryFile.create();
        for (long i = 0; i <= Math.min(MOST - 1, bytes / PILE); i++) {
            piles.add(new Pile());
        }
    }

    /** Puts what happened to each of the event's rows on that row's pile. */
    void sort(Event event) throws IOException {
        if (event.before() != null) {
            put(event.before().key(), new Event(event.table(), event.before(), null));
        }
        if (event.after() != null) {
            put(event.after().key(), new Event(event.table(), null, event.after()));
        }
    }

    private void put(RowKey key, Event event) throws IOException {
        int hash = key.spellinglessHash() * 0x9E3779B9;
        Pile pile = piles.get((hash >>> 8) % piles.size());
        codec.write(new DataOutputStream(pile), event);
        pile.events++;
    }

    int size() {
        return piles.size();
    }

    /** Hands out the events of one pile in the order in which they came. */
    void each(int number, Events.Taker taker) throws IOException {
        Pile pile = piles.get(number);
        try (DataInputStream in = new DataInputStream(pile.new Reading())) {
            for (int i = 0; i < pile.events; i++) {
                taker.take(codec.read(in));
            }
        }
    }

    @Override
    public void close() {
        file.close();
    }

    private final class Pile extends OutputStream {
        private final List<Long> blocks = new ArrayList<>();
        private final byte[] last = new byte[BLOCK];
        private int filled;
        private int events;

        @Override
        public void write(int b) throws IOException {
            if (filled == BLOCK) {
                blocks.add(file.length());
                file.write(last, 0, BLOCK);
                filled = 0;
            }
            last[filled++] = (byte) b;
        }

        /** The blocks one after the other, and what is in none yet. */
        private final class Reading extends InputStream {
            private final byte[] block = new byte[BLOCK];
            private int next;
            private int end;
            private int at;

            @Override
            public int read() throws IOException {
                if (at == end && !fill()) {
                    return -1;
                }
                return block[at++] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (at == end && !fill()) {
                    return -1;
                }
                int some = Math.min(length, end - at);
                System.arraycopy(block, at, bytes, offset, some);
                at += some;
                return some;
            }

            private boolean fill() throws IOException {
                if (next > blocks.size()) {
                    return false;
                }
                if (next == blocks.size()) {
                    System.arraycopy(last, 0, block, 0, filled);
                    end = filled;
                } else {
                    file.read(blocks.get(next), block);
                    end = BLOCK;
                }
                next++;
                at = 0;
                return end > 0;
            }
        }
    }
}
