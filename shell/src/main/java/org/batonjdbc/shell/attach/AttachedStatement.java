package org.batonjdbc.shell.attach;

import java.lang.reflect.UndeclaredThrowableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.batonjdbc.driver.management.PairMXBean;

/**
 * Runs one UPGRADE statement at a time in another process. The call is made in a thread of its own, so that cancelling
 * ends the waiting for it at once; the statement itself goes on over there. The thread that runs statements uses it; only
 * cancel may be called by another.
 */
final class AttachedStatement {
    private static final String CANCELLED = "57014";

    private final PairMXBean pair;
    private final String pid;
    private volatile CompletableFuture<ResultSet> running;
    private ResultSet result;

    AttachedStatement(PairMXBean pair, String pid) {
        this.pair = pair;
        this.pid = pid;
    }

    Statement asStatement() {
        return AttachedConnection.proxy(Statement.class, (self, method, arguments) -> switch (method.getName()) {
            case "execute" -> {
                result = run((String) arguments[0]);
                yield true;
            }
            case "executeQuery" -> run((String) arguments[0]);
            case "getResultSet" -> result;
            case "getMoreResults" -> {
                result = null;
                yield false;
            }
            case "getUpdateCount" -> -1;
            case "getWarnings", "setFetchSize", "setMaxRows", "setQueryTimeout", "close" -> null;
            case "cancel" -> {
                cancel();
                yield null;
            }
            default -> AttachedConnection.ofObject(self, method.getName(), arguments);
        });
    }

    private void cancel() {
        CompletableFuture<ResultSet> call = running;
        if (call != null) {
            call.cancel(false);
        }
    }

    private ResultSet run(String sql) throws SQLException {
        if (!sql.stripLeading().toLowerCase(Locale.ROOT).startsWith("upgrade")) {
            throw AttachedConnection.refused("other SQL");
        }
        CompletableFuture<ResultSet> call = new CompletableFuture<>();
        running = call;
        Thread thread = new Thread(() -> call(sql, call), "baton-attached");
        thread.setDaemon(true);
        thread.start();
        try {
            return call.join();
        } catch (CancellationException e) {
            throw new SQLException("no longer waited for; the statement goes on in process " + pid, CANCELLED, e);
        } catch (CompletionException e) {
            throw sqlException(e.getCause());
        } finally {
            running = null;
        }
    }

    private void call(String sql, CompletableFuture<ResultSet> call) {
        try {
            call.complete(pair.run(sql).toResultSet());
        } catch (SQLException | RuntimeException | LinkageError e) {
            call.completeExceptionally(e);
        }
    }

    private SQLException sqlException(Throwable error) {
        if (error instanceof SQLException sql) {
            return sql;
        }
        Throwable cause = error instanceof UndeclaredThrowableException undeclared ? undeclared.getCause() : error;
        return new SQLException("process " + pid + " does not answer: " + cause, "08006", cause);
    }
}
