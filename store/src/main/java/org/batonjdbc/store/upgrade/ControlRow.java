package org.batonjdbc.store.upgrade;

import java.util.Optional;

/**
 * What a store knows about its pair; one row in its table BATON.CONTROL.
 *
 * @param pair the pair's id, drawn at UPGRADE START
 * @param epoch counts switchovers; of two stores, the one with the higher epoch is active
 * @param role what this store is in that epoch
 * @param phase where the upgrade stood when this was written
 * @param other the other store, without passwords
 * @param history what the upgrade has been through; the active store knows it
 */
record ControlRow(String pair, long epoch, Role role, Phase phase, String other, History history) {
    /** What a store is in its pair; the later one takes precedence when a process begins. */
    enum Role {
        /** It is being built, or kept in step. */
        FOLLOWER,
        /** It has been replaced; what it holds may be stale, so it never serves again unless it is switched back to. */
        FENCED,
        /** It serves the application. */
        ACTIVE
    }

    boolean isActive() {
        return role == Role.ACTIVE;
    }

    /** Whether the store of this row serves rather than that of the other, which is of the same pair. */
    boolean precedes(ControlRow row) {
        int byRole = role.compareTo(row.role);
        return byRole > 0 || (byRole == 0 && epoch > row.epoch);
    }

    /**
     * Whether the store of this row was built in an upgrade from the active store of that one, which holds all that this one
     * has: it follows, or was switched away from by REVERSE, or by a switchover that was taken back but could not be told so.
     * A store that an upgrade has replaced is no such thing.
     */
    boolean isLeftBy(ControlRow active) {
        return active.isActive()
                && active.pair.equals(pair)
                && active.precedes(this)
                && (role == Role.FOLLOWER || phase == Phase.SWITCHED);
    }

    /**
     * Whether the store of this row may be emptied for an upgrade from the active one: it was built for that one, and lacks
     * nothing that is nowhere else. One that serves, or has been replaced for good, may never be.
     *
     * @param active the active store, as messages name it
     * @param own its control row, if it has one
     */
    boolean mayGiveWayTo(String active, Optional<ControlRow> own) {
        return own.filter(this::isLeftBy).isPresent() || (role == Role.FOLLOWER && other.equals(active));
    }

    /** The same, in another phase. */
    ControlRow in(Phase next) {
        return new ControlRow(pair, epoch, role, next, other, history);
    }

    /** The same, when no upgrade runs any more, at a later epoch. */
    ControlRow idleAt(long later) {
        return new ControlRow(pair, later, role, Phase.IDLE, other, history);
    }

    /**
     * The same, of a store that does not serve.
     *
     * @param built whether it was built in this upgrade, and has not been active before
     */
    ControlRow behind(long now, boolean built) {
        return new ControlRow(pair, now, built ? Role.FOLLOWER : Role.FENCED, Phase.REPLICATING, other, History.NONE);
    }

    /** The same, of the store that serves. */
    ControlRow serving() {
        return new ControlRow(pair, epoch, Role.ACTIVE, phase, other, history);
    }
}
