package org.batonjdbc.shell.demo;

/**
 * How an upgrade ended.
 *
 * @param heldMillis how long Baton held the writers at the switchover; NaN if it never came to that
 * @param failure why it did not come to its end; null if it did
 */
record Outcome(double heldMillis, String failure) {
    static Outcome switched(double heldMillis) {
        return new Outcome(heldMillis, null);
    }

    static Outcome failed(String failure) {
        return new Outcome(Double.NaN, failure);
    }

    boolean isGood() {
        return failure == null;
    }
}
