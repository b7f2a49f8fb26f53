package org.batonjdbc.driver.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.batonjdbc.driver.sql.Skeleton.Assignment;
import org.batonjdbc.driver.sql.Skeleton.Source;
import org.batonjdbc.driver.sql.Skeleton.Target;

/**
 * Slices a statement that changes rows at the words that begin its clauses, outside of all brackets. It gives up, with
 * {@link Slicer.Unsliceable}, as soon as anything stands where it is not expected, and yields no skeleton either where
 * {@link Grammar} can read the statement and sees other parts in it.
 */
final class SkeletonReader {
    private final Slicer in;

    private SkeletonReader(Slicer in) {
        this.in = in;
    }

    static Optional<Skeleton> read(String sql, Syntax syntax) {
        Meaning meaning = Meaning.of(sql, syntax);
        Tape tape = new Tape(sql, syntax);
        List<int[]> ranges = StatementSplitter.ranges(tape, syntax);
        boolean change = switch (meaning.kind()) {
            case INSERT, UPDATE, DELETE, MERGE -> !meaning.disguised();
            default -> false;
        };
        if (!change || ranges.size() != 1 || !tape.isComplete()) {
            return Optional.empty();
        }
        Slicer slicer = new Slicer(tape, syntax, ranges.get(0)[0], ranges.get(0)[1]);
        try {
            Skeleton skeleton = new SkeletonReader(slicer).statement();
            boolean sure = slicer.atEnd() && !Grammar.contradicts(sql, syntax, skeleton);
            return sure ? Optional.of(skeleton) : Optional.empty();
        } catch (Slicer.Unsliceable e) {
            return Optional.empty();
        }
    }

    private Skeleton statement() throws Slicer.Unsliceable {
        Optional<Slice> with = in.is(Keyword.WITH) ? Optional.of(in.with()) : Optional.empty();
        if (in.accept(Keyword.INSERT)) {
            return insert(with);
        } else if (in.accept(Keyword.UPDATE)) {
            return update(with);
        } else if (in.accept(Keyword.DELETE)) {
            return delete(with);
        } else if (in.accept(Keyword.REPLACE)) {
            return replace(with);
        }
        in.expect(Keyword.MERGE);
        return merge(with);
    }

    private Target target() throws Slicer.Unsliceable {
        int start = in.at();
        in.accept(Keyword.ONLY);
        Name name = in.name();
        Slice slice = in.slice(start, in.at());
        in.accept('*');
        return new Target(name, slice, alias());
    }

    private Optional<Name.Part> alias() throws Slicer.Unsliceable {
        boolean named = in.accept(Keyword.AS);
        if (!named && !in.isAlias()) {
            return Optional.empty();
        }
        return Optional.of(in.name().last());
    }

    // ---- INSERT, REPLACE, MERGE ... KEY

    private Skeleton insert(Optional<Slice> with) throws Slicer.Unsliceable {
        in.acceptModifiers();
        in.accept(Keyword.INTO);
        Target target = target();
        return rows(target, with, false, List.of());
    }

    private Skeleton replace(Optional<Slice> with) throws Slicer.Unsliceable {
        in.acceptModifiers();
        in.accept(Keyword.INTO);
        return rows(target(), with, true, List.of());
    }

    private Skeleton rows(Target target, Optional<Slice> with, boolean replaces, List<Name.Part> keyOfMerge)
            throws Slicer.Unsliceable {
        List<Name.Part> columns = in.isColumns() ? in.columns() : List.of();
        List<Name.Part> key = keyOfMerge;
        if (in.accept(Keyword.KEY)) {
            key = in.columns();
        }
        if (in.accept(Keyword.OVERRIDING)) {
            in.skip(2);
        }
        Source source;
        if (in.accept(Keyword.SET)) {
            List<Assignment> set = assignments();
            columns = set.stream().map(part -> part.columns().get(0).last()).toList();
            source = new Source.Rows(List.of(set.stream().map(Assignment::value).toList()));
        } else {
            source = source();
        }
        Optional<Slice> conflict = in.isConflict() ? Optional.of(in.clause(in::isReturning)) : Optional.empty();
        return new Skeleton.Insert(target, with, replaces, columns, key, source, conflict, returning());
    }

