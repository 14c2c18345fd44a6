package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertPolicy;
import io.sitemonitor.alert.AlertPolicy.Budget;
import io.sitemonitor.alert.AlertPolicy.Digest;
import io.sitemonitor.alert.PlannedAlert;
import io.sitemonitor.alert.internal.Backlog.Delivery;
import io.sitemonitor.schedule.Platform.Tick;
import io.sitemonitor.store.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the policy of a listener makes of each alert, and what it has to remember for that. Guarded by the lock of its lane; calls
 * nothing foreign.
 */
final class LanePolicy {

    /** How long the ends of what was told together are collected if the listener has no digests any more. */
    private static final Duration LAST_DIGESTS = Duration.ofSeconds(30);

    private static final Verdict TELL = new Verdict(What.TELL, null, "");
    private static final Verdict ASK = new Verdict(What.ASK, null, "");
    private static final Verdict PASS_OVER = new Verdict(What.PASS_OVER, null, "");

    /** What becomes of a delivery. */
    enum What {
        /** It is told now. */
        TELL,
        /** The filter is to be asked first. */
        ASK,
        /** There is no need for it. */
        PASS_OVER,
        /** It is not told after all, which is reported. */
        SKIP,
        /** It waits until the listener may be told. */
        HOLD,
        /** It waits for others that are told together with it, or before it. */
        WAIT,
        /** Another listener gets it. */
        SPILL
    }

    /**
     * What becomes of a delivery.
     *
     * @param what what
     * @param until when to ask again; null if it does not wait
     * @param reason why, or the other listener
     */
    record Verdict(What what, @Nullable Instant until, String reason) {}

    private final String name;
    private final String monitor;
    private final AlertPolicy policy;
    private final Commands commands;
    private final Gate gate;
    private final @Nullable DayBudget budget;
    private final @Nullable Reminders reminders;
    private @Nullable Storms storms;

    /** What the listener was told by itself, not in a digest, and what is not over. */
    private final Set<String> known = new HashSet<>();

    LanePolicy(String name, String monitor, AlertPolicy policy, Commands commands) {
        this.name = name;
        this.monitor = monitor;
        this.policy = policy;
        this.commands = commands;
        this.gate = new Gate(name, policy, commands);
        Budget daily = policy.budget();
        this.budget = daily == null ? null : new DayBudget(daily);
        Duration every = policy.remindEvery();
        this.reminders = every == null ? null : new Reminders(name, every);
        Digest together = policy.digest();
        this.storms = together == null ? null : new Storms(monitor, name, together);
    }

    /** Decides what becomes of a delivery whose turn it is. */
    Verdict judge(Delivery delivery, long now, Instant wall) {
        Alert alert = delivery.alert;
        boolean isFresh = delivery.attempts == 0;
        if (isFresh && isNeedless(alert, wall)) {
            return PASS_OVER;
        }
        if (isFirst(alert)) {
            if (isFresh && !delivery.wanted && policy.filter() != null) {
                return ASK;
            }
            if (!delivery.mayBeTold() && gate.isAcknowledged(alert)) {
                drop(delivery);
                return new Verdict(What.SKIP, null, "it was acknowledged before it was to be told");
            }
            Gate.Hold hold = gate.hold(alert, wall);
            if (hold != null) {
                drop(delivery);
                return new Verdict(What.HOLD, hold.until(), hold.reason());
            }
        }
        if (storms != null && !isDigest(alert) && waitsForDigest(storms, delivery, now)) {
            return new Verdict(What.WAIT, Instant.MAX, "it is told together with others");
        }
        DayBudget daily = budget;
        if (!delivery.mayBeTold() && isFirst(alert) && daily != null && !daily.hasRoomFor(alert.incidentId(), wall)) {
            return overBudget(delivery, daily, wall);
        }
        return TELL;
    }

    private static boolean waitsForDigest(Storms all, Delivery delivery, long now) {
        Alert alert = delivery.alert;
        return all.isBehindDigest(alert.check())
                || ((isFirst(alert) || alert.kind().isClosing()) && all.collects(delivery, now));
    }

    private Verdict overBudget(Delivery delivery, DayBudget daily, Instant wall) {
        Budget settings = policy.budget();
        String other = settings == null ? null : settings.spillOver();
        drop(delivery);
        return other == null
                ? new Verdict(What.HOLD, daily.nextDay(wall), "its budget is used up")
                : new Verdict(What.SPILL, null, other);
    }

    /** Tells whether an alert beside an outage need not be told. */
    private boolean isNeedless(Alert alert, Instant wall) {
        String incident = alert.incidentId();
        return switch (alert.kind()) {
            case REMINDER ->
                reminders == null
                        || !reminders.isOpen(incident)
                        || commands.isAcknowledged(incident)
                        || (storms != null && storms.areAcknowledged(incident, commands))
                        || gate.hold(alert, wall) != null
                        || (budget != null && !budget.hasRoomForOne(wall));
            case ACKNOWLEDGED -> !known.contains(incident);
            default -> false;
        };
    }

    static boolean isDigest(Alert alert) {
        return alert.kind() == AlertKind.DIGEST || alert.kind() == AlertKind.DIGEST_ENDED;
    }

    /** Tells whether an alert begins something that a policy may put off. */
    static boolean isFirst(Alert alert) {
        return alert.kind().isOpening() && alert.kind() != AlertKind.DIGEST;
    }

