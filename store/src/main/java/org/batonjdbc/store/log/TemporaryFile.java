package org.batonjdbc.store.log;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Bytes that are too many for the heap, in the directory {@code java.io.tmpdir}. The file is readable for its owner alone,
 * and where the system allows it has no name from the beginning, so that nothing is left of it when the process dies.
 * Used by one thread at a time.
 */
final class TemporaryFile extends OutputStream {
    private static final int BUFFER = 1 << 15;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long flushed;

    private TemporaryFile(FileChannel channel) {
        this.channel = channel;
    }

    static TemporaryFile create() throws IOException {
        Path path = Files.createTempFile("baton-", ".changes");
        return new TemporaryFile(FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
    }

    /** How many bytes it has. */
    long length() {
        return flushed + buffer.position();
    }

    @Override
    public void write(int b) throws IOException {
        if (!buffer.hasRemaining()) {
            flush();
        }
        buffer.put((byte) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int some = Math.min(length - done, buffer.remaining());
            buffer.put(bytes, offset + done, some);
            done += some;
        }
    }

    @Override
    public void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            flushed += channel.write(buffer, flushed);
        }
        buffer.clear();
    }

    /** Drops everything behind a position. */
    void cutTo(long length) throws IOException {
        flush();
        channel.truncate(length);
        flushed = length;
    }

    /** What was written from this position on until now. */
    InputStream in(long from) throws IOException {
        flush();
        return new BufferedInputStream(new Reading(from, flushed), BUFFER);
    }

    /** Reads exactly as many bytes as the array has. */
    void read(long from, byte[] bytes) throws IOException {
        flush();
        ByteBuffer into = ByteBuffer.wrap(bytes);
        while (into.hasRemaining()) {
            if (channel.read(into, from + into.position()) < 0) {
                throw new EOFException("a temporary file has become shorter");
            }
        }
    }

    /** Its room is free again; what failed here is of no consequence to what was in it. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary file does not close", e);
        }
    }

    private final class Reading extends InputStream {
        private final long end;
        private long position;

        Reading(long from, long end) {
            this.position = from;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (position >= end) {
                return -1;
            }
            int wanted = (int) Math.min(length, end - position);
            int got = channel.read(ByteBuffer.wrap(bytes, offset, wanted), position);
            if (got < 0) {
                throw new EOFException("a temporary file has become shorter");
            }
            position += got;
            return got;
        }
    }
}
