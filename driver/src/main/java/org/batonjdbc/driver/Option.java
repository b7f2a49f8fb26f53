package org.batonjdbc.driver;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.batonjdbc.driver.capture.CaptureRule;
import org.batonjdbc.driver.capture.DdlRule;
import org.batonjdbc.driver.option.Kind;
import org.batonjdbc.driver.option.Names;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.upgrade.PairSettings.LogKind;

/** The options of a failover URL; each is described here and nowhere else. */
public enum Option {
    HOLD_TIMEOUT("holdTimeout", Kind.DURATION, "30s", "how long a statement may wait at a closed gate"),
    DRAIN_TIMEOUT("drainTimeout", Kind.DURATION, "5s", "how long a closed gate waits for transactions in flight"),
    DDL("ddl", Kind.oneOf(DdlRule.class), "refuse", "what to do with CREATE, ALTER and DROP while replicating"),
    LOG("log", Kind.oneOf(LogKind.class), "auto", "where changes wait until the upgraded store has applied them"),
    CAPTURE("capture", Kind.oneOf(CaptureRule.class), "auto", "how the rows that a statement changes are found"),
    POOL_SIZE("poolSize", Kind.COUNT, "512", "most physical connections to one store for one user"),
    CHUNK_ROWS("chunkRows", Kind.COUNT, "2000", "rows that the copy reads at a time"),
    MAX_LOG_BYTES("maxLogBytes", Kind.BYTES, "256MB", "size of the change log beyond which the upgrade is given up"),
    ENGINES("engines", Kind.DIRECTORY, null, "where engine jars are looked for first"),
    OBSERVE(
            "observe",
            Kind.FLAG,
            "false",
            "whether statements are recorded for UPGRADE REHEARSE before an upgrade too");

    private final String key;
    private final Kind<?> kind;
    private final String defaultText;
    private final String meaning;

    Option(String key, Kind<?> kind, String defaultText, String meaning) {
        this.key = key;
        this.kind = kind;
        this.defaultText = defaultText;
        this.meaning = meaning;
    }

    /** As it is written in a URL. */
    public String key() {
        return key;
    }

    /** What its values look like. */
    public Kind<?> kind() {
        return kind;
    }

    /** The value that holds if none is given, as it would be written; null for none at all. */
    public String defaultText() {
        return defaultText;
    }

    /** What it decides, in one clause without a full stop. */
    public String meaning() {
        return meaning;
    }

    /** How its values may be written. */
    public List<String> choices() {
        return kind.choices();
    }

    /** Finds an option by its key, in any case; an unknown one is error 22023 that names the nearest. */
    static Option named(String key) throws SQLException {
        for (Option option : values()) {
            if (option.key.equalsIgnoreCase(key)) {
                return option;
            }
        }
        throw SqlState.BAD_OPTION.error(Names.unknown(
                "option", key, Arrays.stream(values()).map(Option::key).toList()));
    }
}
