package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import java.time.Duration;

/** (signatures only; being written) */
public final class Upgrade {
    // List<Finding> check(StartSettings settings) comes with org.batonjdbc.store.preflight.Finding

    public Status status() { throw new UnsupportedOperationException(); }

    public Status start(StartSettings settings) throws SQLException { throw new UnsupportedOperationException(); }

    public Status await(Phase phase, Duration timeout) throws SQLException { throw new UnsupportedOperationException(); }

    public Status pause() throws SQLException { throw new UnsupportedOperationException(); }

    public Status resume() throws SQLException { throw new UnsupportedOperationException(); }

    public SwitchReport switchOver(SwitchSettings settings) throws SQLException { throw new UnsupportedOperationException(); }

    public SwitchReport reverse(SwitchSettings settings) throws SQLException { throw new UnsupportedOperationException(); }

    public Status complete() throws SQLException { throw new UnsupportedOperationException(); }

    public Status cancel() throws SQLException { throw new UnsupportedOperationException(); }
}
