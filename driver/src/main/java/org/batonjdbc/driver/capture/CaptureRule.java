package org.batonjdbc.driver.capture;

/** How the rows that a statement changes are found. */
public enum CaptureRule {
    /** As the engine's dialect prefers. */
    AUTO,
    /** By understanding each statement and asking the engine what it changed. */
    STATEMENT,
    /** By row triggers on the active store. */
    TRIGGER
}
