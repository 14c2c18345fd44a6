package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertPolicy;
import io.sitemonitor.alert.AlertPolicy.Budget;
import io.sitemonitor.alert.DeadLetter;
import io.sitemonitor.alert.PlannedAlert;
import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.alert.internal.Backlog.Delivery;
import io.sitemonitor.breaker.BreakerSettings;
import io.sitemonitor.breaker.internal.Breaker;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.event.AlertDelivered;
import io.sitemonitor.event.AlertDeliveryFailed;
import io.sitemonitor.event.AlertSkipped;
import io.sitemonitor.event.AlertUndelivered;
import io.sitemonitor.schedule.Platform;
import io.sitemonitor.schedule.internal.TimedWork;
import io.sitemonitor.schedule.internal.Timer;
import io.sitemonitor.store.Change;
import io.sitemonitor.time.Throttle;
import io.sitemonitor.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where an alert listener is called: one alert at a time, in order for each check, when its policy lets it be
 * told, with a timeout, growing pauses after failures, and a breaker that leaves a destination alone when everything fails.
 */
final class Lane extends Timer {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int FAILURES_TO_OPEN = 5;
    private static final long MILLI = 1_000_000L;
    private static final long HURRIED_PAUSE = 100 * MILLI;
    private static final long STUCK_LOOK = 10_000 * MILLI;
    private static final int MOST_DOUBLINGS = 30;

    /** What is held is looked at again this often: the wall clock, on which its end depends, may be set. */
    private static final Duration HELD_LOOK = Duration.ofMinutes(1);

    /** How long the ends of what was told together are collected if the listener has no digests any more. */
    private static final Duration LAST_DIGESTS = Duration.ofSeconds(30);

    /** Gives an alert to another listener, since this one has no budget for it. */
    @FunctionalInterface
    interface Spill {

        /** Calls out, so not to be called with a lock. */
        void spill(Alert alert, Lane from, String to);
    }

    /** What follows from a look at what waits: done without the lock. */
    private static final class Turn {
        private final List<Runnable> effects = new ArrayList<>(1);
        private @Nullable Attempt attempt;
        private long next = Platform.Tick.NEVER;

        void noLaterThan(long time) {
            next = Math.min(next, time);
        }
    }

    private final String name;
    private final AlertListener listener;
    private final AlertPolicy policy;
    private final LaneContext context;
    private final Platform.Workers workers;
    private final Breaker breaker;
    private final Throttle complaints;
    private final @Nullable Outbox outbox;
    private final Commands commands;
    private final Spill spill;
    private final Gate gate;

    // guarded by this; nothing foreign is called and nothing is logged while it is held
    private final Backlog backlog = new Backlog();
    private final @Nullable DayBudget budget;
    private final @Nullable Reminders reminders;
    private @Nullable Storms storms;

    /** Incidents that another listener spills over to this one, and has not yet. */
    private final Set<String> expected = new HashSet<>();

    /** What the listener was told by itself, not in a digest, and what is not over. */
    private final Set<String> known = new HashSet<>();

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
        this.outbox = outbox;
        this.name = name;
        this.listener = listener;
        this.policy = policy;
        this.context = context;
        this.workers = workers;
        this.commands = commands;
        this.spill = spill;
        this.gate = new Gate(name, policy, commands);
        Budget daily = policy.budget();
        this.budget = daily == null ? null : new DayBudget(daily);
        Duration every = policy.remindEvery();
        this.reminders = every == null ? null : new Reminders(name, every);
        AlertPolicy.Digest together = policy.digest();
        this.storms = together == null ? null : new Storms(context.monitor(), name, together);
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
        String skipped = null;
        Delivery overtaken = null;
        synchronized (this) {
            if (alert.kind().isClosing()) {
                overtaken = over(alert);
                skipped = overtaken == null ? null : "what it closes was not told yet";
            }
            if (closed) {
                refusal = "the monitor is closed";
            } else if (overtaken == null && backlog.closesUntold(alert)) {
                refusal = "what it closes was never told";
            } else if (skipped != null || isBeside(alert)) {
                skipped = skipped == null ? "it was not told what it is about" : skipped;
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
            skip(overtaken.alert, "it was over before it could be told");
        }
        if (refusal != null) {
            giveUp(delivery, refusal);
        } else if (skipped != null) {
            done(alert);
        } else {
            pump();
        }
    }

