package org.batonjdbc.driver.upgrade;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The distinct statements that an application runs while an upgrade replicates, how often, and which of them were refused;
 * UPGRADE REHEARSE compiles them on the upgraded store. Bounded: what comes when it is full is not remembered.
 *
 * <p>Any thread may call any method; one for each pair.
 */
public final class Rehearsal {
    private static final int LIMIT = 10_000;

    private final Map<String, Heard> statements = new ConcurrentHashMap<>();

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
        if (heard == null && statements.size() < LIMIT) {
            heard = statements.computeIfAbsent(sql, text -> new Heard());
        }
        return heard;
    }

    /** Forgets everything: what was heard belongs to an upgrade that is over. */
    public void forget() {
        statements.clear();
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
