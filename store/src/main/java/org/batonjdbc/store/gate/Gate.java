package org.batonjdbc.store.gate;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.batonjdbc.store.SqlState;

/**
 * Admits writing transactions to the active store; closing it holds new ones and waits for those in flight.
 *
 * <p>There is no lock and no counter that application threads share: each connection has a {@link Pass}, marks it before
 * it writes, and looks at the gate only afterwards, while {@link #close} first closes and only then looks at the passes.
 * Whatever the interleaving, one of the two sees the other (Dekker's algorithm; both accesses are volatile). Reads are
 * not held: what a read sees while the gate is closed is what it would have seen just before.
 *
 * <p>Any thread may call any method. {@code closed} is written under {@code lock}, which also wakes the threads that wait;
 * it is never held during I/O.
 */
public final class Gate {
    private final Set<Pass> passes = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean closed;
    /** Until when it is closed, as {@link System#nanoTime} tells time, if {@code opensByItself}; both under {@code lock}. */
    private long opensAt;

    private boolean opensByItself;
    /** How long each writing transaction waits before it begins; 0 but while a switchover catches up. */
    private volatile long delayNanos;

    /** A pass for one connection, which unregisters it when it is closed. */
    public Pass register() {
        Pass pass = new Pass(this);
        passes.add(pass);
        return pass;
    }

    void unregister(Pass pass) {
        passes.remove(pass);
        signal();
    }

    /** Whether new writing transactions are held now. */
    public boolean isClosed() {
        return closed;
    }

    /** How many connections have a pass. */
    public int connections() {
        return passes.size();
    }

    /** Holds every writing transaction that has not begun yet. Returns at once; {@link #drain} waits for the others. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            opensByItself = false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * From that moment on whoever is held opens the closed gate himself, unless {@link #stayClosed} was called before. So
     * nobody waits for a store that does not answer, whatever the thread that has closed the gate is stuck in. Does nothing
     * to an open gate.
     *
     * @param deadline as {@link System#nanoTime} tells time
     */
    public void openAt(long deadline) {
        lock.lock();
        try {
            opensAt = deadline;
            opensByItself = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Keeps the gate closed until {@link #open}.
     *
     * @return false if it has opened already, so that somebody may have written since it was closed
     */
    public boolean stayClosed() {
        lock.lock();
        try {
            opensByItself = false;
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Lets everybody in again. */
    public void open() {
        lock.lock();
        try {
            closed = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets each writing transaction wait a little before it begins, when it holds no locks yet; zero for not at all. Those
     * that wait already go on at once.
     */
    public void slow(Duration delay) {
        lock.lock();
        try {
            delayNanos = delay.toNanos();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How long each writing transaction waits before it begins. */
    public Duration delay() {
        return Duration.ofNanos(delayNanos);
    }

    /** Holds the calling thread for as long as {@link #slow} says, or until it says something else. */
    void pace() {
        long delay = delayNanos;
        if (delay == 0) {
            return;
        }
        long until = System.nanoTime() + delay;
        lock.lock();
        try {
            for (long left = delay; left > 0 && delayNanos == delay; left = until - System.nanoTime()) {
                changed.await(left, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            // It was only to be slowed down; whoever waits for something next will see the interrupt.
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** The passes, but for {@code own}, whose transaction has written or may be writing just now. */
    public List<Pass> writing(Pass own) {
        List<Pass> writing = new ArrayList<>();
        for (Pass pass : passes) {
            if (pass != own && pass.isWriting()) {
                writing.add(pass);
            }
        }
        return writing;
    }

    /**
     * Waits behind the closed gate until no transaction but {@code own} writes any more.
     *
     * @param own the pass of the connection on whose behalf this waits, null for none
     * @return those that still write when the time is over; empty when all have ended
     */
    public List<Pass> drain(Pass own, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        lock.lock();
        try {
            while (true) {
                List<Pass> writing = writing(own);
                long left = deadline - System.nanoTime();
                if (writing.isEmpty() || left <= 0) {
                    return writing;
                }
                changed.await(left, TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Holds the calling thread until the gate is open. */
    void awaitOpen(Duration holdTimeout) throws SQLException {
        long deadline = System.nanoTime() + holdTimeout.toNanos();
        lock.lock();
        try {
            while (closed) {
                long now = System.nanoTime();
                if (opensByItself && opensAt - now <= 0) {
                    closed = false;
                    changed.signalAll();
                    return;
                }
                long left = deadline - now;
                if (left <= 0) {
                    throw SqlState.TIMED_OUT.error("held at the gate for " + holdTimeout.toMillis()
                            + " ms while an upgrade switches stores; nothing was done, try again (option holdTimeout)");
                }
                changed.await(opensByItself ? Math.min(left, opensAt - now) : left, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SqlState.TIMED_OUT.error("interrupted while held at the gate; nothing was done", e);
        } finally {
            lock.unlock();
        }
    }

    /** Tells whoever drains that a pass may have ended. */
    void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
