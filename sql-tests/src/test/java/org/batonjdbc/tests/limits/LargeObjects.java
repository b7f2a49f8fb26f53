package org.batonjdbc.tests.limits;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A program that writes and reads large objects, for one of which its heap has hardly room, while a store is upgraded and taken back. Ends
 * with an exception if one of them does not arrive as it was written.
 */
final class LargeObjects {
    private static final long PATIENCE_MINUTES = 10;
    private static final int CHUNK = 8192;

    private final long length;
    private final String url;
    private long begin = System.nanoTime();

    private LargeObjects(String directory, int megabytes) {
        this.length = megabytes * 1024L * 1024;
        this.url = "jdbc:baton:failover:(h2:1.4.200@jdbc:h2:file:" + directory + "/old),(h2:2.5.252@jdbc:h2:file:"
                + directory + "/new;MODE=LEGACY)?engines=" + System.getProperty("baton.engines");
    }

    public static void main(String[] arguments) throws Exception {
        new LargeObjects(arguments[0], Integer.parseInt(arguments[1])).run();
    }

    private void run() throws Exception {
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE document(id INT PRIMARY KEY, name VARCHAR(20), body BLOB, text CLOB)");
            insert(connection, 1, 1);
            statement.execute("UPGRADE START");
            statement.execute("UPGRADE WAIT FOR REPLICATING WITH (timeout = '300s')");
            print("copied");

            insert(connection, 2, 2);
            updateByObjects(connection, 1, 11);
            statement.execute("UPDATE document SET name = 'renamed' WHERE id = 2");
            await(statement);
            print("replicated");
            verify(statement);
            statement.execute("DELETE FROM document WHERE id = 2");

            statement.execute("UPGRADE SWITCH");
            expect(connection, "1=11");
            updateInPlace(connection, 1, 21);
            insertByBatch(connection, 3, 3);
            await(statement);
            print("replicated back");
            verify(statement);
            statement.execute("UPGRADE REVERSE");
            expect(connection, "1=21 3=3");
        }
    }

    private void insert(Connection connection, int id, int seed) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO document VALUES (?, 'new', ?, ?)")) {
            insert.setInt(1, id);
            insert.setBinaryStream(2, new Bytes(seed, length));
            insert.setCharacterStream(3, new Characters(seed, length));
            insert.executeUpdate();
        }
        print("inserted " + id);
    }

    private void updateByObjects(Connection connection, int id, int seed) throws Exception {
        connection.setAutoCommit(false);
        Blob body = connection.createBlob();
        Clob text = connection.createClob();
        try (OutputStream to = body.setBinaryStream(1);
                InputStream from = new Bytes(seed, length)) {
            from.transferTo(to);
        }
        try (Writer to = text.setCharacterStream(1);
                Reader from = new Characters(seed, length)) {
            from.transferTo(to);
        }
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE document SET body = ?, text = ? WHERE id = ?")) {
            update.setBlob(1, body);
            update.setClob(2, text);
            update.setInt(3, id);
            update.executeUpdate();
        }
        connection.commit();
        connection.setAutoCommit(true);
        print("updated " + id + " by objects");
    }

    private void insertByBatch(Connection connection, int id, int seed) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO document VALUES (?, 'batch', ?, ?)")) {
            insert.setInt(1, id);
            insert.setObject(2, new Bytes(seed, length));
            insert.setObject(3, new Characters(seed, length));
            insert.addBatch();
            insert.executeBatch();
        }
        print("inserted " + id + " by a batch");
    }

    private void updateInPlace(Connection connection, int id, int seed) throws SQLException {
        try (Statement select =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet row = select.executeQuery("SELECT * FROM document WHERE id = " + id)) {
            row.next();
            row.updateBinaryStream("body", new Bytes(seed, length));
            row.updateCharacterStream("text", new Characters(seed, length));
            row.updateRow();
        }
        print("updated " + id + " in place");
    }

    /** Reads everything; each row must be what its seed gives. */
    private void expect(Connection connection, String expected) throws Exception {
        StringBuilder found = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, body, text FROM document ORDER BY id")) {
            while (row.next()) {
                int id = row.getInt(1);
                int seed = seed(expected, id);
                try (InputStream body = row.getBinaryStream(2)) {
                    compare(body, new Bytes(seed, length), id);
                }
                try (Reader text = row.getCharacterStream(3)) {
                    compare(text, new Characters(seed, length), id);
                }
                found.append(found.isEmpty() ? "" : " ").append(id).append('=').append(seed);
            }
        }
        if (!found.toString().equals(expected)) {
            throw new IllegalStateException(found + " is there instead of " + expected);
        }
        print("read " + found);
    }

    private static int seed(String expected, int id) {
        for (String row : expected.split(" ", -1)) {
            if (row.startsWith(id + "=")) {
                return Integer.parseInt(row.substring(row.indexOf('=') + 1));
            }
        }
        throw new IllegalStateException("row " + id + " should not be there, but " + expected);
    }

    private static void compare(InputStream found, InputStream expected, int id) throws IOException {
        while (true) {
            byte[] bytes = found.readNBytes(CHUNK);
            if (!Arrays.equals(bytes, expected.readNBytes(CHUNK))) {
                throw new IllegalStateException("the bytes of row " + id + " are not those that were written");
            }
            if (bytes.length == 0) {
                return;
            }
        }
    }

    private static void compare(Reader found, Reader expected, int id) throws IOException {
        char[] characters = new char[CHUNK];
        char[] wanted = new char[CHUNK];
        while (true) {
            int read = fill(found, characters);
            int size = fill(expected, wanted);
            if (!Arrays.equals(characters, 0, read, wanted, 0, size)) {
                throw new IllegalStateException("the text of row " + id + " is not the one that was written");
            }
            if (size == 0) {
                return;
            }
        }
    }

    private static int fill(Reader from, char[] to) throws IOException {
        int size = 0;
        for (int read = 0; read >= 0 && size < to.length; read = from.read(to, size, to.length - size)) {
            size += read;
        }
        return size;
    }

    private static void await(Statement statement) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        while (true) {
            try (ResultSet status = statement.executeQuery("UPGRADE STATUS")) {
                status.next();
                if (status.getString("error") != null) {
                    throw new IllegalStateException(status.getString("error"));
                }
                if (status.getLong("changes_pending") == 0) {
                    return;
                }
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not applied in time");
            }
            Thread.sleep(20); // between two looks; the deadline decides
        }
    }

    private void verify(Statement statement) throws SQLException {
        try (ResultSet tables = statement.executeQuery("UPGRADE VERIFY")) {
            tables.next();
            if (!tables.getString("status").equals("SAME")) {
                throw new IllegalStateException(tables.getLong("differing_rows") + " rows differ");
            }
            print("verified " + tables.getLong("active_rows") + " rows");
        }
    }

    private void print(String what) {
        long now = System.nanoTime();
        System.out.printf("%s %.1f s%n", what, (now - begin) / 1e9);
        begin = now;
    }

    /** Bytes without end that no store can compress, up to a length. */
    private static final class Bytes extends InputStream {
        private final long length;
        private long position;
        private long state;

        Bytes(int seed, long length) {
            this.length = length;
            this.state = seed * 0x9E3779B97F4A7C15L;
        }

        @Override
        public int read() {
            if (position == length) {
                return -1;
            }
            position++;
            state = state * 6364136223846793005L + 1442695040888963407L;
            return (int) (state >>> 56);
        }

        @Override
        public int read(byte[] to, int from, int count) {
            int size = (int) Math.min(count, length - position);
            for (int i = 0; i < size; i++) {
                to[from + i] = (byte) read();
            }
            return size == 0 && count > 0 ? -1 : size;
        }
    }

    /** Characters of one to three bytes, up to a length. */
    private static final class Characters extends Reader {
        private static final String ALPHABET =
                "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789äöü日本\n";
        private final Bytes bytes;

        Characters(int seed, long length) {
            this.bytes = new Bytes(seed, length);
        }

        @Override
        public int read(char[] to, int from, int count) {
            for (int i = 0; i < count; i++) {
                int value = bytes.read();
                if (value < 0) {
                    return i == 0 ? -1 : i;
                }
                to[from + i] = ALPHABET.charAt(value % ALPHABET.length());
            }
            return count;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
