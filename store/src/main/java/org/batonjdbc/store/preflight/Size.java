package org.batonjdbc.store.preflight;

import java.util.Locale;

/** An amount of bytes, for people to read. */
final class Size {
    private static final String[] UNITS = {"bytes", "KB", "MB", "GB", "TB", "PB"};

    private Size() {}

    /** Such as {@code 512 bytes} or {@code 1.5 GB}, in units of 1024. */
    static String of(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (Math.abs(amount) >= 1024 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
    }
}
