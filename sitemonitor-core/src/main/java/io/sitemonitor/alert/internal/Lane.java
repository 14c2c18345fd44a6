package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertPolicy;
import io.sitemonitor.alert.AsyncAlertListener;
import io.sitemonitor.alert.PlannedAlert;
import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.alert.internal.Backlog.Delivery;
import io.sitemonitor.alert.internal.LanePolicy.Verdict;
import io.sitemonitor.breaker.BreakerSettings;
import io.sitemonitor.breaker.internal.Breaker;
import io.sitemonitor.schedule.Platform;
import io.sitemonitor.schedule.internal.TimedWork;
import io.sitemonitor.schedule.internal.Timer;
import io.sitemonitor.store.Change;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The one place where an alert listener is called: one alert at a time, or one of each check, in order for each check, when its
 * policy lets it be told, with a timeout, growing pauses after failures, and a breaker that leaves a destination alone when
 * everything fails.
 */
final class Lane extends Timer {

    private static final int FAILURES_TO_OPEN = 5;
    private static final long MILLI = 1_000_000L;
    private static final long HURRIED_PAUSE = 100 * MILLI;
    private static final long STUCK_LOOK = 10_000 * MILLI;
    private static final int MOST_DOUBLINGS = 30;
    private static final String OVER_BEFORE = "it was over before it could be told";

    /** What is held is looked at again this often: the wall clock, on which its end depends, may be set. */
    private static final Duration HELD_LOOK = Duration.ofMinutes(1);

    /** Gives an alert to another listener, since this one has no budget for it. */
    @FunctionalInterface
    interface Spill {

        /** Calls out, so not to be called with a lock. */
        void spill(Alert alert, Lane from, String to);
    }

    /** What follows from a look at what waits: done without the lock. */
    private static final class Turn {
        private final long now;
        private final Instant wall;
        private final List<Runnable> effects = new ArrayList<>(1);
        private final List<Flights.Flight> flights = new ArrayList<>(0);
        private @Nullable Attempt attempt;
        private long next = Platform.Tick.NEVER;

        Turn(TimeSource time) {
            wall = time.now();
            now = time.nanos();
        }

        void noLaterThan(long time) {
            next = Math.min(next, time);
        }

        long nanosUntil(Instant end) {
            return end.isAfter(wall.plus(HELD_LOOK))
                    ? HELD_LOOK.toNanos()
                    : Math.max(MILLI, Duration.between(wall, end).toNanos());
        }
    }

    private final String name;
    private final AlertListener listener;
    private final AlertPolicy policy;
    private final LaneContext context;
    private final Platform.Workers workers;
    private final Breaker breaker;
    private final LaneReports reports;
    private final @Nullable Outbox outbox;
    private final Spill spill;

    /** What is on its way; null if the listener takes one alert at a time. */
    private final @Nullable Flights flights;

    // guarded by this; nothing foreign is called and nothing is logged while it is held
    private final Backlog backlog = new Backlog();
    private final LanePolicy rules;

    /** Incidents that another listener spills over to this one, and has not yet. */
    private final Set<String> expected = new HashSet<>();

    private @Nullable Attempt trying;
    private boolean hurried;
    private boolean closed;

