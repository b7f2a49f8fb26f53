package org.batonjdbc.store.log;

import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.log.Event.Seen;

/** Row events as bytes, and back, for as long as the transaction runs: tables are known by a number of its own. */
final class EventCodec {
    private static final int NO_ROW = 0;
    private static final int EXACT = 1;
    private static final int KEY_ONLY = 2;

    private final List<Table> tables = new ArrayList<>();
    private final Map<Table, Integer> numbers = new IdentityHashMap<>();

    /** The tables of all events that were written. */
    Catalog tables() {
        return new Catalog(tables, List.of());
    }

    void write(DataOutput out, Event event) throws IOException {
        out.writeShort(number(event.table()));
        write(out, event.before());
        write(out, event.after());
    }

    private int number(Table table) {
        return numbers.computeIfAbsent(table, added -> {
            tables.add(added);
            return tables.size() - 1;
        });
    }

    private static void write(DataOutput out, Seen row) throws IOException {
        if (row == null) {
            out.writeByte(NO_ROW);
        } else if (row.image() != null) {
            out.writeByte(EXACT);
            for (Object value : row.image()) {
                ValueCodec.write(out, value);
            }
        } else {
            out.writeByte(KEY_ONLY);
            for (int i = 0; i < row.key().size(); i++) {
                ValueCodec.write(out, row.key().value(i));
            }
        }
    }

    Event read(DataInputStream in) throws IOException {
        Table table = tables.get(in.readShort());
        Seen before = readRow(in, table);
        return new Event(table, before, readRow(in, table));
    }

    private static Seen readRow(DataInputStream in, Table table) throws IOException {
        int form = in.readUnsignedByte();
        if (form == NO_ROW) {
            return null;
        }
        Object[] values =
                new Object[form == EXACT ? table.columns().size() : table.key().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ValueCodec.read(in);
        }
        return form == EXACT ? new Seen(RowKey.of(table, values), values) : new Seen(RowKey.ofValues(values), null);
    }
}
