package org.batonjdbc.driver.sql;

import java.util.ArrayList;
import java.util.List;

/** A {@link Meaning} in the making. */
final class Draft {
    StatementKind kind;
    String verb;
    String target;
    String on;
    Verdict verdict;
    boolean temporary;
    boolean locks;
    boolean drawsSequence;
    boolean callsUnknown;
    boolean commitsByItself;
    boolean disguised;
    boolean nestsWith;
    TransactionControl control;
    final List<Part> parts = new ArrayList<>();

    Draft(StatementKind kind, String verb, Verdict verdict) {
        this.kind = kind;
        this.verb = verb;
        this.verdict = verdict;
    }

    Draft target(String name) {
        target = name;
        return this;
    }

    Draft commits(boolean itself) {
        commitsByItself = itself;
        return this;
    }

    Draft locking() {
        locks = true;
        return this;
    }

    Draft disguise() {
        disguised = true;
        return this;
    }

    static Draft unknown() {
        return new Draft(StatementKind.UNKNOWN, "", Verdict.REFUSE);
    }

    /** Whatever else is true of another meaning is true of this one too; the stricter verdict holds. */
    void absorb(Meaning other) {
        temporary |= other.temporary();
        locks |= other.locks();
        drawsSequence |= other.drawsSequence();
        callsUnknown |= other.callsUnknown();
        commitsByItself |= other.commitsByItself();
        disguised |= other.disguised();
        nestsWith |= other.nestsWith();
        if (other.verdict().compareTo(verdict) > 0) {
            verdict = other.verdict();
        }
    }

    Meaning done() {
        return new Meaning(
                kind,
                verb,
                target,
                on,
                verdict,
                temporary,
                locks,
                drawsSequence,
                callsUnknown,
                commitsByItself,
                disguised,
                nestsWith,
                control,
                parts);
    }
}
