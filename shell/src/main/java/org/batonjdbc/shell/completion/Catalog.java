package org.batonjdbc.shell.completion;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The tables and columns that a person may name, and what else has names outside the program. */
public interface Catalog {
    /**
     * A table or view.
     *
     * @param schema null where the engine has none
     * @param type such as {@code table} or {@code view}
     */
    record Table(String schema, String name, String type) {}

    /** A column. */
    record Column(String name, String type) {}

    /** How names without quotes are kept. */
    enum Folding {
        UPPER,
        LOWER,
        /** As they are written. */
        NONE;

        private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");

        /** A name as it must be written: in quotes if it would mean another one without them. */
        String written(String name) {
            String folded = switch (this) {
                case UPPER -> name.toUpperCase(Locale.ROOT);
                case LOWER -> name.toLowerCase(Locale.ROOT);
                case NONE -> name;
            };
            return folded.equals(name) && PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
        }
    }

    /** Where there is no connection. */
    Catalog EMPTY = new Catalog() {
        @Override
        public List<Table> tables() {
            return List.of();
        }

        @Override
        public List<String> schemas() {
            return List.of();
        }

        @Override
        public List<Column> columns(Table table) {
            return List.of();
        }

        @Override
        public Folding folding() {
            return Folding.NONE;
        }
    };

    List<Table> tables();

    List<String> schemas();

    List<Column> columns(Table table);

    Folding folding();

    /** Named connections. */
    default Collection<String> profiles() {
        return List.of();
    }
}
