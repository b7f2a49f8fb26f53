package org.batonjdbc.driver.jdbc;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import org.batonjdbc.store.dialect.CaptureTriggers;

/**
 * A prepared statement that is prepared again, with the parameters that it was given, when it is used after a move. What
 * it means is worked out once, when it is prepared.
 */
class RoutedPreparedStatement extends RoutedStatement implements PreparedStatementForwards {
    /** Is prepared in the place of an UPGRADE statement, which no engine understands. */
    static final String STAND_IN = "VALUES (1)";

    private final Parameters parameters = new Parameters();
    private Command command;
    private boolean certainRead;

    RoutedPreparedStatement(
            RoutedConnection connection,
            Command command,
            Work<Connection, ? extends PreparedStatement> preparation,
            PreparedStatement first,
            Link link) {
        super(connection, preparation, first, link);
        this.command = command;
        this.certainRead = command.meaning().certainRead();
    }

    @Override
    public PreparedStatement delegate() throws SQLException {
        return (PreparedStatement) super.delegate();
    }

    @Override
    void replay(Statement next) throws SQLException {
        link().tidyBehind(command);
        parameters.replay((PreparedStatement) next);
    }

    @Override
    void learned(Command writing) throws SQLException {
        // Before the parameters are looked at: a stream is refused once, and when it is set again the query runs as a
        // write.
        command = writing;
        certainRead = false;
        parameters.checkRepeatable();
    }

    @Override
    Action<Connection> repetition(Command part) {
        if (!part.equals(command)) {
            return super.repetition(part);
        }
        Parameters now = parameters.copy();
        String sql = command.sql();
        return physical -> {
            try (PreparedStatement again = physical.prepareStatement(sql)) {
                now.replay(again);
                again.execute();
            }
        };
    }

    // ---- running

    @Override
    public ResultSet executeQuery() throws SQLException {
        if (certainRead && session().isPlain(link())) {
            // What an application does most of the time: nothing is to be asked, recorded or allocated before the
            // engine.
            try {
                return wrap(results().current(delegate().executeQuery()));
            } catch (SQLException e) {
                if (!CaptureTriggers.isBypass(e)) {
                    throw e;
                }
                // An upgrade has begun since it was asked for, and the query changes rows.
                return wrap(results()
                        .current(runAsWrite(command, whole(to -> ((PreparedStatement) to).executeQuery()))));
            }
        }
        if (isUpgrade(command)) {
            return upgrade(command.sql());
        }
        return wrap(results().current(run(command, whole(to -> ((PreparedStatement) to).executeQuery()))));
    }

    @Override
    public boolean execute() throws SQLException {
        if (isUpgrade(command)) {
            upgrade(command.sql());
            return true;
        }
        return results().pending(run(command, whole(to -> ((PreparedStatement) to).execute())));
    }

    @Override
    public int executeUpdate() throws SQLException {
        if (isUpgrade(command)) {
            upgrade(command.sql());
            return 0;
        }
        return run(command, to -> ((PreparedStatement) to).executeUpdate());
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        if (isUpgrade(command)) {
            upgrade(command.sql());
            return 0;
        }
        return run(command, to -> ((PreparedStatement) to).executeLargeUpdate());
    }

    // ---- batches

    @Override
    public void addBatch() throws SQLException {
        delegate().addBatch();
        parameters.addBatch();
    }

    @Override
    public void clearBatch() throws SQLException {
        delegate().clearBatch();
        parameters.endBatch();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return runRows(Statement::executeBatch);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return runRows(Statement::executeLargeBatch);
    }

    private <T> T runRows(Work<Statement, T> work) throws SQLException {
        try {
            return run(command, work);
        } finally {
            parameters.endBatch();
        }
    }

    // ---- parameters

    @Override
    public void clearParameters() throws SQLException {
        delegate().clearParameters();
        parameters.clear();
    }

    @Override
    public void setInt(int index, int value) throws SQLException {
        delegate().setInt(index, value);
        parameters.setInt(index, value);
    }

    @Override
    public void setLong(int index, long value) throws SQLException {
        delegate().setLong(index, value);
        parameters.setLong(index, value);
    }

    @Override
    public void setBoolean(int index, boolean value) throws SQLException {
        delegate().setBoolean(index, value);
        parameters.setBoolean(index, value);
    }

