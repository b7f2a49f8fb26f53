package org.batonjdbc.shell.demo;

import java.util.Locale;

/** Through what the writers of the demo live, in this order. */
enum Stage {
    /** No upgrade runs. */
    BEFORE,
    /** The upgraded store is built and kept in step. */
    DURING,
    /** UPGRADE SWITCH runs. */
    SWITCHOVER,
    /** The upgraded store serves. */
    AFTER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
