package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.sitemonitor.amqp.AmqpState;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Keeps a connection to the broker: makes it, makes it anew after every loss, and hands each channel to its
 * {@link Service}. Runs on a thread of its own, which alone opens and closes; the rest may be called by any thread.
 */
public final class Link {

    /** Short enough that work goes on within two seconds of the end of a trouble. */
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    /** Somebody has to change something first, and each try shows up in the broker's log. */
    private static final long LONGEST_PAUSE_AFTER_REFUSAL_MILLIS = 10_000;

    private static final long SETTLED_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int CLOSE_MILLIS = 1_000;

    private final Endpoint endpoint;
    private final Connector connector;
    private final Service service;
    private final Reports reports;
    private final Logger log;
    private final TimeSource time;
    private final Complaints complaints;
    private final Backoff backoff = new Backoff(50);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean up;
    private volatile @Nullable String trouble = "not tried yet";
    private volatile @Nullable String blockedBy;

    /** A link of which nobody is told but in the log. */
    Link(Endpoint endpoint, LinkNames names, Service service, Wiring wiring) {
        this(endpoint, names, service, new Reports("", "", List.of(), wiring), wiring);
    }

    Link(Endpoint endpoint, LinkNames names, Service service, Reports reports, Wiring wiring) {
        this.endpoint = endpoint;
        this.service = service;
        this.reports = reports;
        log = wiring.log();
        time = wiring.time();
        connector = Connector.to(endpoint, names, log);
        complaints = new Complaints(log, names.log(), time);
        thread = DaemonThreads.named(names.thread(), this::run);
    }

    void start() {
        thread.start();
    }

    /** Tells whether a channel is open and set up. */
    boolean isUp() {
        return up;
    }

    /** Returns why the broker takes no messages although it is connected; null if it does. */
    @Nullable
    String blockedBy() {
        return blockedBy;
    }

    boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Returns what is wrong with the connection, without secrets; null if nothing is. */
    @Nullable
    String trouble() {
        return up ? null : trouble;
    }

    /** To be called by the service once its channel is ready for work. */
    void ready() {
        trouble = null;
        up = true;
        String where = connector.where();
        complaints.well("connected to " + where);
        reports.connected(where);
    }

    /** To be called by the service when something is wrong that does not end the channel. */
    void complain(String what) {
        complaints.trouble(what, null);
    }

    /** Ends the present connection, since nothing goes through it any more. */
    void sever() {
        // on a thread of its own: closing may wait for a write that does not end
        DaemonThreads.named(thread.getName() + "-sever", connector::sever).start();
    }

    /**
     * Returns what it is like.
     *
     * @return the state
     */
    public AmqpState state() {
        if (isClosing()) {
            return AmqpState.CLOSED;
        }
        return !up ? AmqpState.CONNECTING : blockedBy == null ? AmqpState.CONNECTED : AmqpState.BLOCKED;
    }

    /** Asks the thread to end; the service must return soon. */
    void beginClose() {
        closing.countDown();
    }

    /** Ends the connection and its thread within {@code limit}; what is not polite by then is cut. */
    void close(Duration limit) {
        beginClose();
        if (Thread.currentThread() == thread) {
            return;
        }
        boolean interrupted = !joined(limit);
        if (thread.isAlive()) {
            connector.cut();
            thread.interrupt();
            interrupted |= !joined(Duration.ofMillis(CLOSE_MILLIS));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean joined(Duration limit) {
        try {
            thread.join(Math.max(1, limit.toMillis()));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void run() {
        while (!isClosing()) {
            long began = time.nanos();
            long longest = LONGEST_PAUSE_MILLIS;
            try {
                Connection connection = connector.open();
                try {
                    serve(connection);
                } finally {
                    connector.release(connection);
                }
            } catch (InterruptedException e) {
                // only close() interrupts this thread
                return;
            } catch (Lost e) {
                troubled("the connection to " + connector.where() + " ended: " + Reasons.of(e), e);
            } catch (Throwable e) {
                longest = Reasons.isRefusal(e) ? LONGEST_PAUSE_AFTER_REFUSAL_MILLIS : LONGEST_PAUSE_MILLIS;
                troubled("not connected to " + endpoint + ": " + Reasons.of(e), e);
            }
            pause(began, longest);
        }
    }

    private void serve(Connection connection) throws Lost, InterruptedException {
        BlockedListener blocks = new Blocks();
        connection.addBlockedListener(blocks);
        try {
            serveChannels(connection);
        } finally {
            connection.removeBlockedListener(blocks);
            blockedBy = null;
        }
    }

    private void serveChannels(Connection connection) throws Lost, InterruptedException {
        while (!isClosing()) {
            long began = time.nanos();
            try {
                Channel channel = Declaration.requireChannel(connection.createChannel());
                try {
                    service.serve(channel, this);
                } finally {
                    up = false;
                    abort(channel);
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Throwable e) {
                if (!connection.isOpen() || (e instanceof Troubled troubled && troubled.connectionIsDoubtful)) {
                    throw new Lost(e);
                }
                String what = e instanceof Troubled
                        ? String.valueOf(e.getMessage())
                        : "the channel was closed: " + Reasons.of(e);
                troubled(what, e);
                pause(began, LONGEST_PAUSE_MILLIS);
            }
        }
    }

    private void troubled(String what, Throwable error) {
        trouble = what;
        if (!isClosing()) {
            complaints.trouble(what + "; trying again", null);
            reports.troubled(what);
            log.debug("the trouble in full", error);
        }
    }

    private void pause(long began, long longest) {
        if (time.nanos() - began > SETTLED_NANOS) {
            backoff.reset();
        }
        try {
            closing.await(backoff.next(longest), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // only close() interrupts this thread
            beginClose();
        }
    }

    private void abort(Channel channel) {
        try {
            if (channel.isOpen()) {
                channel.abort();
            }
        } catch (IOException | RuntimeException e) {
            log.debug("the channel could not be closed", e);
        }
    }

    /** Uses a channel for as long as it is open. */
    @FunctionalInterface
    interface Service {

        /**
         * Sets the channel up, calls {@link Link#ready}, and works until the channel ends or the link is closing.
         *
         * @throws Exception why the channel can no longer be used
         */
        void serve(Channel channel, Link link) throws Exception;

        /** Told by a thread of the client that the broker takes messages again. Must return at once. */
        default void unblocked() {}
    }

    /** The connection is gone, not only a channel. */
    private static final class Lost extends Exception {
        private static final long serialVersionUID = 1L;

        Lost(Throwable cause) {
            super(null, cause);
        }
    }

    /** Says in one sentence what is wrong. */
    public static final class Troubled extends Exception {
        private static final long serialVersionUID = 1L;

        final boolean connectionIsDoubtful;

        /**
         * @param connectionIsDoubtful whether a new channel on the same connection would not help
         */
        Troubled(String what, @Nullable Throwable cause, boolean connectionIsDoubtful) {
            super(what, cause);
            this.connectionIsDoubtful = connectionIsDoubtful;
        }
    }

    /**
     * What a link is given from outside.
     *
     * @param log where it tells what is wrong
     * @param time the clock it measures with
     */
    public record Wiring(Logger log, TimeSource time) {}

    private final class Blocks implements BlockedListener {
        @Override
        public void handleBlocked(String reason) {
            String why = SafeText.line(reason == null ? "" : reason, 100);
            blockedBy = why;
            reports.blocked(why);
        }

        @Override
        public void handleUnblocked() {
            blockedBy = null;
            reports.unblocked();
            service.unblocked();
        }
    }
}
