package org.batonjdbc.store.upgrade;

import java.sql.Connection;
import org.h2.api.Trigger;

/** A user's trigger that edits its own row: it counts, in the second column, how often the row was written. */
public final class CountingTrigger implements Trigger {
    @Override
    public void init(Connection connection, String schema, String name, String table, boolean before, int type) {}

    @Override
    public void fire(Connection connection, Object[] before, Object[] after) {
        after[1] = (Integer) after[1] + 1;
    }

    @Override
    public void close() {}

    @Override
    public void remove() {}
}
