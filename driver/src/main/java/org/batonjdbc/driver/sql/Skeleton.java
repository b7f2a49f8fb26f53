package org.batonjdbc.driver.sql;

import java.util.List;
import java.util.Optional;

/**
 * How a statement that changes rows is put together: its target, and slices of its text for everything else. Only one
 * plain change of one table has a skeleton; a join of several targets, a cursor's row or a clause that is not known here
 * leave a statement without one. All slices are of the text that was given to {@link #of}.
 */
public sealed interface Skeleton {
    /** The skeleton of a text that is one INSERT, UPDATE, DELETE, MERGE or REPLACE; empty if it has none. */
    static Optional<Skeleton> of(String sql, Syntax syntax) {
        return SkeletonReader.read(sql, syntax);
    }

    /** Loads what reading takes, Calcite above all, before a statement of the application has to wait for that. */
    static void load() {
        for (String sql : List.of(
                "INSERT INTO t (c) VALUES (?)",
                "UPDATE t SET c = ? WHERE k = 1",
                "DELETE FROM t WHERE k = 1",
                "MERGE INTO t USING s ON t.k = s.k WHEN MATCHED THEN UPDATE SET c = s.c")) {
            of(sql, Syntax.H2);
        }
    }

    /** The table that is changed. */
    Target target();

    /** The text from WITH up to the statement proper. */
    Optional<Slice> with();

    /** The expressions behind RETURNING. */
    Optional<Slice> returning();

    /**
     * The table that is changed.
     *
     * @param name as written
     * @param slice the name's place, with ONLY before it and without the alias
     * @param alias its other name in this statement
     */
    record Target(Name name, Slice slice, Optional<Name.Part> alias) {}

    /**
     * INSERT, or H2's MERGE ... KEY, or REPLACE.
     *
     * @param replaces whether a row that is there already is overwritten
     * @param columns as listed; empty if all in the table's order
     * @param key the columns of KEY (...); empty means the primary key
     * @param conflict from ON CONFLICT or ON DUPLICATE KEY on
     */
    record Insert(
            Target target,
            Optional<Slice> with,
            boolean replaces,
            List<Name.Part> columns,
            List<Name.Part> key,
            Source source,
            Optional<Slice> conflict,
            Optional<Slice> returning)
            implements Skeleton {}

    /**
     * UPDATE.
     *
     * @param from the tables behind FROM
     * @param where the condition
     * @param orderBy what follows ORDER BY
     * @param limit from TOP, LIMIT, OFFSET or FETCH on, the word included
     */
    record Update(
            Target target,
            Optional<Slice> with,
            List<Assignment> set,
            Optional<Slice> from,
            Optional<Slice> where,
            Optional<Slice> orderBy,
            Optional<Slice> limit,
            Optional<Slice> returning)
            implements Skeleton {}

    /**
     * DELETE; its parts are those of an UPDATE.
     *
     * @param using the tables behind USING
     */
    record Delete(
            Target target,
            Optional<Slice> with,
            Optional<Slice> using,
            Optional<Slice> where,
            Optional<Slice> orderBy,
            Optional<Slice> limit,
            Optional<Slice> returning)
            implements Skeleton {}

    /**
     * MERGE ... USING.
     *
     * @param using the table or query, with its alias
     * @param on the condition
     */
    record Merge(
            Target target,
            Optional<Slice> with,
            Slice using,
            Slice on,
            List<Branch> branches,
            Optional<Slice> returning)
            implements Skeleton {}

    /**
     * One part of a SET list.
     *
     * @param columns one, or those of a row assignment
     * @param value an expression, a query in parentheses, or DEFAULT
     */
    record Assignment(List<Name> columns, Slice value) {
        public Assignment {
            columns = List.copyOf(columns);
        }
    }

    /**
     * One WHEN of a MERGE.
     *
     * @param matched what follows WHEN up to AND or THEN, such as NOT MATCHED BY SOURCE
     * @param condition what follows AND
     * @param action INSERT, UPDATE, DELETE or DO NOTHING, whole
     */
    record Branch(Slice matched, Optional<Slice> condition, Action action, Slice text) {
        /** What a branch does. */
        public enum Action {
            INSERT,
            UPDATE,
            DELETE,
            NOTHING
        }
    }

    /** Where the rows of an INSERT come from. */
    sealed interface Source {
        /** VALUES, or MariaDB's SET: one list of expressions for each row. */
        record Rows(List<List<Slice>> rows) implements Source {}

        /** A query. */
        record Query(Slice text) implements Source {}

        /** DEFAULT VALUES. */
        record Defaults() implements Source {}
    }
}
