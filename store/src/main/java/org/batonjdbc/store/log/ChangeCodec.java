package org.batonjdbc.store.log;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;

/** A transaction's changes as bytes, and back; values only, so that any release of any engine can store them. */
final class ChangeCodec {
    private static final Change.Kind[] KINDS = Change.Kind.values();

    private final Catalog catalog;

    /** Reads changes to tables of this catalog. */
    ChangeCodec(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Writes changes one after the other. */
    static final class Writer {
        private final DataOutputStream out;
        private TableName last;

        Writer(DataOutputStream out) {
            this.out = out;
        }

        void write(Change change) throws IOException {
            TableName name = change.table().name();
            // Most changes of a transaction are to the table of the one before.
            out.writeBoolean(!name.equals(last));
            if (!name.equals(last)) {
                ValueCodec.write(out, name.schema());
                ValueCodec.write(out, name.name());
                last = name;
            }
            out.writeByte(change.kind().name().charAt(0));
            out.writeBoolean(change.keepsUniques());
            if (change.leavesRow()) {
                for (Object value : change.image()) {
                    ValueCodec.write(out, value);
                }
            } else {
                for (int i = 0; i < change.key().size(); i++) {
                    ValueCodec.write(out, change.key().value(i));
                }
            }
        }
    }

    static byte[] encode(List<Change> changes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * changes.size());
        try {
            Writer writer = new Writer(new DataOutputStream(bytes));
            for (Change change : changes) {
                writer.write(change);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("changes cannot be logged: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    /** Hands out all changes until the end of the stream. */
    void readAll(DataInputStream in, Changes.Taker taker) throws IOException, SQLException {
        Table table = null;
        for (int begin = in.read(); begin >= 0; begin = in.read()) {
            if (begin == 1) {
                TableName name = new TableName((String) ValueCodec.read(in), (String) ValueCodec.read(in));
                table = catalog.table(name)
                        .orElseThrow(() -> new IllegalStateException(
                                "the log has changes of " + name + ", which is not replicated any more"));
            }
            taker.take(read(in, table));
        }
    }

    List<Change> decode(byte[] bytes) throws SQLException {
        List<Change> changes = new ArrayList<>();
        try {
            readAll(new DataInputStream(new ByteArrayInputStream(bytes)), changes::add);
        } catch (IOException e) {
            throw new UncheckedIOException("an entry of the change log cannot be read", e);
        }
        return changes;
    }

    private static Change read(DataInputStream in, Table table) throws IOException {
        Change.Kind kind = kind((char) in.readUnsignedByte());
        boolean keepsUniques = in.readBoolean();
        boolean leavesRow = kind != Change.Kind.DELETE && kind != Change.Kind.REMOVE;
        Object[] values =
                new Object[leavesRow ? table.columns().size() : table.key().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ValueCodec.read(in);
        }
        return leavesRow
                ? new Change(table, kind, RowKey.of(table, values), values, keepsUniques)
                : new Change(table, kind, RowKey.ofValues(values), null, keepsUniques);
    }

    /** The kinds' names begin with different letters, which are what is stored. */
    private static Change.Kind kind(char letter) throws IOException {
        for (Change.Kind kind : KINDS) {
            if (kind.name().charAt(0) == letter) {
                return kind;
            }
        }
        throw new IOException("a logged change has the unknown kind " + letter);
    }
}
