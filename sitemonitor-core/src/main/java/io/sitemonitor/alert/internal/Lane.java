package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertPolicy;
import io.sitemonitor.alert.DeadLetter;
import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.alert.internal.Backlog.Delivery;
import io.sitemonitor.breaker.BreakerSettings;
import io.sitemonitor.breaker.internal.Breaker;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.event.AlertDelivered;
import io.sitemonitor.event.AlertDeliveryFailed;
import io.sitemonitor.event.AlertUndelivered;
import io.sitemonitor.schedule.Platform;
import io.sitemonitor.schedule.internal.TimedWork;
import io.sitemonitor.schedule.internal.Timer;
import io.sitemonitor.time.Throttle;
import io.sitemonitor.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where an alert listener is called: one alert at a time, in order for each check, with a timeout, growing
 * pauses after failures, and a breaker that leaves a destination alone when everything fails.
 */
final class Lane extends Timer {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int FAILURES_TO_OPEN = 5;
    private static final long MILLI = 1_000_000L;
    private static final long HURRIED_PAUSE = 100 * MILLI;
    private static final long STUCK_LOOK = 10_000 * MILLI;
    private static final int MOST_DOUBLINGS = 30;

    private final String name;
    private final AlertListener listener;
    private final AlertPolicy policy;
    private final LaneContext context;
    private final Platform.Workers workers;
    private final Breaker breaker;
    private final Throttle complaints;
    private final @Nullable Outbox outbox;

    // guarded by this; nothing foreign is called and nothing is logged while it is held
    private final Backlog backlog = new Backlog();
    private final Set<String> unwanted = new HashSet<>(); // incidents whose opening the filter did not want
    private @Nullable Attempt trying;
    private boolean hurried;
    private boolean closed;

    Lane(
            String name,
            AlertListener listener,
            AlertPolicy policy,
            LaneContext context,
            Platform.Workers workers,
            @Nullable Outbox outbox) {
        this.outbox = outbox;
        this.name = name;
        this.listener = listener;
        this.policy = policy;
        this.context = context;
        this.workers = workers;
        BreakerSettings pauses = new BreakerSettings(policy.firstRetry(), policy.longestRetry());
        this.breaker = new Breaker(name, pauses, FAILURES_TO_OPEN, context.time());
        this.complaints = new Throttle(context.time(), Duration.ofMinutes(1));
    }

    String name() {
        return name;
    }

    AlertPolicy policy() {
        return policy;
    }

    synchronized int waiting() {
        return backlog.size();
    }

    synchronized boolean isEmpty() {
        return backlog.size() == 0;
    }

    synchronized long longestWait(long now) {
        return backlog.longestWait(now);
    }

    void offer(Alert alert) {
        long now = context.time().nanos();
        Delivery delivery = new Delivery(alert, now, now + policy.expireAfter().toNanos());
        String refusal;
        synchronized (this) {
            if (closed) {
                refusal = "the monitor is closed";
            } else if (backlog.closesUntold(alert)) {
                refusal = "what it closes was never told";
            } else if (backlog.size() >= policy.capacity()) {
                refusal = policy.capacity() + " alerts are waiting already";
            } else {
                refusal = null;
                backlog.add(delivery);
            }
            if (refusal != null) {
                backlog.noteGivenUp(delivery);
            }
        }
        if (refusal != null) {
            giveUp(delivery, refusal);
        } else {
            pump();
        }
    }

    /** Goes on with an alert that an earlier process has left, which may have tried it. */
    void resume(Alert alert, Instant acceptedAt) {
        long now = context.time().nanos();
        Duration waited = Duration.between(acceptedAt, context.time().now());
        Duration left = policy.expireAfter().minus(waited.isNegative() ? Duration.ZERO : waited);
        Delivery delivery = new Delivery(alert, now, now + Math.max(0, left.toNanos()));
        delivery.mayBeKnown = true;
        synchronized (this) {
            backlog.add(delivery);
        }
        pump();
    }

    /** Stops pausing: what waits is tried at once, and again soon. */
    void hurry() {
        synchronized (this) {
            hurried = true;
            backlog.hurry();
        }
        pump();
    }

    /** Gives up whatever is left, and takes nothing more. */
    int giveUpAll() {
        List<Delivery> left;
        Attempt running;
        synchronized (this) {
            closed = true;
            running = trying;
            left = backlog.removeAll();
            left.forEach(backlog::noteGivenUp);
        }
        if (running != null) {
            running.expire();
        }
        if (outbox == null) {
            left.forEach(delivery -> giveUp(delivery, "the monitor was closed before it could be delivered"));
        }
        return left.size();
    }

