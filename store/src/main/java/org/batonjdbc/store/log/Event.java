package org.batonjdbc.store.log;

import org.batonjdbc.store.catalog.Table;

/** What a row trigger saw: a row before and after it changed, one of them null for an insert or a delete. */
record Event(Table table, Seen before, Seen after) {
    /**
     * A row as it was seen.
     *
     * @param image null if the engine did not hand over each value exactly, so that the row has to be asked for
     */
    record Seen(RowKey key, Object[] image) {
        private static final int OVERHEAD = 100;
        private static final int VALUE = 28;

        /** An estimate of the room that it takes in the heap. */
        int size() {
            int size = OVERHEAD;
            if (image != null) {
                for (Object value : image) {
                    size += VALUE;
                    if (value instanceof String text) {
                        size += text.length();
                    } else if (value instanceof byte[] bytes) {
                        size += bytes.length;
                    } else if (value instanceof Object[] array) {
                        size += VALUE * array.length;
                    }
                }
            }
            return size;
        }
    }

    int size() {
        return (before == null ? 0 : before.size()) + (after == null ? 0 : after.size()) + Integer.BYTES;
    }
}
