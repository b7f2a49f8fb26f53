package org.batonjdbc.store.preflight;

/** How much a finding matters, the worst first. */
public enum Severity {
    /** The upgrade is refused until it is mended. */
    ERROR,
    /** The upgrade can begin; somebody should know and decide. */
    WARNING,
    /** The rule ran, and found nothing. */
    OK
}