    private Delivery delivery(Alert alert) {
        long now = context.time().nanos();
        return new Delivery(alert, now, now + policy.expireAfter().toNanos());
    }

    /** Something is over: what has not been told of it is not told any more. The caller holds the lock. */
    private @Nullable Delivery over(Alert closing) {
        known.remove(closing.incidentId());
        if (reminders != null) {
            reminders.over(closing.incidentId());
        }
        Delivery held = backlog.removeHeld(closing.check(), closing.incidentId());
        if (held != null && storms != null) {
            storms.drop(held);
        }
        return held;
    }

    /** Tells whether an alert is about something that the listener was not told. The caller holds the lock. */
    private boolean isBeside(Alert alert) {
        String incident = alert.incidentId();
        return switch (alert.kind()) {
            case ACKNOWLEDGED, REMINDER, DIGEST, DIGEST_ENDED -> false;
            default -> alert.kind().isClosing() && (backlog.forgetUnwanted(incident) || expected.remove(incident));
        };
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
            skip(alert, "it was over before it could be told");
        } else {
            offer(alert);
        }
    }

    /** The listener that would get what this one has no budget for has got it already, or it is over. */
    void passed(Alert alert) {
        skip(alert, "it has no budget for it today");
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

    /** Goes on with an alert that an earlier process has left, which may have tried it. */
    void resume(Alert alert, Instant acceptedAt) {
        Instant wall = context.time().now();
        Instant from = acceptedAt;
        Gate.Hold hold = isFirst(alert) ? gate.hold(alert, acceptedAt) : null;
        boolean isMarked = outbox != null && outbox.isHeld(alert, name);
        boolean heldAllTheTime = isMarked || (hold != null && hold.until().isAfter(wall));
        if (isMarked) {
            from = wall;
        } else if (hold != null && !heldAllTheTime) {
            from = hold.until();
        }
        Duration waited = Duration.between(from, wall);
        Duration left = policy.expireAfter().minus(waited.isNegative() ? Duration.ZERO : waited);
        long now = context.time().nanos();
        Delivery delivery = new Delivery(alert, now, now + Math.max(0, left.toNanos()));
        delivery.mayBeKnown = !heldAllTheTime;
        delivery.marked = isMarked;
        synchronized (this) {
            boolean inDigest = storms != null && storms.hasMember(alert.incidentId());
            if (budget != null && alert.kind().isClosing() && !inDigest) {
                budget.told(alert.incidentId());
            }
            backlog.add(delivery);
        }
    }

    /** Goes on with what an earlier process has told that still lasts. */
    synchronized void resumeTold(Alert opening) {
        if (storms != null && storms.hasMember(opening.incidentId())) {
            return; // it was told of that in a digest, which is kept by itself
        }
        if (!isDigest(opening)) {
            known.add(opening.incidentId());
        }
        if (reminders != null) {
            reminders.told(opening, context.time().now());
        }
        if (budget != null) {
            budget.told(opening.incidentId());
        }
    }

    /** Goes on with what an earlier process has told together. */
    synchronized void resumeStorm(Storm storm) {
        Storms all = storms;
        if (all == null) { // it tells nothing together any more, but what it did is to end
            all = new Storms(context.monitor(), name, new AlertPolicy.Digest(Integer.MAX_VALUE, LAST_DIGESTS, null));
            storms = all;
        }
        all.restore(storm);
        Alert told = storm.told;
        if (told != null && told.kind().isOpening()) {
            resumeTold(told);
        }
    }

    /** Everything that an earlier process has left is there. */
    synchronized void resumed(Set<String> alertsOnTheirWay) {
        if (storms != null) {
            storms.onlyOnTheirWay(alertsOnTheirWay);
        }
    }

    /** Goes on with what an earlier process has counted. */
    synchronized void resumeBudget(LocalDate day, int used) {
        if (budget != null) {
            budget.restore(day, used);
        }
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
        left.removeIf(delivery -> delivery.alert.kind() == AlertKind.REMINDER);
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
        Turn turn = new Turn();
        Instant wall = context.time().now();
        long now = context.time().nanos();
        synchronized (this) {
            if (closed) {
                return Platform.Tick.NEVER;
            }
            if (trying != null) {
                return trying.deadline(now + STUCK_LOOK);
            }
            choose(turn, now, wall);
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
    private void choose(Turn turn, long now, Instant wall) {
        if (storms != null) {
            storms.due(now, hurried, wall).forEach(flush -> tellTogether(flush, turn, now));
            turn.noLaterThan(storms.nextFlush());
        }
        if (reminders != null) {
            reminders.due(wall).forEach(reminder -> remind(reminder, now));
            Instant next = reminders.next();
            turn.noLaterThan(next == null ? Platform.Tick.NEVER : now + nanosUntil(next, wall));
        }
        boolean free = true;
        while (free && turn.attempt == null) {
            Delivery delivery = backlog.take(now);
            free = delivery != null && consider(delivery, turn, now, wall);
        }
        if (turn.attempt != null) {
            trying = turn.attempt;
            turn.noLaterThan(now + policy.timeout().toNanos());
        } else if (!free) {
            turn.noLaterThan(Math.max(backlog.nextAt(Platform.Tick.NEVER), now));
        }
    }

    private void remind(Alert reminder, long now) {
        if (!backlog.hasAny(reminder.check()) && backlog.size() < policy.capacity()) {
            backlog.add(new Delivery(reminder, now, now + policy.expireAfter().toNanos()));
        }
    }

    /** Decides what happens to a delivery; returns whether another one may be looked at. The caller holds the lock. */
    private boolean consider(Delivery delivery, Turn turn, long now, Instant wall) {
        Alert alert = delivery.alert;
        boolean isFresh = delivery.attempts == 0;
        if (isPassedOver(delivery, wall)) {
            backlog.finish(delivery);
            turn.effects.add(() -> done(alert));
            return true;
        }
        if (isFirst(alert)) {
            if (isFresh && !delivery.wanted && policy.filter() != null) {
                turn.attempt = new Attempt(delivery, true);
                return true;
            }
            if (isFresh && gate.isTaken(alert)) {
                drop(delivery);
                turn.effects.add(() -> skip(alert, "it was acknowledged before it was to be told"));
                return true;
            }
            Gate.Hold hold = gate.hold(alert, wall);
            if (hold != null) {
                if (storms != null) {
                    storms.drop(delivery);
                }
                hold(delivery, hold.until(), turn, now, wall);
                return true;
            }
            if (delivery.held || delivery.marked) {
                backlog.release(delivery);
                delivery.expiresAt = now + policy.expireAfter().toNanos();
            }
        }
        if (storms != null && !isDigest(alert) && storms.isBehindDigest(alert.check())) {
            hold(delivery, Instant.MAX, turn, now, wall);
            return true;
        }
        if (storms != null && (isFirst(alert) || alert.kind().isClosing()) && storms.collects(delivery, now)) {
            hold(delivery, Instant.MAX, turn, now, wall);
            turn.noLaterThan(storms.nextFlush());
            return true;
        }
        if (isFresh && isFirst(alert) && budget != null && !budget.hasRoomFor(alert.incidentId(), wall)) {
            overBudget(delivery, turn, now, wall);
            return true;
        }
        if (delivery.marked && outbox != null) {
            Outbox kept = outbox;
            hold(delivery, Instant.MAX, turn, now, wall);
            turn.effects.add(() -> kept.release(alert, name, () -> released(delivery)));
            return true;
        }
        if (delivery.isExpired(now)) {
            backlog.finish(delivery);
            backlog.noteGivenUp(delivery);
            turn.effects.add(() -> giveUp(delivery, "not delivered within " + policy.expireAfter()));
            return true;
        }
        if (!hurried && !breaker.tryAcquire()) {
            backlog.putBack(delivery);
            turn.noLaterThan(Math.min(breaker.trialAt(), delivery.expiresAt));
            return false;
        }
        if (isFirst(alert) && budget != null) {
            budget.admit(alert.incidentId());
        }
        turn.attempt = new Attempt(delivery, false);
        return true;
    }

    private static boolean isDigest(Alert alert) {
        return alert.kind() == AlertKind.DIGEST || alert.kind() == AlertKind.DIGEST_ENDED;
    }

    /** Tells whether an alert begins something that a policy may put off. */
    private static boolean isFirst(Alert alert) {
        return alert.kind().isOpening() && alert.kind() != AlertKind.DIGEST;
    }

    /** Tells whether there is no need to tell something any more. */
    private boolean isPassedOver(Delivery delivery, Instant wall) {
        Alert alert = delivery.alert;
        if (alert.kind() == AlertKind.REMINDER) {
            return delivery.attempts == 0
                    && (reminders == null
                            || !reminders.isOpen(alert.incidentId())
                            || commands.isTaken(alert.incidentId())
                            || (storms != null && storms.areTaken(alert.incidentId(), commands))
                            || gate.hold(alert, wall) != null
                            || (budget != null && !budget.hasRoomForOne(wall)));
        }
        if (alert.kind() == AlertKind.ACKNOWLEDGED) {
            return delivery.attempts == 0 && !known.contains(alert.incidentId());
        }
        return alert.kind().isClosing() && backlog.forgetUnwanted(alert.incidentId());
    }

    private void hold(Delivery delivery, Instant until, Turn turn, long now, Instant wall) {
        backlog.hold(delivery, now + nanosUntil(until, wall));
        turn.noLaterThan(delivery.notBefore);
    }

    private static long nanosUntil(Instant end, Instant wall) {
        return end.isAfter(wall.plus(HELD_LOOK))
                ? HELD_LOOK.toNanos()
                : Math.max(MILLI, Duration.between(wall, end).toNanos());
    }

    /** It is kept that a delivery may be tried. */
    private void released(Delivery delivery) {
        synchronized (this) {
            delivery.marked = false;
            backlog.wake(delivery);
        }
        pump();
    }

    private void drop(Delivery delivery) {
        backlog.finish(delivery);
        backlog.noteUnwanted(delivery.alert.incidentId());
        if (storms != null) {
            storms.drop(delivery);
        }
    }

    private void overBudget(Delivery delivery, Turn turn, long now, Instant wall) {
        Budget daily = policy.budget();
        String other = daily == null ? null : daily.spillOver();
        if (other == null) {
            hold(delivery, budget == null ? Instant.MAX : budget.nextDay(wall), turn, now, wall);
            Outbox kept = outbox;
            if (kept != null && !delivery.marked && !delivery.mayBeTold()) {
                delivery.marked = true;
                turn.effects.add(() -> kept.hold(delivery.alert, name));
            }
        } else {
            drop(delivery);
            turn.effects.add(() -> spill.spill(delivery.alert, this, other));
        }
    }

    /** Puts one alert in the place of several, once that is kept. */
    private void tellTogether(Storms.Flush flush, Turn turn, long now) {
        Alert digest = flush.digest();
        Storm storm = flush.storm();
        if (digest == null || storm == null) {
            flush.parts().forEach(backlog::wake);
            return;
        }
        backlog.remove(flush.parts());
        if (digest.kind().isClosing() && reminders != null) {
            reminders.over(digest.incidentId());
        }
        Outbox kept = outbox;
        if (kept == null) {
            backlog.add(new Delivery(digest, now, now + policy.expireAfter().toNanos()));
            return;
        }
        byte[] record = storm.toBytes(name);
        List<Alert> parts = flush.parts().stream().map(part -> part.alert).toList();
        turn.effects.add(() ->
                kept.tellTogether(digest, record, parts, name, context.time().now(), () -> offer(digest)));
    }

    private void finished(Attempt attempt, @Nullable Throwable thrown, boolean expired) {
        if (attempt.asks) {
            asked(attempt);
        } else {
            tried(attempt, thrown, expired);
        }
        pump();
    }

    private void asked(Attempt attempt) {
        Delivery delivery = attempt.delivery;
        Alert alert = delivery.alert;
        synchronized (this) {
            trying = null;
            delivery.wanted = true;
            if (attempt.wanted) {
                backlog.putBack(delivery);
            } else {
                backlog.finish(delivery);
                backlog.noteUnwanted(alert.incidentId());
            }
        }
        if (!attempt.wanted) {
            notFor(alert);
        }
    }

    private void tried(Attempt attempt, @Nullable Throwable thrown, boolean expired) {
        Delivery delivery = attempt.delivery;
        delivery.attempts++;
        Instant wall = context.time().now();
        long now = context.time().nanos();
        boolean hopeless = thrown instanceof UndeliverableAlertException;
        boolean late = delivery.isExpired(now);
        boolean wasOpen = breaker.isOpen();
        if (thrown == null || hopeless) {
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
                note(delivery.alert, thrown == null, wall);
                if (wasOpen && !breaker.isOpen()) {
                    backlog.hurry(); // the destination is well again: what failed with it need not wait
                }
            } else {
                backlog.retry(delivery, now + pause(delivery.attempts, thrown));
            }
        }
        report(delivery, thrown, expired, hopeless || late, wasClosed, now);
    }

    /** Notes that the listener was told, or will not be. The caller holds the lock. */
    private void note(Alert alert, boolean delivered, Instant wall) {
        if (budget != null && delivered) {
            budget.delivered(alert, wall);
        } else if (budget != null) {
            budget.forget(alert.incidentId());
        }
        digestDone(alert);
        boolean lasts = alert.kind().isOpening() && !backlog.closes(alert);
        if (delivered && lasts && !isDigest(alert)) {
            known.add(alert.incidentId());
        }
        if (reminders != null && delivered && lasts) {
            reminders.told(alert, wall);
        }
    }

    /** What is behind a digest may be told. The caller holds the lock. */
    private void digestDone(Alert alert) {
        if (isDigest(alert) && storms != null && storms.done(alert)) {
            backlog.lookAgain();
        }
    }

    private void report(
            Delivery delivery, @Nullable Throwable thrown, boolean expired, boolean last, boolean wasClosed, long now) {
        Alert alert = delivery.alert;
        if (thrown == null) {
            delivered(alert);
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
        if (delivery.alert.kind() == AlertKind.REMINDER) {
            return; // the next one comes by itself
        }
        synchronized (this) {
            if (budget != null) {
                budget.forget(delivery.alert.incidentId());
            }
            digestDone(delivery.alert);
        }
        giveUp(context, name, delivery, reason, outbox);
    }

    /** An alert is not for this listener any more. */
    private void skip(Alert alert, String reason) {
        LOG.debug("[{}] alert listener '{}' does not get {}: {}", context.monitor(), name, alert.id(), reason);
        notFor(alert);
        context.events()
                .accept(new AlertSkipped(
                        context.monitor(),
                        name,
                        alert.check(),
                        alert.id(),
                        context.time().now(),
                        reason));
    }

    /** Neither the alert nor what follows upon it is for this listener. */
    private void notFor(Alert alert) {
        if (outbox != null && alert.kind().isOpening()) {
            outbox.notFor(alert, name);
        } else {
            done(alert);
        }
    }

    /** The alert need not be kept any more for this listener. */
    private void done(Alert alert) {
        if (outbox != null) {
            outbox.done(alert, name, List.of());
        }
    }

    /** The alert was delivered; what that has used of the budget is kept with it. */
    private void delivered(Alert alert) {
        if (outbox == null) {
            return;
        }
        List<Change> counted = List.of();
        if (budget != null) {
            synchronized (this) {
                counted = List.of(PolicyRecords.budget(name, budget.day(), budget.used()));
            }
        }
        if (alert.kind() == AlertKind.DIGEST_ENDED) {
            counted = new ArrayList<>(counted);
            counted.add(PolicyRecords.noStorm(alert.incidentId()));
        }
        outbox.done(alert, name, counted);
    }

    /** Puts an alert away that a listener will not get. */
    static void giveUp(LaneContext context, String name, Delivery delivery, String reason, @Nullable Outbox outbox) {
        Alert alert = delivery.alert;
        DeadLetter letter = new DeadLetter(name, alert, context.time().now(), delivery.attempts, reason);
        DeadLetter forgotten = context.deadLetters().add(letter);
        if (outbox != null) {
            outbox.bury(letter, forgotten, delivery.mayBeTold());
        }
        LOG.warn(
                "[{}] alert listener '{}' did not get alert {} ({} {}) after {} attempts: {}",
                context.monitor(),
                name,
                alert.id(),
                alert.check(),
                alert.kind(),
                delivery.attempts,
                reason);
        context.events()
                .accept(new AlertUndelivered(
                        context.monitor(), name, alert.check(), alert.id(), letter.at(), delivery.attempts, reason));
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

    /** Asks the filter; an error of it must not hide an outage. */
    private boolean isWanted(Predicate<Alert> filter, Alert alert) {
        try {
            return filter.test(alert);
        } catch (Throwable e) { // foreign code
            if (complaints.tryPass()) {
                LOG.warn(
                        "[{}] the filter of alert listener '{}' failed; the alert is sent", context.monitor(), name, e);
            }
            return true;
        }
    }

    /** Says what would become of an alert that begins something. Asks the filter on the thread of the caller. */
    PlannedAlert plan(Alert alert) {
        String refusal = policy.refusal(alert);
        Predicate<Alert> filter = policy.filter();
        if (refusal == null && filter != null && !isWanted(filter, alert)) {
            refusal = "its filter does not want it";
        }
        if (refusal != null) {
            return new PlannedAlert(name, PlannedAlert.Decision.NOT, null, refusal);
        }
        Instant wall = context.time().now();
        long now = context.time().nanos();
        synchronized (this) {
            Gate.Hold hold = gate.hold(alert, wall);
            if (hold == null && storms != null && storms.wouldCollect(alert, now)) {
                hold = new Gate.Hold(wall.plus(storms.within()), "it is told together with others");
            }
            Budget daily = policy.budget();
            if (hold == null && budget != null && daily != null && !budget.hasRoomFor(alert.incidentId(), wall)) {
                String used = "its budget of " + daily.perDay() + " a day is used up";
                if (daily.spillOver() != null) {
                    String reason = used + "; spills over to '" + daily.spillOver() + "'";
                    return new PlannedAlert(name, PlannedAlert.Decision.NOT, null, reason);
                }
                hold = new Gate.Hold(budget.nextDay(wall), used);
            }
            return hold == null
                    ? new PlannedAlert(name, PlannedAlert.Decision.NOW, wall, "it is told at once")
                    : new PlannedAlert(name, PlannedAlert.Decision.LATER, hold.until(), hold.reason());
        }
    }

    /** One attempt to deliver one alert, or to find out whether it is wanted. */
    private final class Attempt extends TimedWork {

        private final Delivery delivery;
        private final boolean asks;
        private boolean wanted = true;

        Attempt(Delivery delivery, boolean asks) {
            super(context.time().nanos());
            this.delivery = delivery;
            this.asks = asks;
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
            Predicate<Alert> filter = policy.filter();
            if (!asks) {
                listener.onAlert(delivery.alert);
            } else if (filter != null) {
                wanted = isWanted(filter, delivery.alert);
            }
        }

        @Override
        protected void ended(@Nullable Throwable thrown, boolean expired) {
            finished(this, thrown, expired);
        }
    }
}
