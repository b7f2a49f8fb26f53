package org.batonjdbc.store.log;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of one transaction in their order. The last ones are in the heap; when these take too much room, they go to a
 * temporary file. Used by one thread at a time.
 */
final class Events implements AutoCloseable {
    /** Room in the heap that one transaction may take. */
    private static final long HEAP = 4L << 20;

    private final EventCodec codec = new EventCodec();
    private final List<Event> inHeap = new ArrayList<>();
    private long heapBytes;
    private TemporaryFile file;
    private int onDisk;

    /** Is handed one event after the other. */
    @FunctionalInterface
    interface Taker {
        void take(Event event) throws IOException;
    }

    void add(Event event) throws IOException {
        inHeap.add(event);
        heapBytes += event.size();
        if (heapBytes > HEAP) {
            spill();
        }
    }

    private void spill() throws IOException {
        if (file == null) {
            file = TemporaryFile.create();
        }
        // Each behind its length, so that they can be skipped.
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(file);
        for (Event event : inHeap) {
            record.reset();
            codec.write(new DataOutputStream(record), event);
            out.writeInt(record.size());
            record.writeTo(out);
        }
        onDisk += inHeap.size();
        inHeap.clear();
        heapBytes = 0;
    }

    int size() {
        return onDisk + inHeap.size();
    }

    /** Bytes on disk; 0 as long as all events are in the heap. */
    long bytesOnDisk() {
        return file == null ? 0 : file.length();
    }

    EventCodec codec() {
        return codec;
    }

    /** Drops all events but so many. */
    void cutTo(int size) throws IOException {
        if (size == 0) {
            close();
        } else if (size < onDisk) {
            file.cutTo(position(size));
            onDisk = size;
            inHeap.clear();
            heapBytes = 0;
        } else {
            List<Event> cut = inHeap.subList(size - onDisk, inHeap.size());
            for (Event event : cut) {
                heapBytes -= event.size();
            }
            cut.clear();
        }
    }

    private long position(int number) throws IOException {
        long position = 0;
        try (DataInputStream in = new DataInputStream(file.in(0))) {
            for (int i = 0; i < number; i++) {
                int length = in.readInt();
                in.skipNBytes(length);
                position += Integer.BYTES + length;
            }
        }
        return position;
    }

    /** Hands out all events from this number on. */
    void each(int from, Taker taker) throws IOException {
        if (from < onDisk) {
            try (DataInputStream in = new DataInputStream(file.in(position(from)))) {
                for (int i = from; i < onDisk; i++) {
                    in.readInt();
                    taker.take(codec.read(in));
                }
            }
        }
        for (Event event : inHeap.subList(Math.max(0, from - onDisk), inHeap.size())) {
            taker.take(event);
        }
    }

    /** Drops all events and gives back their room; they can be added anew. */
    @Override
    public void close() {
        inHeap.clear();
        heapBytes = 0;
        onDisk = 0;
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