    private Source source() throws Slicer.Unsliceable {
        if (in.is(Keyword.DEFAULT)) {
            in.skip(1);
            in.expect(Keyword.VALUES);
            return new Source.Defaults();
        }
        int start = in.at();
        if (in.accept(Keyword.VALUES) || in.accept(Keyword.VALUE)) {
            List<List<Slice>> rows = new ArrayList<>();
            do {
                in.accept(Keyword.ROW);
                rows.add(in.row());
            } while (in.accept(','));
            if (in.atEnd() || in.isConflict() || in.isReturning()) {
                return new Source.Rows(rows);
            }
            in.backTo(start); // VALUES (1) UNION SELECT ..., VALUES (1) ORDER BY 1
        }
        if (!in.isQuery()) {
            throw new Slicer.Unsliceable();
        }
        return new Source.Query(in.clause(() -> in.isConflict() || in.isReturning()));
    }

    private Optional<Slice> returning() throws Slicer.Unsliceable {
        if (!in.isReturning()) {
            return Optional.empty();
        }
        in.skip(1);
        return Optional.of(in.clause(() -> false));
    }

    // ---- UPDATE, DELETE

    private Skeleton update(Optional<Slice> with) throws Slicer.Unsliceable {
        in.acceptModifiers();
        Optional<Slice> top = in.top();
        Target target = target();
        in.expect(Keyword.SET);
        List<Assignment> set = assignments();
        Optional<Slice> from = in.clauseOf(Keyword.FROM);
        Optional<Slice> where = where();
        Optional<Slice> orderBy = in.orderBy();
        Optional<Slice> limit = top.or(in::limit);
        return new Skeleton.Update(target, with, set, from, where, orderBy, limit, returning());
    }

    private Skeleton delete(Optional<Slice> with) throws Slicer.Unsliceable {
        in.acceptModifiers();
        Optional<Slice> top = in.top();
        in.accept(Keyword.FROM);
        Target target = target();
        Optional<Slice> using = in.using();
        Optional<Slice> where = where();
        Optional<Slice> orderBy = in.orderBy();
        Optional<Slice> limit = top.or(in::limit);
        return new Skeleton.Delete(target, with, using, where, orderBy, limit, returning());
    }

    private Optional<Slice> where() throws Slicer.Unsliceable {
        if (in.is(Keyword.WHERE) && in.isAhead("CURRENT", "OF")) {
            throw new Slicer.Unsliceable(); // the row of a cursor
        }
        return in.clauseOf(Keyword.WHERE);
    }

    private List<Assignment> assignments() throws Slicer.Unsliceable {
        List<Assignment> assignments = new ArrayList<>();
        do {
            List<Name> columns = new ArrayList<>();
            boolean row = in.accept('(');
            do {
                columns.add(in.name());
            } while (row && in.accept(','));
            if (row) {
                in.expect(')');
            }
            in.expect('=');
            assignments.add(new Assignment(columns, in.clause(() -> in.is(',') || in.isClause())));
        } while (in.accept(','));
        return assignments;
    }

    // ---- MERGE

    private Skeleton merge(Optional<Slice> with) throws Slicer.Unsliceable {
        in.accept(Keyword.INTO);
        Target target = target();
        if (!in.accept(Keyword.USING)) {
            return rows(target, with, true, List.of());
        }
        Slice using = in.clause(() -> in.is(Keyword.ON));
        in.expect(Keyword.ON);
        Slice on = in.clause(in::isBranch);
        List<Skeleton.Branch> branches = new ArrayList<>();
        while (in.isBranch()) {
            branches.add(branch());
        }
        return new Skeleton.Merge(target, with, using, on, branches, returning());
    }

    private Skeleton.Branch branch() throws Slicer.Unsliceable {
        in.skip(1);
        Slice matched = in.clause(() -> in.is(Keyword.AND) || in.is(Keyword.THEN));
        Optional<Slice> condition =
                in.accept(Keyword.AND) ? Optional.of(in.clause(() -> in.is(Keyword.THEN))) : Optional.empty();
        in.expect(Keyword.THEN);
        Skeleton.Branch.Action action = switch (in.keyword()) {
            case INSERT -> Skeleton.Branch.Action.INSERT;
            case UPDATE -> Skeleton.Branch.Action.UPDATE;
            case DELETE -> Skeleton.Branch.Action.DELETE;
            case DO -> Skeleton.Branch.Action.NOTHING;
            default -> throw new Slicer.Unsliceable();
        };
        Slice text = in.clause(() -> in.isBranch() || in.isReturning());
        return new Skeleton.Branch(matched, condition, action, text);
    }
}
