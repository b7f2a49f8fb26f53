package org.batonjdbc.tests.twin;

import java.sql.SQLException;
import java.util.List;

/** One thing that an application or its operator does. Steps are facts, so a run can be repeated without some of them. */
sealed interface Step {
    /** What the operator does; all applications have ended their transactions before. */
    enum Operation implements Step {
        START,
        WAIT_UNTIL_REPLICATING,
        SWITCH,
        REVERSE
    }

    /** What an application does on one of its connections. */
    sealed interface Use extends Step {
        int connection();

        /**
         * Whether Baton gives the transaction up where the engine keeps a part of a statement that has failed, so that both
         * must begin anew after an error.
         */
        default boolean isFragile() {
            return false;
        }

        /** Whether it may wait for another connection's transaction. */
        default boolean locks() {
            return true;
        }

        String on(Client client) throws SQLException;
    }

    /** Begins, ends or marks a transaction. */
    record Control(int connection, What what, int number) implements Use {
        enum What {
            COMMIT,
            ROLLBACK,
            COMMIT_BY_TEXT,
            ROLLBACK_BY_TEXT,
            AUTOCOMMIT_ON,
            AUTOCOMMIT_OFF,
            SAVEPOINT,
            ROLLBACK_TO_SAVEPOINT
        }

        @Override
        public boolean locks() {
            return false;
        }

        @Override
        public String on(Client client) throws SQLException {
            return client.control(this);
        }
    }

    /** Runs one text. */
    record Execute(int connection, How how, Sql sql, boolean isFragile) implements Use {
        enum How {
            PLAIN,
            UPDATE,
            KEYS,
            PREPARED,
            /** Prepared once, and kept over switchovers. */
            KEPT,
            /** With a fetch size and a largest number of rows. */
            LIMITED,
            /** The same, prepared once, and kept over switchovers with both. */
            LIMITED_KEPT
        }

        @Override
        public boolean locks() {
            return !sql.text().startsWith("SELECT")
                    || sql.text().contains("TABLE (")
                    || sql.text().contains("FOR UPDATE");
        }

        @Override
        public String on(Client client) throws SQLException {
            return client.execute(this);
        }
    }

    /** Runs one prepared statement with all its rows of parameters. */
    record Batch(int connection, Sql sql, boolean keys) implements Use {
        @Override
        public String on(Client client) throws SQLException {
            return client.batch(this);
        }
    }

    /** Runs several texts. */
    record TextBatch(int connection, List<String> texts) implements Use {
        @Override
        public String on(Client client) throws SQLException {
            return client.batch(this);
        }
    }

    /** Changes rows through a result set. */
    record RowChanges(int connection, String query, List<Column> columns, List<RowChange> changes) implements Use {
        @Override
        public String on(Client client) throws SQLException {
            return client.changeRows(this);
        }
    }

    /** A change of the next row of a result set; of each column, a negative number leaves it as it is. */
    record RowChange(Kind kind, List<Integer> numbers) {
        enum Kind {
            UPDATE,
            DELETE,
            INSERT
        }
    }

    /** Tries what must be refused and change nothing. */
    record Refused(int connection, String sql) implements Step {}
}
