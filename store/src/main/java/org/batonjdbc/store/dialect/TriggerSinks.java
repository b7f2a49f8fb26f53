package org.batonjdbc.store.dialect;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Who listens to the row triggers of one engine, by the triggers' names. The class of the triggers is defined in the
 * engine's own loader and not in Baton's, so it is reached by its name.
 */
public final class TriggerSinks {
    private TriggerSinks() {}

    /**
     * The static map {@code SINKS} of a trigger class.
     *
     * @param engine the loader in which the engine lives
     * @return empty if the loader does not see the class, as that of an engine on a class path without Baton
     */
    @SuppressWarnings("unchecked") // our own class, only in another loader
    public static Optional<Map<String, BiConsumer<Object[], Object[]>>> of(ClassLoader engine, String trigger) {
        try {
            return Optional.of((Map<String, BiConsumer<Object[], Object[]>>)
                    Class.forName(trigger, true, engine).getField("SINKS").get(null));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        } catch (NoSuchFieldException | IllegalAccessException e) {
            throw new LinkageError("the engine's loader has another release of " + trigger, e);
        }
    }
}
