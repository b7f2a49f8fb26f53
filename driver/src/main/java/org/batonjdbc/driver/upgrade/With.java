package org.batonjdbc.driver.upgrade;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.batonjdbc.driver.option.Kind;
import org.batonjdbc.driver.option.Names;
import org.batonjdbc.store.SqlState;

/** The options in a WITH list, of which every name is known. Immutable. */
final class With {
    private final Map<String, String> texts;

    private With(Map<String, String> texts) {
        this.texts = texts;
    }

    /**
     * Checks the names.
     *
     * @throws SQLException 22023 for one that is not among those allowed, naming the nearest
     */
    static With of(Map<String, String> texts, String... allowed) throws SQLException {
        for (String name : texts.keySet()) {
            if (!List.of(allowed).contains(name)) {
                throw SqlState.BAD_OPTION.error(
                        allowed.length == 0
                                ? "unknown option " + name + "; this statement takes none"
                                : Names.unknown("option", name, List.of(allowed)));
            }
        }
        return new With(texts);
    }

    /** The value of an option, or what holds if it is not given. */
    <T> T value(String name, Kind<T> kind, T otherwise) throws SQLException {
        String text = texts.get(name);
        return text == null ? otherwise : kind.parse(name, text);
    }

    /** The words of an option that is a list with commas; empty if it is not given. */
    List<String> list(String name) {
        String text = texts.getOrDefault(name, "");
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s*,\\s*"));
    }
}
