package org.batonjdbc.store.engine;

import java.sql.Connection;
import java.sql.SQLException;
import org.batonjdbc.store.Credentials;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.dialect.Dialect;

/** (signatures only; being written). */
public final class Store implements AutoCloseable {
    /** How the user named it. */
    public StoreUrl url() {
        return null;
    }

    /** How its engine differs. */
    public Dialect dialect() {
        return null;
    }

    /** A physical connection from the pool. */
    public Connection connect(Credentials credentials) throws SQLException {
        return null;
    }

    /** Never use this connection again. */
    public void discard(Connection connection) {}

    @Override
    public void close() {}
}
