package org.batonjdbc.driver.sql;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a statement from its text alone. Where the text does not tell, the stricter answer is given: nothing
 * is taken for a read because it was not understood. What a view, a trigger or an operator of the user's own does is not
 * in the text and not known here. Immutable.
 *
 * @param kind what it does; of EXPLAIN ANALYZE, EXECUTE IMMEDIATE '...' and the like, what they run
 * @param verb its leading words in upper case, without noise: {@code INSERT}, {@code CREATE TABLE}, {@code SET}
 * @param target the table, schema object or setting it is about, as written; null if there is none or it is not known
 * @param on the table of an index that is made, as written; null for all else
 * @param verdict what has to be done about it while changes are captured
 * @param temporary whether it makes or drops a temporary object, by its own words
 * @param locks whether it binds its transaction to the store by more than what it has read: FOR UPDATE, LOCK TABLE, a
 *     cursor
 * @param drawsSequence whether it draws from a sequence in plain sight, which is a write of a counter
 * @param callsUnknown whether it calls a function that is not known to leave rows alone
 * @param commitsByItself whether the engine commits what is open before or after it
 * @param disguised whether the change is not what the statement begins with, so that it has no {@link Skeleton}
 * @param nestsWith whether WITH begins a query somewhere within it
 * @param control how it steers transactions; null for all but kind TRANSACTION
 * @param parts the statements in it; empty if it is only one
 */
public record Meaning(
        StatementKind kind,
        String verb,
        String target,
        String on,
        Verdict verdict,
        boolean temporary,
        boolean locks,
        boolean drawsSequence,
        boolean callsUnknown,
        boolean commitsByItself,
        boolean disguised,
        boolean nestsWith,
        TransactionControl control,
        List<Part> parts) {

    public Meaning {
        parts = List.copyOf(parts);
    }

    /** Works out what a text means in one engine's syntax; {@link Meanings} remembers it. */
    public static Meaning of(String sql, Syntax syntax) {
        return Classifier.classify(sql, syntax);
    }

    /**
     * Whether it is sure to change nothing that outlives its transaction: no row, no counter, no setting, no lock. Only
     * such a statement leaves a transaction free to move to another store.
     */
    public boolean certainRead() {
        return kind == StatementKind.READ && verdict == Verdict.PASS && !locks && !drawsSequence && !callsUnknown;
    }

    /** The same statement, of which it is known that it changes rows though its text does not say so. */
    Meaning writing() {
        return new Meaning(
                kind,
                verb,
                target,
                on,
                verdict == Verdict.PASS ? Verdict.OPAQUE : verdict,
                temporary,
                locks,
                drawsSequence,
                true,
                commitsByItself,
                disguised,
                nestsWith,
                control,
                parts);
    }

    /** How it steers transactions, if it does. */
    public Optional<TransactionControl> transaction() {
        return Optional.ofNullable(control);
    }
}