    /** A delivery is tried for the first time. */
    void admit(Alert alert) {
        if (isFirst(alert) && budget != null) {
            budget.admit(alert.incidentId());
        }
    }

    /** A delivery is not to be told together with others. */
    void drop(Delivery delivery) {
        if (storms != null) {
            storms.drop(delivery);
        }
    }

    /** Something is over. */
    void over(Alert closing) {
        known.remove(closing.incidentId());
        if (reminders != null) {
            reminders.over(closing.incidentId());
        }
    }

    /** The listener was told; {@code lasts} says whether what was told is not over by now. */
    void delivered(Alert alert, boolean lasts, Instant wall) {
        if (budget != null) {
            budget.delivered(alert, wall);
        }
        if (!lasts || !alert.kind().isOpening()) {
            return;
        }
        if (!isDigest(alert)) {
            known.add(alert.incidentId());
        }
        if (reminders != null) {
            reminders.told(alert, wall);
        }
    }

    /** The listener will not be told. */
    void givenUp(Alert alert) {
        if (budget != null) {
            budget.forget(alert.incidentId());
        }
    }

    /** A digest is done with; returns whether something may wait for that. */
    boolean digestDone(Alert alert) {
        return isDigest(alert) && storms != null && storms.done(alert);
    }

    /** Takes what is to be told together by now. */
    List<Storms.Flush> flushes(long now, boolean all, Instant wall) {
        List<Storms.Flush> due = storms == null ? List.of() : storms.due(now, all, wall);
        for (Storms.Flush flush : due) {
            Alert digest = flush.digest();
            if (digest != null && digest.kind().isClosing()) {
                over(digest);
            }
        }
        return due;
    }

    /** Takes the reminders that are due. */
    List<Alert> reminders(Instant wall) {
        return reminders == null ? List.of() : reminders.due(wall);
    }

    /** Returns when something is to be told together, or {@link Tick#NEVER}. */
    long nextFlush() {
        return storms == null ? Tick.NEVER : storms.nextFlush();
    }

    /** Returns when the next reminder is due; null if none is. */
    @Nullable
    Instant nextReminder() {
        return reminders == null ? null : reminders.next();
    }

    /** What is to be kept once an alert was delivered. */
    List<Change> kept(Alert delivered) {
        List<Change> changes = new ArrayList<>(1);
        if (budget != null) {
            changes.add(PolicyRecords.budget(name, budget.day(), budget.used()));
        }
        if (delivered.kind() == AlertKind.DIGEST_ENDED) {
            changes.add(PolicyRecords.noStorm(delivered.incidentId()));
        }
        return changes;
    }

    /** Goes on with an alert that is on its way. */
    void resume(Alert alert) {
        boolean inDigest = storms != null && storms.hasMember(alert.incidentId());
        if (budget != null && alert.kind().isClosing() && !inDigest) {
            budget.told(alert.incidentId());
        }
    }

    /** Goes on with what an earlier process has told that still lasts. */
    void resumeTold(Alert opening, Instant wall) {
        if (storms != null && storms.hasMember(opening.incidentId())) {
            return; // it was told of that in a digest, which is kept by itself
        }
        if (!isDigest(opening)) {
            known.add(opening.incidentId());
        }
        if (reminders != null) {
            reminders.told(opening, wall);
        }
        if (budget != null) {
            budget.told(opening.incidentId());
        }
    }

    /** Goes on with what an earlier process has told together. */
    void resumeStorm(Storm storm, Instant wall) {
        Storms all = storms;
        if (all == null) { // it tells nothing together any more, but what it did is to end
            all = new Storms(monitor, name, new Digest(Integer.MAX_VALUE, LAST_DIGESTS, null));
            storms = all;
        }
        all.restore(storm);
        Alert told = storm.told;
        if (told != null && told.kind().isOpening()) {
            resumeTold(told, wall);
        }
    }

    /** Everything that an earlier process has left is there. */
    void resumed(Set<String> alertsOnTheirWay) {
        if (storms != null) {
            storms.onlyOnTheirWay(alertsOnTheirWay);
        }
    }

    /** Goes on with what an earlier process has counted. */
    void resumeBudget(LocalDate day, int used) {
        if (budget != null) {
            budget.restore(day, used);
        }
    }

    /** Says what would become of an alert that begins something. Nothing is noted. */
    PlannedAlert plan(Alert alert, long now, Instant wall) {
        Gate.Hold hold = gate.hold(alert, wall);
        if (hold == null && storms != null && storms.wouldCollect(alert, now)) {
            hold = new Gate.Hold(wall.plus(storms.within()), "it is told together with others");
        }
        Budget daily = policy.budget();
        if (hold == null && budget != null && daily != null && !budget.hasRoomFor(alert.incidentId(), wall)) {
            String used = "its budget of " + daily.perDay() + " a day is used up";
            if (daily.spillOver() != null) {
                return not(used + "; spills over to '" + daily.spillOver() + "'");
            }
            hold = new Gate.Hold(budget.nextDay(wall), used);
        }
        return hold == null
                ? new PlannedAlert(name, PlannedAlert.Decision.NOW, wall, "it is told at once")
                : new PlannedAlert(name, PlannedAlert.Decision.LATER, hold.until(), hold.reason());
    }

    PlannedAlert not(String reason) {
        return new PlannedAlert(name, PlannedAlert.Decision.NOT, null, reason);
    }
}
