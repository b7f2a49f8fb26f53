package org.batonjdbc.store.upgrade;

/**
 * What a store knows about its pair; one row in its table BATON.CONTROL.
 *
 * @param pair the pair's id, drawn at UPGRADE START
 * @param epoch counts switchovers; of two stores, the one with the higher epoch is active
 * @param role what this store is in that epoch
 * @param phase where the upgrade stood when this was written
 * @param other the other store, without passwords
 */
record ControlRow(String pair, long epoch, Role role, Phase phase, String other) {
    /** What a store is in its pair. */
    enum Role {
        /** It serves the application. */
        ACTIVE,
        /** It is being built, or kept in step. */
        FOLLOWER,
        /** It has been replaced; what it holds may be stale, so it never serves again unless it is switched back to. */
        FENCED
    }

    /** The same, in another phase. */
    ControlRow in(Phase next) {
        return new ControlRow(pair, epoch, role, next, other);
    }
}
