package org.batonjdbc.store.dialect;

import java.util.List;

/**
 * A schema as statements, sorted by when they may run on the store that is being built.
 *
 * @param tables schemas, users, domains, sequences and tables with their keys only: what rows can be copied into
 * @param constraints indexes, unique constraints, checks and foreign keys (built without checking rows), after the copy
 * @param views views, grants, and whatever refers to them, after the constraints
 * @param triggers the users' own triggers, which must never fire while Baton writes: last of all, at the switchover
 */
public record SchemaScript(List<String> tables, List<String> constraints, List<String> views, List<String> triggers) {
    public SchemaScript {
        tables = List.copyOf(tables);
        constraints = List.copyOf(constraints);
        views = List.copyOf(views);
        triggers = List.copyOf(triggers);
    }

    /** How much it is; not the statements, for those that create users hold the hashes of their passwords. */
    @Override
    public String toString() {
        return "schema of " + tables.size() + " + " + constraints.size() + " + " + views.size() + " + "
                + triggers.size() + " statements";
    }
}
