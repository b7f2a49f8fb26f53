package org.batonjdbc.shell.session;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.batonjdbc.shell.output.Format;

/** What {@code \set} can change, with its default and one sentence that feeds the help. */
public enum Setting {
    AUTOCOMMIT("autocommit", "on", "on or off: whether each statement is a transaction of its own"),
    EXPANDED("expanded", "off", "on, off or auto: print tables vertically; auto does so when they are too wide"),
    FORMAT("format", "table", Format.names()),
    NULL("null", "(null)", "what a null is shown as in table, vertical and markdown"),
    ON_ERROR("on-error", "stop", "stop or continue: what a script does after a statement failed"),
    TIMING("timing", "off", "on or off: say how long each statement took");

    private final String key;
    private final String defaultValue;
    private final String meaning;

    Setting(String key, String defaultValue, String meaning) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.meaning = meaning;
    }

    /** Finds a setting by the name that users write. */
    public static Optional<Setting> named(String name) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** The name that users write. */
    public String key() {
        return key;
    }

    public String defaultValue() {
        return defaultValue;
    }

    /** What it does, or which values it allows. */
    public String meaning() {
        return meaning;
    }

    /** The value as it will be kept, or nothing if it is not allowed. */
    Optional<String> accept(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return switch (this) {
            case AUTOCOMMIT, TIMING -> oneOf(lower, "on", "off");
            case EXPANDED -> oneOf(lower, "on", "off", "auto");
            case ON_ERROR -> oneOf(lower, "stop", "continue");
            case FORMAT -> Format.named(lower).map(Format::toString);
            case NULL -> Optional.of(value);
        };
    }

    private static Optional<String> oneOf(String value, String... allowed) {
        return Optional.of(value).filter(Arrays.asList(allowed)::contains);
    }
}
