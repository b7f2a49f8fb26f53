package org.batonjdbc.driver.management;

import java.sql.SQLException;

/**
 * One pair of a running application, under the name {@code org.batonjdbc:type=Pair,name=...}. The attributes are the
 * columns of UPGRADE STATUS; times are texts in ISO 8601, and what there is not is null.
 */
public interface PairMXBean {
    /** IDLE, COPYING, REPLICATING, SWITCHING, SWITCHED or FAILED. */
    String getPhase();

    /** RUNNING, PAUSED or STOPPED. */
    String getReplication();

    String getActive();

    String getUpgraded();

    long getTables();

    long getRowsCopied();

    long getRowsTotal();

    long getChangesCaptured();

    long getChangesApplied();

    long getChangesPending();

    long getLagMillis();

    String getStartedAt();

    String getSwitchedAt();

    Double getPauseMillis();

    String getError();

    /**
     * Runs an UPGRADE statement as the user who opened the pair.
     *
     * @throws SQLException as the statement throws it, without the engine's exceptions, whose classes are not elsewhere
     */
    PairAnswer run(String statement) throws SQLException;
}
