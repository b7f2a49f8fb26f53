package org.batonjdbc.driver;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.batonjdbc.driver.capture.CaptureRule;
import org.batonjdbc.driver.capture.DdlRule;
import org.batonjdbc.driver.upgrade.UpgradeVerbs;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.upgrade.PairSettings;

/** The options of one failover URL as typed values, defaults filled in. Immutable. */
public final class Options {
    private final Map<Option, Object> values;

    private Options(Map<Option, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * Reads options as they stand in a URL.
     *
     * @throws SQLException 22023 for an option or value that is not allowed
     */
    static Options parse(Map<String, String> texts) throws SQLException {
        Map<Option, Object> values = new EnumMap<>(Option.class);
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            Option option = Option.named(entry.getKey());
            if (values.put(option, option.kind().parse(option.key(), entry.getValue())) != null) {
                throw SqlState.BAD_OPTION.error("option " + option.key() + " is given twice");
            }
        }
        for (Option option : Option.values()) {
            if (option.defaultText() != null && !values.containsKey(option)) {
                values.put(option, option.kind().parse(option.key(), option.defaultText()));
            }
        }
        return new Options(values);
    }

    /** An option in which the others differ from these; empty if they are the same. */
    Optional<Option> differsIn(Options others) {
        for (Option option : Option.values()) {
            if (!Objects.equals(values.get(option), others.values.get(option))) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    /** The value as text, as far as there is one. */
    String text(Option option) {
        return Objects.toString(values.get(option), "none");
    }

    Duration holdTimeout() {
        return (Duration) values.get(Option.HOLD_TIMEOUT);
    }

    Duration drainTimeout() {
        return (Duration) values.get(Option.DRAIN_TIMEOUT);
    }

    DdlRule ddl() {
        return (DdlRule) values.get(Option.DDL);
    }

    /** What UPGRADE statements need of them. */
    UpgradeVerbs.Preferences preferences() {
        return new UpgradeVerbs.Preferences(drainTimeout(), (CaptureRule) values.get(Option.CAPTURE));
    }

    boolean observe() {
        return (Boolean) values.get(Option.OBSERVE);
    }

    /** What the store module needs of them. */
    PairSettings settings(StoreUrl first, StoreUrl second) {
        return new PairSettings(
                first,
                second,
                (Path) values.get(Option.ENGINES),
                (Integer) values.get(Option.POOL_SIZE),
                drainTimeout(),
                (Integer) values.get(Option.CHUNK_ROWS),
                (Long) values.get(Option.MAX_LOG_BYTES),
                (PairSettings.LogKind) values.get(Option.LOG));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Options that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }
}
