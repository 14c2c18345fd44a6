package io.sitemonitor.amqp.internal;

import io.sitemonitor.amqp.AmqpEvent;
import io.sitemonitor.amqp.AmqpEvent.Kind;
import io.sitemonitor.amqp.AmqpListener;
import io.sitemonitor.time.TimeSource;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what happens on a connection and tells it. Safe for use by any number of threads; never blocks. */
public final class Reports {

    private static final int MOST_WAITING = 1_000;
    private static final long IDLE_SECONDS = 10;

    private final String name;
    private final String role;
    private final TimeSource time;
    private final List<Told> listeners;
    private final LongAdder confirmed = new LongAdder();
    private final AtomicLong unroutable = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();

    /** Whether it was told that there is no connection, so that a failed first attempt is told, too. */
    private final AtomicBoolean toldLoss = new AtomicBoolean();

    /**
     * Begins to count.
     *
     * @param name whose connection it is
     * @param role what the connection is for
     * @param listeners who is told
     * @param wiring the log and the clock
     */
    public Reports(String name, String role, List<AmqpListener> listeners, Link.Wiring wiring) {
        this.name = name;
        this.role = role;
        time = wiring.time();
        LinkNames names = LinkNames.of(name, role);
        this.listeners = listeners.stream()
                .map(listener -> new Told(listener, names, new Complaints(wiring.log(), names.log(), time)))
                .toList();
    }

    /**
     * Returns how many messages were confirmed.
     *
     * @return the number
     */
    public long confirmedCount() {
        return confirmed.sum();
    }

    /**
     * Returns how often a message came back because no queue is there for it.
     *
     * @return the number
     */
    public long unroutableCount() {
        return unroutable.get();
    }

    /**
     * Returns how often the broker refused a message.
     *
     * @return the number
     */
    public long refusedCount() {
        return refused.get();
    }

    /**
     * Returns how often a connection, or a channel on it, was made.
     *
     * @return the number
     */
    public long connectionCount() {
        return connections.get();
    }

    void confirmed() {
        confirmed.increment();
    }

    void notTaken(Letter letter, boolean returned, String problem, boolean first) {
        (returned ? unroutable : refused).incrementAndGet();
        if (first) {
            tell(returned ? Kind.UNROUTABLE : Kind.REFUSED, letter.properties().getMessageId(), problem);
        }
    }

    void connected(String where) {
        connections.incrementAndGet();
        toldLoss.set(false);
        tell(Kind.CONNECTED, null, where);
    }

    void troubled(String what) {
        if (toldLoss.compareAndSet(false, true)) {
            tell(Kind.DISCONNECTED, null, what);
        }
    }

    void blocked(String reason) {
        tell(Kind.BLOCKED, null, reason);
    }

    void unblocked() {
        tell(Kind.UNBLOCKED, null, "");
    }

    void dead(String messageId, String reason) {
        tell(Kind.DEAD_LETTER, messageId, reason);
    }

    private void tell(Kind kind, @Nullable String messageId, String detail) {
        if (!listeners.isEmpty()) {
            AmqpEvent event = new AmqpEvent(kind, name, role, time.now(), messageId, detail);
            listeners.forEach(told -> told.tell(event));
        }
    }

    /** Ends the threads of listeners once they have been told what waits. */
    public void close() {
        listeners.forEach(Told::close);
    }

    /** A listener of somebody else's, and its thread. */
    private static final class Told {
        private final AmqpListener listener;
        private final Complaints complaints;
        private final ThreadPoolExecutor thread;

        Told(AmqpListener listener, LinkNames names, Complaints complaints) {
            this.listener = listener;
            this.complaints = complaints;
            thread = new ThreadPoolExecutor(
                    1,
                    1,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(MOST_WAITING),
                    work -> DaemonThreads.named(names.thread() + "-listener", work));
            thread.allowCoreThreadTimeOut(true);
        }

        void tell(AmqpEvent event) {
            try {
                thread.execute(() -> call(event));
            } catch (RejectedExecutionException e) {
                complain("a listener is too slow: an event was dropped", null);
            }
        }

        private void call(AmqpEvent event) {
            try {
                listener.onEvent(event);
            } catch (Throwable e) { // foreign code
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                complain("listener " + listener.getClass().getName() + " failed: " + Reasons.of(e), e);
            }
        }

        private synchronized void complain(String what, @Nullable Throwable thrown) {
            if (!thread.isShutdown()) {
                complaints.trouble(what, thrown);
            }
        }

        void close() {
            thread.shutdown();
        }
    }
}
