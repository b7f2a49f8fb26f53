package org.batonjdbc.store.dialect.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.batonjdbc.store.catalog.Table;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large objects larger than the heap, in a process of its own. */
class H2LobTest {
    private static final int MEGABYTES = 100;
    /** No writing behind: 2.5 lets unwritten chunks pile up in the heap while the disk is busy. */
    private static final String OPTIONS = ";CACHE_SIZE=2048;WRITE_DELAY=0";

    @ParameterizedTest
    @CsvSource({H2Store.OLD + ", " + H2Store.NEW, H2Store.NEW + ", " + H2Store.OLD})
    void objectsLargerThanTheHeapPassThroughIt(String from, String to, @TempDir Path directory) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Mover.class.getName(),
                        from,
                        to,
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(directory.toFile(), "output"))
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(directory.resolve("output")))
                    .isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Moves a row with two large objects from one store to another. */
    static final class Mover {
        private Mover() {}

        public static void main(String[] arguments) throws Exception {
            H2Dialect dialect = new H2Dialect();
            try (H2Store from = H2Store.at(arguments[0], "jdbc:h2:" + arguments[2] + "/from" + OPTIONS);
                    H2Store to = H2Store.at(arguments[1], "jdbc:h2:" + arguments[2] + "/to" + OPTIONS)) {
                for (H2Store store : new H2Store[] {from, to}) {
                    store.run("CREATE TABLE T(ID INT PRIMARY KEY, B BLOB, C CLOB)");
                }
                long length = MEGABYTES * 1024L * 1024;
                try (PreparedStatement insert = from.connection().prepareStatement("INSERT INTO T VALUES (1, ?, ?)")) {
                    insert.setBinaryStream(1, new Bytes(length));
                    insert.setCharacterStream(
                            2, new InputStreamReader(new Bytes(length / 4), StandardCharsets.ISO_8859_1));
                    insert.execute();
                }
                Table table = dialect.catalog(from.connection()).tables().get(0);
                try (Statement query = from.connection().createStatement();
                        ResultSet rows = query.executeQuery("SELECT * FROM T");
                        PreparedStatement write = to.connection().prepareStatement(dialect.upsert(table, 1))) {
                    rows.next();
                    for (int i = 0; i < 3; i++) {
                        dialect.bind(
                                write,
                                i + 1,
                                dialect.read(rows, i + 1, table.columns().get(i)),
                                table.columns().get(i));
                    }
                    write.execute();
                }
                check(to, length);
            }
        }

        private static void check(H2Store store, long length) throws SQLException, IOException {
            try (Statement query = store.connection().createStatement();
                    ResultSet rows = query.executeQuery("SELECT B, C FROM T")) {
                rows.next();
                try (InputStream there = rows.getBinaryStream(1);
                        InputStream expected = new Bytes(length);
                        Reader characters = rows.getCharacterStream(2)) {
                    byte[] block = new byte[8192];
                    int read = there.readNBytes(block, 0, block.length);
                    while (read > 0) {
                        if (!Arrays.equals(block, 0, read, expected.readNBytes(read), 0, read)) {
                            throw new IllegalStateException("the bytes differ");
                        }
                        read = there.readNBytes(block, 0, block.length);
                    }
                    long count = 0;
                    char[] chars = new char[8192];
                    for (int n = characters.read(chars); n >= 0; n = characters.read(chars)) {
                        count += n;
                    }
                    if (expected.read() >= 0 || count != length / 4) {
                        throw new IllegalStateException("the lengths differ: " + count);
                    }
                }
            }
        }
    }

    /** As many bytes as asked for, none of which is stored anywhere. */
    private static final class Bytes extends InputStream {
        private final long length;
        private long position;

        Bytes(long length) {
            this.length = length;
        }

        @Override
        public int read() {
            return position >= length ? -1 : at(position++);
        }

        @Override
        public int read(byte[] target, int offset, int count) {
            if (position >= length) {
                return -1;
            }
            int n = (int) Math.min(count, length - position);
            for (int i = 0; i < n; i++) {
                target[offset + i] = (byte) at(position++);
            }
            return n;
        }

        private static int at(long position) {
            return (int) (32 + (position * 31 + position / 8192) % 90);
        }
    }
}
