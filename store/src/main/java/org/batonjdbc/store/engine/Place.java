package org.batonjdbc.store.engine;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.dialect.Dialect;

/**
 * Where a store's rows are, by which two spellings of one store are known to be the same. Immutable.
 *
 * @param name the same text for all URLs of the store; empty for one that each connection has of its own
 * @param heap the engine in whose memory it is, each of which has a heap of its own; empty for what outlives the process
 */
public record Place(Optional<String> name, String heap) {
    private static final Pattern IN_HEAP = Pattern.compile("(?i)^jdbc:[a-z0-9]+:(?:mem|memory):.*");

    /** Looks at the disk, for links and for the engine's jars. */
    public static Place of(StoreUrl url, EngineJars jars) {
        // A store that a control row names has lost its password.
        String jdbcUrl = new StoreUrl(null, url.jdbcUrl()).toString();
        Optional<Dialect> dialect = Dialects.of(jdbcUrl);
        Optional<String> name = dialect.isEmpty()
                ? Optional.of(jdbcUrl)
                : dialect.get().place(jdbcUrl).map(place -> dialect.get().engine() + ":" + place);
        boolean inHeap = dialect.map(known -> !known.outlivesProcess(jdbcUrl))
                .orElseGet(() -> IN_HEAP.matcher(jdbcUrl).matches());
        return new Place(name, inHeap ? heap(url, jars) : "");
    }

    /** The same jars are loaded once, whatever they are called. */
    private static String heap(StoreUrl url, EngineJars jars) {
        if (url.engineName().isEmpty()) {
            return "class path";
        }
        try {
            return jars.find(url.engineName().get(), url.jdbcUrl()).toString();
        } catch (SQLException e) {
            return url.engineName().get(); // an engine that is not there has no other name
        }
    }

    /** Whether both are one store. */
    public boolean isSame(Place that) {
        return name.isPresent() && equals(that);
    }
}
