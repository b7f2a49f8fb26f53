package org.batonjdbc.driver.upgrade;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The distinct statements that an application runs while an upgrade replicates, or at any time where it is observed, how
 * often, and which of them are refused while replicating; UPGRADE REHEARSE compiles them on the upgraded store. Bounded in
 * number and length: what comes when it is full, or is too long, is not remembered.
 *
 * <p>Any thread may call any method; one for each pair.
 */
public final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final int LIMIT = 10_000;
    private static final int LONGEST = 32_768;
    /** Of all texts together, so that they take little of the application's heap. */
    private static final long CHARACTERS = 8_000_000;

    private final boolean observing;
    private final Map<String, Heard> statements = new ConcurrentHashMap<>();
    private final AtomicLong characters = new AtomicLong();
    private final AtomicBoolean toldOfLimit = new AtomicBoolean();

    /** Hears statements while an upgrade replicates; if {@code observing}, when none runs as well. */
    public Rehearsal(boolean observing) {
        this.observing = observing;
    }

    /** Whether statements are to be heard of when no upgrade runs as well. */
    public boolean isObserving() {
        return observing;
    }

    /** What is known of one statement. */
    private static final class Heard {
        final LongAdder executions = new LongAdder();
        /** Why it could not run here while replicating; null if it could. */
        volatile String refusal;
    }

    /** A statement is about to run. */
    public void runs(String sql) {
        Heard heard = heard(sql);
        if (heard != null) {
            heard.executions.increment();
        }
    }

    /** A statement was refused because it cannot be captured. */
    public void refused(String sql, String why) {
        Heard heard = heard(sql);
        if (heard != null) {
            heard.refusal = why;
        }
    }

    private Heard heard(String sql) {
        Heard heard = statements.get(sql);
        if (heard != null || sql.length() > LONGEST) {
            return heard;
        }
        if (statements.size() < LIMIT && characters.get() + sql.length() <= CHARACTERS) {
            return statements.computeIfAbsent(sql, text -> {
                characters.addAndGet(text.length());
                return new Heard();
            });
        }
        if (toldOfLimit.compareAndSet(false, true)) {
            LOG.warn(
                    "{} distinct statements have run; further ones will be missing in UPGRADE REHEARSE",
                    statements.size());
        }
        return null;
    }

    /** Another upgrade begins: forgets what belongs to the one before, but not what was observed for this one. */
    void begin() {
        if (!observing) {
            statements.clear();
            characters.set(0);
            toldOfLimit.set(false);
        }
    }

    /** Compiles every statement on this store, executes none, and answers as UPGRADE REHEARSE does, failures first. */
    List<Object[]> compileOn(Connection upgraded) throws SQLException {
        List<Object[]> failing = new ArrayList<>();
        List<Object[]> fine = new ArrayList<>();
        for (Map.Entry<String, Heard> statement : statements.entrySet()) {
            Heard heard = statement.getValue();
            String problem = heard.refusal == null ? compile(upgraded, statement.getKey()) : heard.refusal;
            (problem == null ? fine : failing).add(new Object[] {
                problem == null ? "OK" : "FAILS", statement.getKey(), heard.executions.sum(), problem
            });
        }
        failing.addAll(fine);
        return failing;
    }

    private static String compile(Connection upgraded, String sql) {
        try (PreparedStatement statement = upgraded.prepareStatement(sql)) {
            statement.getParameterMetaData();
            return null;
        } catch (SQLException e) {
            return e.getMessage();
        }
    }
}
