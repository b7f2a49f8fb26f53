package org.batonjdbc.driver.capture;

/** What is done with CREATE, ALTER and DROP of users' objects while replicating. */
public enum DdlRule {
    /** They are refused, so that both stores keep the same schema. */
    REFUSE,
    /** They run on the active store alone, with an SQLWarning. */
    LOCAL
}
