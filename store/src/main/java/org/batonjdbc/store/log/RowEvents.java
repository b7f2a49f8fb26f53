package org.batonjdbc.store.log;

import java.util.UUID;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.dialect.CaptureTriggers;
import org.batonjdbc.store.dialect.RowSink;

/**
 * Leads what row triggers see to the transaction of the thread that changed the row. A thread is bound for the time of one
 * statement; a change by a thread that is not bound bypasses Baton and is refused, which is better than losing it.
 *
 * <p>Any thread may call any method; each sees and sets only what it is bound to itself.
 */
public final class RowEvents implements RowSink {
    @SuppressWarnings("ThreadLocalUsage") // one for each upgrade, with which the entries of its threads go
    private final ThreadLocal<TransactionChanges> bound = new ThreadLocal<>();
    /** The worker that applies changes to this store while it follows; what it writes is not captured again. */
    private volatile Thread worker;
    /** Set for good when the upgrade has failed: from then on changes are nobody's business. */
    private volatile boolean discarding;

    private final String name = UUID.randomUUID().toString().replace("-", "");

    @Override
    public String name() {
        return name;
    }

    /** Until {@link #unbind}, what the calling thread changes belongs to this transaction. */
    public void bind(TransactionChanges transaction) {
        bound.set(transaction);
    }

    /** Ends {@link #bind}. */
    public void unbind() {
        bound.set(null); // not removed: the thread's next statement would have to make its entry again
    }

    /** Lets this thread's changes through uncaptured. */
    public void exempt(Thread newWorker) {
        worker = newWorker;
    }

    /** Lets all changes through uncaptured from now on. */
    public void discard() {
        discarding = true;
    }

    @Override
    public void changed(Table table, Object[] before, Object[] after) {
        TransactionChanges transaction = transaction();
        if (transaction != null) {
            transaction.changed(table, before, after);
        }
    }

    @Override
    public void statementBegins() {
        TransactionChanges transaction = transaction();
        if (transaction != null) {
            transaction.statementBegins();
        }
    }

    private TransactionChanges transaction() {
        TransactionChanges transaction = bound.get();
        if (transaction == null && Thread.currentThread() != worker && !discarding) {
            throw new IllegalStateException(
                    CaptureTriggers.BYPASSED + " and would be lost to the upgrade that is running;"
                            + " use the jdbc:baton: URL, or end the upgrade with UPGRADE CANCEL");
        }
        return discarding ? null : transaction;
    }
}
