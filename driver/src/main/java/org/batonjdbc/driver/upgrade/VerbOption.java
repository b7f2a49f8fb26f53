package org.batonjdbc.driver.upgrade;

import java.sql.SQLException;
import java.util.List;
import org.batonjdbc.driver.option.Kind;
import org.batonjdbc.store.upgrade.SwitchSettings;

/** What may stand in the WITH list of an UPGRADE statement. Its sentence feeds the help. */
public enum VerbOption {
    EXCLUDE("exclude", null, "none", "tables that are not carried over, with commas between their names"),
    TIMEOUT("timeout", Kind.DURATION, "60s", "how long to wait for the phase before giving up with error 55P03"),
    EXTRA(
            "extra",
            Kind.oneOf(Inspections.Extra.class),
            "keep",
            "what to do with rows that only the upgraded store has; they may be the only copy"),
    DRAIN_TIMEOUT(
            "drain_timeout",
            Kind.DURATION,
            "the URL's drainTimeout, 5s",
            "how long the closed gate waits for transactions in flight"),
    ON_TIMEOUT(
            "on_timeout",
            Kind.oneOf(SwitchSettings.OnTimeout.class),
            "abort",
            "what happens when they do not end in time: give the switchover up, or roll them back (40001)"),
    VERIFY(
            "verify",
            Kind.oneOf(UpgradeVerbs.VerifyRule.class),
            "required",
            "whether a VERIFY that found all tables SAME must have come first");

    private final String key;
    private final Kind<?> kind;
    private final String defaultText;
    private final String meaning;

    VerbOption(String key, Kind<?> kind, String defaultText, String meaning) {
        this.key = key;
        this.kind = kind;
        this.defaultText = defaultText;
        this.meaning = meaning;
    }

    /** The name that users write. */
    public String key() {
        return key;
    }

    /** What may be written behind the equals sign, for help. */
    public String allowed() {
        return kind == null ? "a text" : kind.allowed();
    }

    /** All values that there are, if they can be listed; else empty. */
    public List<String> choices() {
        return kind == null ? List.of() : kind.choices();
    }

    /** What holds if it is not given, for help. */
    public String defaultText() {
        return defaultText;
    }

    /** One sentence. */
    public String meaning() {
        return meaning;
    }

    /**
     * Checks a value.
     *
     * @throws SQLException 22023 saying what is allowed
     */
    void check(String text) throws SQLException {
        if (kind != null) {
            kind.parse(key, text);
        }
    }
}
