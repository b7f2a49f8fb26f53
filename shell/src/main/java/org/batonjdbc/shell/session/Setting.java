package org.batonjdbc.shell.session;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.batonjdbc.shell.output.Format;

/** What {@code \set} can change, with its default and one sentence that feeds the help. */
public enum Setting {
    AUTOCOMMIT("autocommit", "on", "on or off: whether each statement is a transaction of its own"),
    ECHO("echo", "off", "on or off: whether scripts repeat each statement on standard error before it runs"),
    EXPANDED("expanded", "off", "on, off or auto: print tables vertically; auto does so when they are too wide"),
    FORMAT("format", "table", Format.names()),
    LIMIT("limit", "0", "how many rows of a result are printed at most; 0 is all of them"),
    NULL("null", "(null)", "what a null is shown as in table, vertical and markdown"),
    ON_ERROR("on-error", "stop", "stop or continue: what a script does after a statement failed"),
    PAGER("pager", "on", "on or off: whether the interactive shell pages what is longer than the screen"),
    THEME("theme", "dark", "dark, light or none: the colours of the interactive shell"),
    TIMING("timing", "off", "on or off: say how long each statement took");

    private final String key;
    private final String defaultValue;
    private final String meaning;

    Setting(String key, String defaultValue, String meaning) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.meaning = meaning;
    }

    /** What users may write, for help and completion; empty if that is no short list. */
    public List<String> choices() {
        return switch (this) {
            case AUTOCOMMIT, ECHO, PAGER, TIMING -> List.of("on", "off");
            case EXPANDED -> List.of("on", "off", "auto");
            case ON_ERROR -> List.of("stop", "continue");
            case THEME -> List.of("dark", "light", "none");
            case FORMAT -> Arrays.stream(Format.values()).map(Format::toString).toList();
            case LIMIT, NULL -> List.of();
        };
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
            case AUTOCOMMIT, ECHO, PAGER, TIMING, EXPANDED, ON_ERROR, THEME, FORMAT ->
                Optional.of(lower).filter(choices()::contains);
            case LIMIT -> Optional.of(value).filter(number -> number.matches("\\d{1,9}"));
            case NULL -> Optional.of(value);
        };
    }
}
