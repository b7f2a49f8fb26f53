package org.batonjdbc.store.log;

import java.sql.SQLException;
import java.util.List;

/** Changes that are few enough for the heap. */
record HeapChanges(List<Change> list) implements Changes {
    HeapChanges {
        list = List.copyOf(list);
    }

    @Override
    public int count() {
        return list.size();
    }

    @Override
    public boolean isLarge() {
        return false;
    }

    @Override
    public void each(Taker taker) throws SQLException {
        for (Change change : list) {
            taker.take(change);
        }
    }
}
