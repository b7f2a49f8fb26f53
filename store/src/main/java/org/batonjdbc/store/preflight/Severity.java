package org.batonjdbc.store.preflight;

/** stub. */
public enum Severity {
    ERROR,
    WARNING,
    OK
}
