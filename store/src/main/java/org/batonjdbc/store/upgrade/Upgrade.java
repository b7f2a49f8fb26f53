package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import java.time.Duration;

/** (signatures only; being written) */
public final class Upgrade {
    // List<Finding> check(StartSettings settings) comes with org.batonjdbc.store.preflight.Finding

    public Status status() {
        return null;
    }

    public Status start(StartSettings settings) throws SQLException {
        return null;
    }

    public Status await(Phase phase, Duration timeout) throws SQLException {
        return null;
    }

    public Status pause() throws SQLException {
        return null;
    }

    public Status resume() throws SQLException {
        return null;
    }

    public SwitchReport switchOver(SwitchSettings settings) throws SQLException {
        return null;
    }

    public SwitchReport reverse(SwitchSettings settings) throws SQLException {
        return null;
    }

    public Status complete() throws SQLException {
        return null;
    }

    public Status cancel() throws SQLException {
        return null;
    }
}
