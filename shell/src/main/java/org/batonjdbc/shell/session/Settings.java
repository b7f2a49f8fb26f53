package org.batonjdbc.shell.session;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.batonjdbc.shell.output.Format;

/** The values of all {@link Setting}s; each has one at any time. */
public final class Settings {
    private final Map<Setting, String> values = new EnumMap<>(Setting.class);

    public Settings() {
        for (Setting setting : Setting.values()) {
            values.put(setting, setting.defaultValue());
        }
    }

    public String get(Setting setting) {
        return values.get(setting);
    }

    /**
     * Changes a setting.
     *
     * @throws ShellException if it does not allow the value; the message says what it allows
     */
    public void set(Setting setting, String value) throws ShellException {
        String accepted = setting.accept(value)
                .orElseThrow(() -> new ShellException(
                        "'" + value + "' is no value of " + setting.key() + "; it takes " + setting.meaning()));
        values.put(setting, accepted);
    }

    public boolean isOn(Setting setting) {
        return get(setting).equals("on");
    }

    /** A setting that is a number. */
    public int number(Setting setting) {
        return Integer.parseInt(get(setting));
    }

    public Format format() {
        return Format.valueOf(get(Setting.FORMAT).toUpperCase(Locale.ROOT));
    }

    public boolean stopsOnError() {
        return get(Setting.ON_ERROR).equals("stop");
    }
}
