package org.batonjdbc.store.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.batonjdbc.store.catalog.Table;

/**
 * Triggers of a server, which note the keys of changed rows in tables of Baton's inside the transaction that changes them.
 * What the transaction takes back (a savepoint, a failed statement) the engine takes out of the notes, too. Before the
 * commit Baton reads the notes on the transaction's own connection, each with the row as it is then.
 *
 * <p>A transaction that was not {@linkplain #admit admitted} is refused its writes: they do not go through Baton, or come
 * from a statement that was taken for a read, and would be lost. Stateless.
 */
public non-sealed interface KeyTriggers extends CaptureTriggers {
    /** Lets the transaction that is open, or begins with this, change rows until it ends. */
    void admit(Connection connection, RowSink sink) throws SQLException;

    /**
     * Hands over all rows that the transaction has changed, each once, and forgets its notes. What a commit would run only
     * then is run first; afterwards the transaction may change nothing more.
     *
     * @param tables as they were given to {@link #attach}, in that order
     * @param sink whom the triggers serve
     */
    void changed(Connection connection, List<Table> tables, RowSink sink, Taker taker) throws SQLException;

    /** Takes one changed row after the other. */
    @FunctionalInterface
    interface Taker {
        /**
         * One row.
         *
         * @param key the values of its key
         * @param balance how often it came, less how often it went
         * @param image the row now, a value for each of the table's columns; null if there is none
         */
        void take(Table table, Object[] key, int balance, Object[] image) throws SQLException;
    }
}