    @Override
    public void setByte(int index, byte value) throws SQLException {
        delegate().setByte(index, value);
        parameters.setByte(index, value);
    }

    @Override
    public void setShort(int index, short value) throws SQLException {
        delegate().setShort(index, value);
        parameters.setShort(index, value);
    }

    @Override
    public void setFloat(int index, float value) throws SQLException {
        delegate().setFloat(index, value);
        parameters.setFloat(index, value);
    }

    @Override
    public void setDouble(int index, double value) throws SQLException {
        delegate().setDouble(index, value);
        parameters.setDouble(index, value);
    }

    @Override
    public void setNull(int index, int type) throws SQLException {
        delegate().setNull(index, type);
        parameters.setNull(index, type);
    }

    @Override
    public void setString(int index, String value) throws SQLException {
        delegate().setString(index, value);
        parameters.setString(index, value);
    }

    @Override
    public void setBigDecimal(int index, BigDecimal value) throws SQLException {
        delegate().setBigDecimal(index, value);
        parameters.setBigDecimal(index, value);
    }

    @Override
    public void setBytes(int index, byte[] value) throws SQLException {
        delegate().setBytes(index, value);
        parameters.setBytes(index, value);
    }

    @Override
    public void setDate(int index, Date value) throws SQLException {
        delegate().setDate(index, value);
        parameters.setDate(index, value);
    }

    @Override
    public void setTime(int index, Time value) throws SQLException {
        delegate().setTime(index, value);
        parameters.setTime(index, value);
    }

    @Override
    public void setTimestamp(int index, Timestamp value) throws SQLException {
        delegate().setTimestamp(index, value);
        parameters.setTimestamp(index, value);
    }

    @Override
    public void setObject(int index, Object value) throws SQLException {
        Object raw = RoutedArray.raw(value);
        delegate().setObject(index, raw);
        if (isTied(raw)) {
            parameters.setTied(index);
        } else {
            parameters.setObject(index, raw);
        }
    }

    @Override
    public void setObject(int index, Object value, int type) throws SQLException {
        Object raw = Parameters.copy(RoutedArray.raw(value));
        set(index, raw, to -> to.setObject(index, raw, type));
    }

    @Override
    public void setObject(int index, Object value, int type, int scale) throws SQLException {
        Object raw = Parameters.copy(RoutedArray.raw(value));
        set(index, raw, to -> to.setObject(index, raw, type, scale));
    }

    @Override
    public void setObject(int index, Object value, SQLType type) throws SQLException {
        Object raw = Parameters.copy(RoutedArray.raw(value));
        set(index, raw, to -> to.setObject(index, raw, type));
    }

    @Override
    public void setObject(int index, Object value, SQLType type, int scale) throws SQLException {
        Object raw = Parameters.copy(RoutedArray.raw(value));
        set(index, raw, to -> to.setObject(index, raw, type, scale));
    }

    @Override
    public void setArray(int index, Array value) throws SQLException {
        Array raw = RoutedArray.rawArray(value);
        tied(index, to -> to.setArray(index, raw));
    }

    private void set(int index, Object raw, Action<PreparedStatement> action) throws SQLException {
        if (isTied(raw)) {
            tied(index, action);
        } else {
            repeatable(index, action);
        }
    }

    @Override
    public void repeatable(int index, Action<PreparedStatement> action) throws SQLException {
        action.on(delegate());
        parameters.setBy(index, action);
    }

    /** Sets it on the store that is active now, for it cannot be carried over later. */
    @Override
    public void tied(int index, Action<PreparedStatement> action) throws SQLException {
        settle();
        action.on(delegate());
        parameters.setTied(index);
    }

    /** Goes to the active store now rather than when the statement is executed. */
    final void settle() throws SQLException {
        session().ready();
        session().lock().lock();
        try {
            onLink();
        } finally {
            session().lock().unlock();
        }
    }

    static boolean isTied(Object value) {
        return value instanceof java.io.InputStream
                || value instanceof java.io.Reader
                || value instanceof Blob
                || value instanceof Clob
                || value instanceof SQLXML
                || value instanceof Array
                || value instanceof Ref
                || value instanceof RowId;
    }
}
