package org.batonjdbc.store.upgrade;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of an upgrade between which a process may die, each named for what is true when it has been passed. The next
 * process must be able to go on behind every one of them; the kill test dies at each. The log, at level debug, tells when each was
 * passed, and the name of the thread tells by which pair.
 */
public enum Step {
    // ---- UPGRADE START

    /** The active store has an empty log. */
    LOG_CREATED,
    /** The upgraded store has its empty tables and a control row, for good. */
    TABLES_BUILT,
    /** The active store's control row says that an upgrade is being copied. */
    START_RECORDED,
    /** The row triggers are there, behind the closed gate. */
    CAPTURE_BEGUN,

    // ---- copy

    /** A chunk is on the upgraded store, not committed. */
    CHUNK_WRITTEN,
    /** A chunk is committed there, with the position that the copy has reached. */
    CHUNK_COMMITTED,
    /** What was logged before the last chunk is applied; no index is built yet. */
    SETTLED,
    /** The upgraded store's control row says that its schema is being completed. */
    BUILD_RECORDED,
    /** Indexes and constraints are built. */
    CONSTRAINTS_BUILT,
    /** The upgraded store is complete, for good. */
    SCHEMA_BUILT,
    /** The active store's control row says that the upgraded store follows. */
    COPY_RECORDED,

    // ---- apply

    /** Changes are on the following store, not committed. */
    CHANGES_WRITTEN,
    /** What was read from the active store is there for good, so that the following store may keep it. */
    ACTIVE_DURABLE,
    /** Changes are committed on the following store, with the LSN that is applied. */
    CHANGES_COMMITTED,
    /** They are there for good, so that the log may forget them. */
    FOLLOWER_DURABLE,
    /** The log has forgotten them. */
    CHANGES_FORGOTTEN,

    // ---- switchover, in both directions

    /** The log of the way back is there, and the next active store has row triggers. */
    WAY_BACK_PREPARED,
    /** The gate is closed and no transaction is in flight. */
    DRAINED,
    /** The following store has the last change. */
    ALL_APPLIED,
    /** Counters, users' triggers and foreign keys of the next active store are ready to serve. */
    SERVABLE,
    /** The store that was active says, for good, that it is fenced. */
    OLD_FENCED,
    /** The next one says, for good, that it is active. */
    NEW_ACTIVE,
    /** Transactions begin on the new active store as soon as the gate opens. */
    ROUTED,
    /** The store that was active is a follower. */
    OLD_FOLLOWS,
    /** The phase is recorded. */
    SWITCH_RECORDED,
    /** A switchover was given up, and the control rows say what they said before. */
    SWITCH_UNDONE,

    // ---- UPGRADE COMPLETE and UPGRADE CANCEL

    /** The active store's control row says that no upgrade runs. */
    END_RECORDED,
    /** The row triggers are gone, behind the closed gate. */
    CAPTURE_ENDED,
    /** COMPLETE: nothing of Baton's but the control row is left in the active store. */
    ACTIVE_CLEARED,
    /** COMPLETE: nothing of Baton's but the control row is left in the store that was replaced. */
    REPLACED_CLEARED,
    /** CANCEL: the upgraded store is empty. */
    UPGRADED_CLEARED,
    /** CANCEL: the active store is as it was before START. */
    CANCELLED,

    // ---- the next process

    /** It is known which store is active. */
    ROLES_FOUND,
    /** The store that serves says that it is active. */
    ROLE_RECORDED,
    /** What a switchover had prepared on the following store is removed. */
    FOLLOWER_RESTORED,
    /** The upgraded store is empty again, because the process had died while its indexes were built. */
    COPY_BEGUN_AGAIN,
    /** The row triggers are there again. */
    CAPTURE_RESUMED,
    /** An upgrade that could not be taken up is removed from the store that serves. */
    ABANDONED;

    private static final Logger LOG = LoggerFactory.getLogger(Step.class);

    void passed() {
        LOG.debug("passed {}", this);
    }
}
