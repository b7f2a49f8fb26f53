package org.batonjdbc.store.upgrade;

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
 * @param durability where it remembers what is to be done
 * @param plan the two sides, their tables and the log between them
 * @param events where the active side's triggers report
 * @param follower moves the rows
 * @param script the schema of the store that was active first
 * @param forward whether the side that was active at UPGRADE START is active now
 * @param before what was counted before the last switchover
 */
record Running(
        String id,
        PairCredentials credentials,
        Durability durability,
        Follower.Plan plan,
        RowEvents events,
        Follower follower,
        SchemaScript script,
        boolean forward,
        Counted before) {
    /** What STATUS has counted since UPGRADE START. */
    record Counted(long rowsCopied, long rowsTotal, long changesCaptured, long changesApplied) {
        static final Counted NOTHING = new Counted(0, 0, 0, 0);
    }

    /** The side that serves the application. */
    Side active() {
        return plan.active();
    }

    /** The side that is built or kept in step. */
    Side following() {
        return plan.following();
    }

    /** The replicated tables of the active side. */
    Catalog catalog() {
        return plan.catalog();
    }

    /** Which tables of the following side stand for them. */
    TableMatch match() {
        return plan.match();
    }

    /** What connections to the active side must feed. */
    Replication replication() {
        return new Replication(
                plan.log(), events, active().dialect().captureTriggers().orElseThrow(), catalog());
    }

    /** The same, with what was counted before it began. */
    Running countingFrom(Counted counted) {
        return new Running(id, credentials, durability, plan, events, follower, script, forward, counted);
    }

    /** What was counted until now; any thread may ask. */
    Counted counted() {
        long copied = before.rowsCopied() + follower.rowsCopied();
        return new Counted(
                copied,
                // Tables may have grown between their being counted and the begin of their copy.
                Math.max(copied, before.rowsTotal() + follower.rowsTotal()),
                before.changesCaptured() + plan.log().figures().captured(),
                before.changesApplied() + follower.changesApplied());
    }
}
