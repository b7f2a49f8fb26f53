package org.batonjdbc.driver.sql;

import java.util.List;
import java.util.Objects;

/** Works out a {@link Meaning} of a whole text: of each statement in it, and in both ways where it reads in two. */
final class Classifier {
    private Classifier() {}

    static Meaning classify(String sql, Syntax syntax) {
        Tape tape = new Tape(sql, syntax);
        if (!tape.isAmbiguous()) {
            return tape.isComplete() ? whole(tape, syntax) : Draft.unknown().done();
        }
        if (tape.isHopeless()) {
            return Draft.unknown().done();
        }
        Tape other = new Tape(sql, syntax, true);
        if (!tape.isComplete() || !other.isComplete()) {
            // read in that way it is no statement at all, which the engine finds out for itself
            return tape.isComplete()
                    ? whole(tape, syntax)
                    : other.isComplete()
                            ? whole(other, syntax)
                            : Draft.unknown().done();
        }
        return stricter(whole(tape, syntax), whole(other, syntax));
    }

    /** Of two readings that say the same the first; else nothing is known but what both may do. */
    private static Meaning stricter(Meaning one, Meaning other) {
        if (one.kind() == StatementKind.EMPTY || one.equals(other)) {
            return other;
        }
        if (other.kind() == StatementKind.EMPTY) {
            return one;
        }
        boolean sameDeed = one.verdict() == other.verdict()
                && one.kind() == other.kind()
                && one.parts().isEmpty()
                && other.parts().isEmpty()
                && Objects.equals(one.target(), other.target())
                && Objects.equals(one.control(), other.control());
        Draft draft = sameDeed ? new Draft(one.kind(), one.verb(), one.verdict()) : Draft.unknown();
        draft.target(one.target());
        draft.control = sameDeed ? one.control() : null;
        draft.absorb(one);
        draft.absorb(other);
        return draft.done();
    }

    private static Meaning whole(Tape tape, Syntax syntax) {
        List<int[]> ranges = StatementSplitter.ranges(tape, syntax);
        if (ranges.isEmpty()) {
            return new Draft(StatementKind.EMPTY, "", Verdict.PASS).done();
        }
        Draft first = read(tape, ranges.get(0), syntax);
        if (ranges.size() == 1 || first.kind == StatementKind.UPGRADE) {
            return first.done();
        }
        return script(tape, ranges, syntax);
    }

    private static Draft read(Tape tape, int[] range, Syntax syntax) {
        return new StatementReader(tape, syntax, range[0], range[1]).read();
    }

    private static Meaning script(Tape tape, List<int[]> ranges, Syntax syntax) {
        Draft script = new Draft(StatementKind.SCRIPT, "", Verdict.PASS);
        boolean reads = true;
        for (int[] range : ranges) {
            Meaning meaning = read(tape, range, syntax).done();
            script.absorb(meaning);
            reads &= meaning.kind() == StatementKind.READ;
            script.parts.add(new Part(tape.start(range[0]), tape.end(range[1] - 1), meaning));
        }
        if (reads) {
            script.kind = StatementKind.READ;
        }
        return script.done();
    }
}
