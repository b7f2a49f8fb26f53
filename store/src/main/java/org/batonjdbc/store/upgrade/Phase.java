package org.batonjdbc.store.upgrade;

/** Where an upgrade stands; only {@link Upgrade} changes it, and writes it to the control row before anybody acts on it. */
public enum Phase {
    /** Nothing is captured. No object of Baton's is in either store but, perhaps, the control row. */
    IDLE,
    /** Changes are captured; the upgraded store is being filled and has no secondary indexes yet. */
    COPYING,
    /** The upgraded store is complete, and is kept in step with what is captured. */
    REPLICATING,
    /** The gate is closed, or about to be: traffic is moving from one store to the other. */
    SWITCHING,
    /** The application works on the upgraded store; what it changes flows back to the old one. */
    SWITCHED,
    /** Replication has stopped for good, with the error in the status; the application works on as if there were none. */
    FAILED;

    /** Whether the upgrade may go from this phase to that one. */
    boolean mayBecome(Phase next) {
        return switch (this) {
            case IDLE -> next == COPYING;
            case COPYING -> next == REPLICATING || next == IDLE || next == FAILED;
            case REPLICATING -> next == SWITCHING || next == IDLE || next == FAILED;
            case SWITCHING -> next == SWITCHED || next == REPLICATING || next == FAILED;
            case SWITCHED -> next == SWITCHING || next == IDLE || next == FAILED;
            case FAILED -> next == IDLE;
        };
    }
}
