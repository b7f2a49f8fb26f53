package org.batonjdbc.store.preflight;

/** stub. */
public record Finding(Severity severity, String rule, String object, String message, String remedy) {}
