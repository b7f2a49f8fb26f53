package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import org.batonjdbc.store.PairCredentials;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.TableMatch;
import org.batonjdbc.store.dialect.SchemaScript;
import org.batonjdbc.store.log.RowEvents;

/**
 * What an upgrade consists of while it runs, in one direction; a switchover replaces it. Immutable, but what it holds is
 * used by the worker alone, except for the follower's figures.
 *
 * @param id the pair's id in the control rows
 * @param credentials with which both sides were opened
 * @param active the side that serves the application
 * @param following the side that is built or kept in step
 * @param catalog the replicated tables of the active side
 * @param match which tables of the following side stand for them
 * @param events where the active side's triggers report
 * @param follower moves the rows
 * @param script the schema of the store that was active first
 * @param forward whether the side that was active at UPGRADE START is active now
 * @param appliedBefore changes that were applied before the last switchover
 * @param capturedBefore changes that were captured before the last switchover
 */
record Running(
        String id,
        PairCredentials credentials,
        Side active,
        Side following,
        Catalog catalog,
        TableMatch match,
        RowEvents events,
        Follower follower,
        SchemaScript script,
        boolean forward,
        long appliedBefore,
        long capturedBefore) {

    /** What connections to the active side must feed. */
    Replication replication() throws SQLException {
        return new Replication(
                follower.log(), events, active.dialect().rowTriggers().orElseThrow(), catalog);
    }

    long changesApplied() {
        return appliedBefore + follower.changesApplied();
    }

    long changesCaptured() {
        return capturedBefore + follower.log().figures().captured();
    }
}
