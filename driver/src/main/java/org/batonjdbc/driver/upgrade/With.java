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
    static With of(Map<String, String> texts, VerbPage page) throws SQLException {
        List<String> allowed = page.options().stream().map(VerbOption::key).toList();
        for (String name : texts.keySet()) {
            if (!allowed.contains(name)) {
                throw SqlState.BAD_OPTION.error(
                        allowed.isEmpty()
                                ? "unknown option " + name + "; this statement takes none"
                                : Names.unknown("option", name, allowed));
            }
        }
        return new With(texts);
    }

    /** The value of an option, or what holds if it is not given. */
    <T> T value(VerbOption option, Kind<T> kind, T otherwise) throws SQLException {
        String text = texts.get(option.key());
        return text == null ? otherwise : kind.parse(option.key(), text);
    }

    /** The words of an option that is a list with commas; empty if it is not given. */
    List<String> list(VerbOption option) {
        String text = texts.getOrDefault(option.key(), "");
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s*,\\s*"));
    }
}