    @Override
    protected long fire(long now) {
        Attempt overdue = null;
        List<Delivery> expired = List.of();
        long next;
        synchronized (this) {
            Attempt running = trying;
            if (running != null) {
                long deadline = running.deadline(now + STUCK_LOOK);
                if (now - deadline < 0) {
                    return deadline;
                }
                overdue = running;
                expired = backlog.removeExpired(now, running.delivery);
                expired.forEach(backlog::noteGivenUp);
            }
            next = now + STUCK_LOOK;
        }
        expired.forEach(delivery -> giveUp(delivery, "not delivered within " + policy.expireAfter()));
        if (overdue != null) {
            if (!overdue.expire() && complaints.tryPass()) {
                LOG.warn(
                        "[{}] alert listener '{}' does not return although it was interrupted; {} alerts wait",
                        context.monitor(),
                        name,
                        waiting());
            }
            return next;
        }
        return pump();
    }

    /** Starts the next attempt if one can be made; returns when to look again. */
    private long pump() {
        long now = context.time().nanos();
        long next;
        Attempt attempt = null;
        Delivery late = null;
        synchronized (this) {
            if (closed) {
                return Platform.Tick.NEVER;
            }
            if (trying != null) {
                return trying.deadline(now + STUCK_LOOK);
            }
            Delivery delivery = backlog.take(now);
            if (delivery == null) {
                next = backlog.nextAt(now, Platform.Tick.NEVER);
            } else if (delivery.isExpired(now)) {
                late = delivery;
                backlog.finish(delivery);
                backlog.noteGivenUp(delivery);
                next = now;
            } else if (!hurried && !breaker.tryAcquire()) {
                backlog.putBack(delivery);
                next = Math.min(breaker.trialAt(), delivery.expiresAt);
            } else {
                attempt = new Attempt(delivery);
                trying = attempt;
                next = now + policy.timeout().toNanos();
            }
        }
        if (late != null) {
            giveUp(late, "not delivered within " + policy.expireAfter());
        }
        if (attempt != null) {
            workers.start(attempt);
        }
        if (next != Platform.Tick.NEVER) {
            context.timers().wake(this, next);
        }
        return next;
    }

    private void finished(Attempt attempt, @Nullable Throwable thrown, boolean expired) {
        Delivery delivery = attempt.delivery;
        delivery.attempts++;
        long now = context.time().nanos();
        boolean hopeless = thrown instanceof UndeliverableAlertException;
        boolean late = delivery.isExpired(now);
        boolean wasOpen = breaker.isOpen();
        if (attempt.skipped) {
            breaker.release();
        } else if (thrown == null || hopeless) {
            breaker.succeeded(); // a listener that can judge an alert is alive
        } else if (thrown instanceof RetryAlertException) {
            breaker.release();
        } else {
            breaker.failed(0);
        }
        boolean wasClosed;
        synchronized (this) {
            trying = null;
            wasClosed = closed;
            if (thrown == null || hopeless || late) {
                backlog.finish(delivery);
                if (wasOpen && !breaker.isOpen()) {
                    backlog.hurry(); // the destination is well again: what failed with it need not wait
                }
            } else {
                backlog.retry(delivery, now + pause(delivery.attempts, thrown));
            }
        }
        if (attempt.skipped) {
            done(delivery.alert);
        } else {
            report(delivery, thrown, expired, hopeless || late, wasClosed, now);
        }
        pump();
    }

    private void report(
            Delivery delivery, @Nullable Throwable thrown, boolean expired, boolean last, boolean wasClosed, long now) {
        Alert alert = delivery.alert;
        if (thrown == null) {
            done(alert);
            context.events()
                    .accept(new AlertDelivered(
                            context.monitor(),
                            name,
                            alert.check(),
                            alert.id(),
                            context.time().now(),
                            delivery.attempts,
                            Duration.ofNanos(now - delivery.acceptedAt)));
            return;
        }
        String reason = expired ? "no answer within " + policy.timeout() : describe(thrown);
        if (wasClosed) {
            return; // it was given up when the lane was closed
        }
        if (last) {
            giveUp(delivery, reason);
            return;
        }
        complain(reason, thrown);
        context.events()
                .accept(new AlertDeliveryFailed(
                        context.monitor(),
                        name,
                        alert.check(),
                        alert.id(),
                        context.time().now(),
                        delivery.attempts,
                        reason));
    }

