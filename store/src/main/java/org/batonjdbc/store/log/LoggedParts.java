package org.batonjdbc.store.log;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.batonjdbc.store.SqlState;

/** A large transaction's changes as they stand in the log's table; one part of them at a time is in the heap. */
final class LoggedParts implements Changes {
    private final Connection worker;
    private final String selectPart;
    private final ChangeCodec codec;
    private final long lsn;
    private final int count;

    /** @param selectPart a query for the data of one part, with parameters for its LSN and number */
    LoggedParts(Connection worker, String selectPart, ChangeCodec codec, long lsn, int count) {
        this.worker = worker;
        this.selectPart = selectPart;
        this.codec = codec;
        this.lsn = lsn;
        this.count = count;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public boolean isLarge() {
        return true;
    }

    @Override
    public void each(Taker taker) throws SQLException {
        try (PreparedStatement select = worker.prepareStatement(selectPart);
                Parts parts = new Parts(select);
                DataInputStream in = new DataInputStream(parts)) {
            codec.readAll(in, taker);
        } catch (IOException e) {
            if (e.getCause() instanceof SQLException engines) {
                throw engines;
            }
            throw SqlState.REFUSED.error("an entry of the change log cannot be read", e);
        }
    }

    /** The data of all parts, one after the other. */
    private final class Parts extends InputStream {
        private final PreparedStatement select;
        private byte[] part = {};
        private int at;
        private int next;

        Parts(PreparedStatement select) {
            this.select = select;
        }

        @Override
        public int read() throws IOException {
            return hasMore() ? part[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (!hasMore()) {
                return -1;
            }
            int some = Math.min(length, part.length - at);
            System.arraycopy(part, at, bytes, offset, some);
            at += some;
            return some;
        }

        /** Each part is asked for by itself: engines hold a whole result in the heap. */
        private boolean hasMore() throws IOException {
            if (at < part.length) {
                return true;
            }
            try {
                select.setLong(1, lsn);
                select.setInt(2, next);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        return false;
                    }
                    part = row.getBytes(1);
                }
            } catch (SQLException e) {
                throw new IOException(e);
            }
            next++;
            at = 0;
            return part.length > 0;
        }
    }
}
