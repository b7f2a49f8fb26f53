package org.batonjdbc.store.engine;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.dialect.derby.DerbyDialect;
import org.batonjdbc.store.dialect.h2.H2Dialect;
import org.batonjdbc.store.dialect.hsqldb.HsqldbDialect;
import org.batonjdbc.store.dialect.mariadb.MariadbDialect;
import org.batonjdbc.store.dialect.postgresql.PostgresDialect;

/** Which dialect an engine speaks: one line for each engine. */
final class Dialects {
    /** By what follows {@code jdbc:} in the engine's URLs. */
    private static final Map<String, Dialect> BY_SUBPROTOCOL = Map.of(
            "derby",
            new DerbyDialect(),
            "h2",
            new H2Dialect(),
            "hsqldb",
            new HsqldbDialect(),
            "mariadb",
            new MariadbDialect(),
            "postgresql",
            new PostgresDialect());

    private Dialects() {}

    /** The engines' names. */
    static String names() {
        return BY_SUBPROTOCOL.values().stream().map(Dialect::engine).sorted().collect(Collectors.joining(", "));
    }

    /** The dialect for that URL; empty for an engine that Baton does not know, which it can only pass through. */
    static Optional<Dialect> of(String jdbcUrl) {
        String[] parts = jdbcUrl.toLowerCase(Locale.ROOT).split(":", 3);
        return Optional.ofNullable(BY_SUBPROTOCOL.get(parts[1]));
    }
}