    /** A destination that is away is told in one line; a listener that is broken, with where. */
    private void complain(String reason, Throwable thrown) {
        LOG.debug("[{}] alert listener '{}' failed", context.monitor(), name, thrown);
        if (complaints.tryPass()) {
            boolean away = thrown instanceof IOException || thrown instanceof RetryAlertException;
            long more = complaints.heldBack();
            LOG.warn(
                    "[{}] alert listener '{}' failed and will be tried again: {}{}",
                    context.monitor(),
                    name,
                    reason,
                    more == 0 ? "" : " (and " + more + " failures before)",
                    away ? null : thrown);
        }
    }

    private void giveUp(Delivery delivery, String reason) {
        if (outbox != null && !delivery.mayBeTold()) {
            outbox.notTold(delivery.alert.incidentId(), name);
        }
        giveUp(context, name, delivery.alert, delivery.attempts, reason);
        done(delivery.alert);
    }

    /** The alert need not be kept any more for this listener. */
    private void done(Alert alert) {
        if (outbox != null) {
            outbox.done(alert, name);
        }
    }

    /** Puts an alert away that a listener will not get. */
    static void giveUp(LaneContext context, String name, Alert alert, int attempts, String reason) {
        DeadLetter letter = new DeadLetter(name, alert, context.time().now(), attempts, reason);
        context.deadLetters().add(letter);
        LOG.warn(
                "[{}] alert listener '{}' did not get alert {} ({} {}) after {} attempts: {}",
                context.monitor(),
                name,
                alert.id(),
                alert.check(),
                alert.kind(),
                attempts,
                reason);
        context.events()
                .accept(new AlertUndelivered(
                        context.monitor(), name, alert.check(), alert.id(), letter.at(), attempts, reason));
    }

    /** What the listener asks for, or exponential back-off with up to a fifth of jitter either way. */
    private long pause(int attempts, Throwable thrown) {
        if (hurried) {
            return HURRIED_PAUSE;
        }
        if (thrown instanceof RetryAlertException retry) {
            return retry.after().toNanos();
        }
        long first = policy.firstRetry().toNanos();
        long longest = policy.longestRetry().toNanos();
        int doublings = Math.min(attempts - 1, MOST_DOUBLINGS);
        long pause = first > longest >> doublings ? longest : first << doublings;
        return (long) (pause * (0.8 + 0.4 * ThreadLocalRandom.current().nextDouble()));
    }

    private static String describe(Throwable thrown) {
        String message = thrown.getMessage();
        String type = thrown.getClass().getSimpleName();
        return SafeText.line(message == null || message.isBlank() ? type : type + ": " + message, 500);
    }

    /** Asks the filter, on the listener's own thread, so that one that blocks holds back nobody else. */
    private boolean isWanted(Delivery delivery) {
        Alert alert = delivery.alert;
        if (delivery.attempts > 0) {
            return true;
        }
        if (alert.kind().isClosing()) {
            synchronized (this) {
                return !unwanted.remove(alert.incidentId());
            }
        }
        boolean wanted = true;
        try {
            wanted = policy.filter().test(alert);
        } catch (Throwable e) { // foreign code: its error must not hide an outage
            if (complaints.tryPass()) {
                LOG.warn(
                        "[{}] the filter of alert listener '{}' failed; the alert is sent", context.monitor(), name, e);
            }
        }
        if (!wanted) {
            synchronized (this) {
                unwanted.add(alert.incidentId());
            }
            if (outbox != null) {
                outbox.notTold(alert.incidentId(), name);
            }
        }
        return wanted;
    }

    /** One attempt to deliver one alert. */
    private final class Attempt extends TimedWork {

        private final Delivery delivery;
        private boolean skipped;

        Attempt(Delivery delivery) {
            super(context.time().nanos());
            this.delivery = delivery;
        }

        @Override
        public TimeSource time() {
            return context.time();
        }

        @Override
        protected long limit() {
            return policy.timeout().toNanos();
        }

        @Override
        protected void perform() throws Throwable {
            skipped = !isWanted(delivery);
            if (!skipped) {
                listener.onAlert(delivery.alert);
            }
        }

        @Override
        protected void ended(@Nullable Throwable thrown, boolean expired) {
            finished(this, thrown, expired);
        }
    }
}
