package org.batonjdbc.store.log;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes that are too many for the heap, in the directory {@code java.io.tmpdir}. The file is readable for its owner alone,
 * and where the system allows it has no name from the beginning, so that nothing is left of it when the process dies.
 * Used by one thread at a time.
 */
final class TemporaryFile extends OutputStream {
    private static final int BUFFER = 1 << 15;

    /** Not a FileChannel: the first interrupt of an application's thread would close that, with all that is in it. */
    private final RandomAccessFile file;
    /** Null once the file has no name any more. */
    private final Path path;

    private final byte[] buffer = new byte[BUFFER];
    private int buffered;
    private long flushed;

    private TemporaryFile(RandomAccessFile file, Path path) {
        this.file = file;
        this.path = path;
    }

    static TemporaryFile create() throws IOException {
        Path path = Files.createTempFile("baton-", ".changes");
        try {
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
            return new TemporaryFile(file, isUnnamed(path) ? null : path);
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Takes the name away from an open file, where the system allows that. */
    private static boolean isUnnamed(Path path) {
        try {
            Files.delete(path);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** How many bytes it has. */
    long length() {
        return flushed + buffered;
    }

    @Override
    public void write(int b) throws IOException {
        if (buffered == BUFFER) {
            flush();
        }
        buffer[buffered++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (buffered == BUFFER) {
                flush();
            }
            int some = Math.min(length - done, BUFFER - buffered);
            System.arraycopy(bytes, offset + done, buffer, buffered, some);
            buffered += some;
            done += some;
        }
    }

    @Override
    public void flush() throws IOException {
        file.seek(flushed);
        file.write(buffer, 0, buffered);
        flushed += buffered;
        buffered = 0;
    }

    /** Drops everything behind a position. */
    void cutTo(long length) throws IOException {
        flush();
        file.setLength(length);
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
        file.seek(from);
        file.readFully(bytes);
    }

    /** Its room is free again; what failed here is of no consequence to what was in it. */
    @Override
    public void close() {
        try {
            file.close();
            if (path != null) {
                Files.deleteIfExists(path);
            }
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
            file.seek(position);
            int got = file.read(bytes, offset, wanted);
            if (got < 0) {
                throw new EOFException("a temporary file has become shorter");
            }
            position += got;
            return got;
        }
    }
}