    Lane(
            String name,
            AlertListener listener,
            AlertPolicy policy,
            LaneContext context,
            Platform.Workers workers,
            @Nullable Outbox outbox,
            Commands commands,
            Spill spill) {
        this.name = name;
        this.listener = listener;
        this.policy = policy;
        this.context = context;
        this.workers = workers;
        this.outbox = outbox;
        this.spill = spill;
        this.rules = new LanePolicy(name, context.monitor(), policy, commands);
        this.reports = new LaneReports(name, context, outbox);
        BreakerSettings pauses = new BreakerSettings(policy.firstRetry(), policy.longestRetry());
        this.breaker = new Breaker(name, pauses, FAILURES_TO_OPEN, context.time());
        this.flights =
                listener instanceof AsyncAlertListener async ? new Flights(name, async, workers, this::landed) : null;
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

    /** Tells whether nothing waits but what may not be told now. */
    synchronized boolean isSettled() {
        return backlog.active() == 0;
    }

    synchronized long longestWait(long now) {
        return backlog.longestWait(now);
    }

    void offer(Alert alert) {
        Delivery delivery = delivery(alert);
        String refusal = null;
        boolean isBeside = false;
        Delivery overtaken = null;
        synchronized (this) {
            if (alert.kind().isClosing()) {
                rules.over(alert);
                overtaken = backlog.removeHeld(alert.check(), alert.incidentId());
            }
            if (overtaken != null) {
                rules.drop(overtaken);
            } else if (closed) {
                refusal = "the monitor is closed";
            } else if (backlog.closesUntold(alert)) {
                refusal = "what it closes was never told";
            } else if (closesUnwanted(alert)) {
                isBeside = true;
            } else if (backlog.size() >= policy.capacity()) {
                refusal = policy.capacity() + " alerts are waiting already";
            } else {
                backlog.add(delivery);
            }
            if (refusal != null) {
                backlog.noteGivenUp(delivery);
            }
        }
        if (overtaken != null) {
            reports.skipped(overtaken.alert, alert, OVER_BEFORE);
        } else if (refusal != null) {
            giveUp(delivery, refusal);
        } else if (isBeside) {
            reports.done(alert);
        } else {
            pump();
        }
    }

    private Delivery delivery(Alert alert) {
        long now = context.time().nanos();
        return new Delivery(alert, now, now + policy.expireAfter().toNanos());
    }

    /** Tells whether an alert closes what was not for this listener. The caller holds the lock. */
    private boolean closesUnwanted(Alert alert) {
        return alert.kind().isClosing()
                && (backlog.forgetUnwanted(alert.incidentId()) || expected.remove(alert.incidentId()));
    }

    /** Expects what another listener has no budget for: if its end comes first, neither is told. */
    synchronized void expect(String incidentId) {
        expected.add(incidentId);
    }

    /** Takes what another listener has no budget for. */
    void offerExpected(Alert alert) {
        boolean over;
        synchronized (this) {
            over = !expected.remove(alert.incidentId());
        }
        if (over) {
            reports.skipped(alert, null, OVER_BEFORE);
        } else {
            offer(alert);
        }
    }

    /** The listener that would get what this one has no budget for has got it already, or it is over. */
    void passed(Alert alert) {
        reports.skipped(alert, null, "it has no budget for it today");
    }

    /** The end of what this listener had no budget for goes to another one. */
    synchronized void forgetSpilled(String incidentId) {
        backlog.forgetUnwanted(incidentId);
    }

    /** Offers an alert anew that was given up before. */
    void replay(Alert alert) {
        Delivery delivery = delivery(alert);
        delivery.mayBeKnown = true;
        synchronized (this) {
            backlog.forgetGivenUp(alert.incidentId());
            backlog.add(delivery);
        }
        pump();
    }

    /** Goes on with an alert that an earlier process has left, which may have tried it. Told once {@link #resumed} is called. */
    void resume(Alert alert, Instant acceptedAt) {
        Instant wall = context.time().now();
        long now = context.time().nanos();
        boolean isMarked = outbox != null && outbox.isHeld(alert, name);
        Instant released = outbox == null ? null : outbox.releasedAt(alert, name);
        Duration waited = isMarked ? Duration.ZERO : Duration.between(released == null ? acceptedAt : released, wall);
        Duration left = policy.expireAfter().minus(waited.isNegative() ? Duration.ZERO : waited);
        Delivery delivery = new Delivery(alert, now, now + Math.max(0, left.toNanos()));
        delivery.mayBeKnown = !isMarked;
        delivery.marked = isMarked;
        synchronized (this) {
            rules.resume(alert);
            backlog.add(delivery);
        }
    }

    /** Goes on with what an earlier process has told that still lasts. */
    synchronized void resumeTold(Alert opening) {
        rules.resumeTold(opening, context.time().now());
    }

    /** Goes on with what an earlier process has told together. */
    synchronized void resumeStorm(Storm storm) {
        rules.resumeStorm(storm, context.time().now());
    }

    /** Goes on with what an earlier process has counted. */
    synchronized void resumeBudget(LocalDate day, int used) {
        rules.resumeBudget(day, used);
    }

    /** Begins to tell what an earlier process has left, which is all there now. */
    void resumed(Set<String> alertsOnTheirWay) {
        synchronized (this) {
            rules.resumed(alertsOnTheirWay);
        }
        pump();
    }

    /** Looks again at what is held, since something has been said about it. */
    void reconsider() {
        synchronized (this) {
            backlog.lookAgain();
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
        if (flights != null) {
            flights.closeAll();
        }
        left.removeIf(delivery -> delivery.alert.kind() == AlertKind.REMINDER);
        if (outbox == null) {
            left.forEach(delivery -> giveUp(delivery, "the monitor was closed before it could be delivered"));
        }
        return left.size();
    }

    @Override
    protected long fire(long now) {
        if (flights != null) {
            flights.expire(now);
        }
        Attempt overdue = null;
        List<Delivery> expired = List.of();
        synchronized (this) {
            Attempt running = trying;
            if (running != null) {
                long deadline = running.deadline(now + STUCK_LOOK);
                if (now - deadline < 0) {
                    return Math.min(deadline, nextAnswer());
                }
                overdue = running;
                expired = backlog.removeExpired(now);
                expired.forEach(backlog::noteGivenUp);
            }
        }
        expired.forEach(delivery -> giveUp(delivery, "not delivered within " + policy.expireAfter()));
        if (overdue == null) {
            return pump();
        }
        if (!overdue.expire()) {
            reports.stuck(waiting());
        }
        return Math.min(now + STUCK_LOOK, nextAnswer());
    }

    /** Returns when the next answer is overdue, or {@link Platform.Tick#NEVER}. */
    private long nextAnswer() {
        return flights == null ? Platform.Tick.NEVER : flights.nextDeadline();
    }

    /** Starts the next attempt if one can be made; returns when to look again. */
    private long pump() {
        Turn turn = new Turn(context.time());
        synchronized (this) {
            if (closed) {
                return Platform.Tick.NEVER;
            }
            if (trying != null) {
                return Math.min(trying.deadline(turn.now + STUCK_LOOK), nextAnswer());
            }
            choose(turn);
        }
        turn.effects.forEach(Runnable::run);
        if (turn.attempt != null) {
            workers.start(turn.attempt);
        }
        if (turn.next != Platform.Tick.NEVER) {
            context.timers().wake(this, turn.next);
        }
        return turn.next;
    }

    /** The caller holds the lock. */
    private void choose(Turn turn) {
        rules.flushes(turn.now, hurried, turn.wall).forEach(flush -> tellTogether(flush, turn));
        rules.reminders(turn.wall).forEach(reminder -> remind(reminder, turn.now));
        boolean free = true;
        while (free && turn.attempt == null && hasRoom()) {
            Delivery delivery = backlog.take(turn.now);
            free = delivery != null && consider(delivery, turn);
        }
        if (!turn.flights.isEmpty()) {
            turn.attempt = new Attempt(turn.flights);
        }
        turn.noLaterThan(rules.nextFlush());
        Instant reminder = rules.nextReminder();
        if (reminder != null) {
            turn.noLaterThan(turn.now + turn.nanosUntil(reminder));
        }
        trying = turn.attempt;
        turn.noLaterThan(nextAnswer());
        if (trying != null) {
            turn.noLaterThan(turn.now + policy.timeout().toNanos());
        } else if (hasRoom()) { // otherwise an answer makes it look again
            turn.noLaterThan(Math.max(backlog.nextAt(Platform.Tick.NEVER), turn.now));
        }
    }

    private boolean hasRoom() {
        return flights == null || !flights.isFull();
    }

    private void remind(Alert reminder, long now) {
        if (!backlog.hasAny(reminder.check()) && backlog.size() < policy.capacity()) {
            backlog.add(new Delivery(reminder, now, now + policy.expireAfter().toNanos()));
        }
    }

    /** Decides what happens to a delivery; returns whether another one may be looked at. The caller holds the lock. */
    private boolean consider(Delivery delivery, Turn turn) {
        Alert alert = delivery.alert;
        if (alert.kind().isClosing() && backlog.forgetUnwanted(alert.incidentId())) {
            backlog.finish(delivery);
            turn.effects.add(() -> reports.done(alert));
            return true;
        }
        Verdict verdict = rules.judge(delivery, turn.now, turn.wall);
        switch (verdict.what()) {
            case TELL -> {
                return tell(delivery, turn);
            }
            case ASK -> {
                if (!turn.flights.isEmpty()) {
                    backlog.putBack(delivery);
                    return false;
                }
                turn.attempt = new Attempt(delivery, true);
            }
            case PASS_OVER -> {
                backlog.finish(delivery);
                turn.effects.add(() -> reports.done(alert));
            }
            case SKIP -> {
                Alert closing = backlog.removeUnwanted(delivery);
                turn.effects.add(() -> reports.skipped(alert, closing, verdict.reason()));
            }
            case SPILL -> {
                Alert closing = backlog.removeUnwanted(delivery);
                turn.effects.add(
                        closing == null
                                ? () -> spill.spill(alert, this, verdict.reason())
                                : () -> reports.skipped(alert, closing, OVER_BEFORE));
            }
            case HOLD -> hold(delivery, Objects.requireNonNull(verdict.until(), "until"), turn);
            case WAIT -> holdUntil(delivery, Instant.MAX, turn);
        }
        return true;
    }

    /** It is kept that what waits was never tried: the next process could not tell. */
    private void hold(Delivery delivery, Instant until, Turn turn) {
        holdUntil(delivery, until, turn);
        Outbox kept = outbox;
        if (kept != null && !delivery.marked && !delivery.mayBeTold()) {
            delivery.marked = true;
            turn.effects.add(() -> kept.hold(delivery.alert, name));
        }
    }

    private void holdUntil(Delivery delivery, Instant until, Turn turn) {
        backlog.hold(delivery, turn.now + turn.nanosUntil(until));
        turn.noLaterThan(delivery.notBefore);
    }

    private boolean tell(Delivery delivery, Turn turn) {
        if (delivery.held || delivery.marked) {
            backlog.release(delivery);
            delivery.expiresAt = turn.now + policy.expireAfter().toNanos();
        }
        Outbox kept = outbox;
        if (delivery.marked && kept != null) {
            holdUntil(delivery, Instant.MAX, turn);
            turn.effects.add(() -> kept.release(delivery.alert, name, turn.wall, () -> released(delivery)));
            return true;
        }
        if (delivery.isExpired(turn.now)) {
            backlog.finish(delivery);
            backlog.noteGivenUp(delivery);
            turn.effects.add(() -> giveUp(delivery, "not delivered within " + policy.expireAfter()));
            return true;
        }
        if (!hurried && !breaker.tryAcquire()) {
            backlog.putBack(delivery);
            long trialAt = breaker.trialAt();
            // if the trial is on its way, its answer makes it look again
            turn.noLaterThan(Math.min(trialAt - turn.now > 0 ? trialAt : turn.now + HURRIED_PAUSE, delivery.expiresAt));
            return false;
        }
        rules.admit(delivery.alert);
        if (flights == null) {
            turn.attempt = new Attempt(delivery, false);
        } else {
            delivery.inHand = true;
            turn.flights.add(
                    flights.reserve(delivery, turn.now + policy.timeout().toNanos()));
        }
        return true;
    }

    /** It is kept that a delivery may be tried. */
    private void released(Delivery delivery) {
        synchronized (this) {
            delivery.marked = false;
            backlog.wake(delivery);
        }
        pump();
    }

    /** Puts one alert in the place of several, once that is kept. */
    private void tellTogether(Storms.Flush flush, Turn turn) {
        Alert digest = flush.digest();
        Storm storm = flush.storm();
        if (digest == null || storm == null) {
            flush.parts().forEach(backlog::wake);
            return;
        }
        backlog.remove(flush.parts());
        Outbox kept = outbox;
        if (kept == null) {
            backlog.add(delivery(digest));
            return;
        }
        byte[] record = storm.toBytes(name);
        List<Alert> parts = flush.parts().stream().map(part -> part.alert).toList();
        turn.effects.add(() -> kept.tellTogether(digest, record, parts, name, turn.wall, () -> offer(digest)));
    }

    private void finished(Attempt attempt, @Nullable Throwable thrown, boolean expired) {
        Delivery delivery = attempt.delivery;
        if (delivery == null) {
            synchronized (this) {
                trying = null; // what was handed over is answered for, each by itself
            }
        } else if (attempt.asks) {
            asked(delivery, attempt.wanted);
        } else {
            tried(delivery, thrown, expired);
        }
        pump();
    }

    /** There is an answer for an alert that was handed over. */
    private void landed(Delivery delivery, @Nullable Throwable thrown, boolean expired) {
        tried(delivery, thrown, expired);
        pump();
    }

    private void asked(Delivery delivery, boolean wanted) {
        Alert closing = null;
        synchronized (this) {
            trying = null;
            delivery.inHand = false;
            delivery.wanted = true;
            if (wanted) {
                backlog.putBack(delivery);
            } else {
                closing = backlog.removeUnwanted(delivery);
            }
        }
        if (!wanted) {
            reports.notFor(delivery.alert, closing);
        }
    }

    private void tried(Delivery delivery, @Nullable Throwable thrown, boolean expired) {
        delivery.attempts++;
        Instant wall = context.time().now();
        long now = context.time().nanos();
        boolean last = thrown instanceof UndeliverableAlertException || delivery.isExpired(now);
        boolean wasOpen = breaker.isOpen();
        if (thrown == null || thrown instanceof UndeliverableAlertException) {
            breaker.succeeded(); // a listener that can judge an alert is alive
        } else if (thrown instanceof RetryAlertException) {
            breaker.release();
        } else {
            breaker.failed(0);
        }
        boolean wasClosed;
        List<Change> changes = List.of();
        synchronized (this) {
            trying = flights == null ? null : trying;
            delivery.inHand = false;
            wasClosed = closed;
            if (thrown != null && !last) {
                backlog.retry(delivery, now + pause(delivery.attempts, thrown));
            } else {
                backlog.finish(delivery);
                if (wasOpen && !breaker.isOpen()) {
                    backlog.hurry(); // the destination is well again: what failed with it need not wait
                }
            }
            if (thrown == null) {
                rules.delivered(delivery.alert, backlog.closing(delivery.alert) == null, wall);
                changes = rules.kept(delivery.alert);
                digestDone(delivery.alert);
            }
        }
        if (thrown == null) {
            reports.delivered(delivery, Duration.ofNanos(now - delivery.acceptedAt), changes);
        } else if (!wasClosed) { // otherwise it was given up when the lane was closed
            String reason = expired ? "no answer within " + policy.timeout() : LaneReports.describe(thrown);
            if (last) {
                giveUp(delivery, reason);
            } else {
                reports.failed(delivery, reason, thrown);
            }
        }
    }

    /** What is behind a digest may be told. The caller holds the lock. */
    private void digestDone(Alert alert) {
        if (rules.digestDone(alert)) {
            backlog.lookAgain();
        }
    }

    private void giveUp(Delivery delivery, String reason) {
        if (delivery.alert.kind() == AlertKind.REMINDER) {
            return; // the next one comes by itself
        }
        synchronized (this) {
            rules.givenUp(delivery.alert);
            digestDone(delivery.alert);
        }
        reports.givenUp(delivery, reason);
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

    /** Asks the filter; an error of it must not hide an outage. */
    private boolean isWanted(Alert alert) {
        Predicate<Alert> filter = policy.filter();
        try {
            return filter == null || filter.test(alert);
        } catch (Throwable e) { // foreign code
            reports.filterFailed(e);
            return true;
        }
    }

    /** Says what would become of an alert that begins something. Asks the filter on the thread of the caller. */
    PlannedAlert plan(Alert alert) {
        String refusal = policy.refusal(alert);
        if (refusal != null || !isWanted(alert)) {
            return rules.not(refusal == null ? "its filter does not want it" : refusal);
        }
        Instant wall = context.time().now();
        long now = context.time().nanos();
        synchronized (this) {
            return rules.plan(alert, now, wall);
        }
    }

    /** One attempt to deliver one alert, to find out whether it is wanted, or to hand over several. */
    private final class Attempt extends TimedWork {

        private final @Nullable Delivery delivery;
        private final List<Flights.Flight> handOver;
        private final boolean asks;
        private boolean wanted = true;

        /** The caller holds the lock. */
        Attempt(Delivery delivery, boolean asks) {
            super(context.time().nanos());
            this.delivery = delivery;
            this.handOver = List.of();
            this.asks = asks;
            delivery.inHand = true;
        }

        Attempt(List<Flights.Flight> handOver) {
            super(context.time().nanos());
            this.delivery = null;
            this.handOver = handOver;
            this.asks = false;
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
            if (delivery == null) {
                Flights all = Objects.requireNonNull(flights);
                handOver.forEach(all::call);
            } else if (asks) {
                wanted = isWanted(delivery.alert);
            } else {
                listener.onAlert(delivery.alert);
            }
        }

        @Override
        protected void ended(@Nullable Throwable thrown, boolean expired) {
            finished(this, thrown, expired);
        }
    }
}
