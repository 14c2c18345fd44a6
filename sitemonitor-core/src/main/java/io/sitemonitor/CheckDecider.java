package io.sitemonitor;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.definition.CheckSettings;
import io.sitemonitor.event.CheckChanged;
import io.sitemonitor.incident.StableId;
import io.sitemonitor.schedule.Platform.Tick;
import io.sitemonitor.state.Condition;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.state.Transition;
import io.sitemonitor.state.internal.Flaps;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What results, commands and the passing of time mean for one check: its state, its conditions, what is told, and when
 * it runs next. It calls nobody and starts nothing; what follows from a decision is added to the facts. Guarded by the
 * lock of its cell.
 */
final class CheckDecider {

    private final Engine engine;
    private final CheckCell cell;
    private final TimeSource time;
    private final Facts facts;
    private final CheckLedger ledger;
    private final CheckConditions conditions;
    private final CheckPace pace;

    /** Most checks never change often. */
    private @Nullable Flaps flaps;

    /** Most checks have no windows. */
    private @Nullable Maintenance maintenance;

    private Defined defined;
    private @Nullable CheckResult lastResult;
    private @Nullable Instant lastRunAt;
    private long lastDuration;

    /** When the run started that confirmed the outage that is owed. */
    private long confirmedRun;

    /** When to look again whether a condition begins or ends. */
    private long reviewAt = Tick.NEVER;

    private long staleAt = Tick.NEVER;
    private long maintenanceChangesAt = Tick.NEVER;
    private long pausedUntil = Tick.NEVER;

    /** Until when parents that may be to blame are waited for. */
    private long waitUntil;

    /** What has been kept for the next process. */
    private @Nullable CheckMemo kept;

    /** How many failed runs it takes after a cause has gone until an outage that it hid is told; zero if none was. */
    private int toConfirm;

    CheckDecider(CheckCell cell, Engine engine, Defined defined, CheckPace pace, Facts facts) {
        this.engine = engine;
        this.cell = cell;
        this.time = engine.time();
        this.facts = facts;
        this.defined = defined;
        this.pace = pace;
        String name = defined.definition().name();
        this.ledger = new CheckLedger(engine.name(), name, time, engine.incidents());
        this.conditions = new CheckConditions(engine.name(), name);
    }

    /** Goes on where an earlier process ended. */
    void restore(CheckMemo memo) {
        kept = memo;
        boolean sameCheck = memo.kind().equals(defined.kind()) && Objects.equals(memo.target(), defined.target());
        ledger.restore(memo, sameCheck);
    }

    /** Adds what is to be kept for the next process, if that is something else than what was kept last. */
    void keep() {
        CheckMemo memo = ledger.memo(defined);
        if (!Objects.equals(memo, kept)) {
            kept = memo;
            facts.add(new Kept(cell.name(), memo));
        }
    }

    private Parents parents() {
        return new Parents(cell);
    }

    private Maintenance maintenance() {
        Maintenance known = maintenance;
        if (known == null) {
            known = new Maintenance();
            maintenance = known;
        }
        return known;
    }

    Defined defined() {
        return defined;
    }

    private CheckSettings settings() {
        return defined.settings();
    }

    CheckLedger ledger() {
        return ledger;
    }

    boolean isPaused() {
        return conditions.has(ConditionKind.PAUSED);
    }

    /** Tells whether the next run is awaited, so that a slow pace does not hold it. */
    boolean isUrgent() {
        OwnLine line = engine.ownLine();
        return ledger.isUndecided()
                || toConfirm > 0
                || (line != null && line.isolation() != null && line.isProof(cell.name()));
    }

    /** Tells whether it is time to look whether a condition begins or ends. */
    boolean isReviewDue(long now) {
        return reviewAt != Tick.NEVER && now - reviewAt >= 0;
    }

    long reviewAt() {
        return reviewAt;
    }

    long staleAt() {
        return staleAt;
    }

    /** Returns when the next run and another one after it should have been made. */
    long overdueAt() {
        long second = pace.secondDue();
        return second == Tick.NEVER ? Tick.NEVER : second + slack();
    }

    private Duration lastDuration() {
        return Duration.ofNanos(lastDuration);
    }

    /** Begins to look at the time. */
    void start() {
        staleAt = overdueAt();
        review(time.nanos());
    }

    /** Decides what a result means and when to run next. */
    void apply(CheckResult result, Instant startedAt, long startedNanos, long now) {
        if (isReviewDue(now)) {
            review(now);
        }
        lastResult = result;
        lastRunAt = startedAt;
        lastDuration = now - startedNanos;
        Verdict verdict = result.verdict();
        boolean conclusive = verdict != Verdict.INCONCLUSIVE;
        if (conclusive && conditions.end(ConditionKind.STALE, time.now(), facts)) {
            countTime();
        }
        boolean told = engine.dispatcher().wantsRuns();
        Transition change = ledger.decide(defined, result, startedAt, startedNanos, now, told, facts);
        if (change != null) {
            changed(change, startedNanos, now);
        }
        if (conclusive) {
            count(verdict, startedNanos, now);
        }
        pace.decided(ledger.state(), isUrgent(), result, settings(), lastDuration, now);
        List<CheckCell> reached = pace.takeReached();
        if (!reached.isEmpty()) {
            facts.add((Facts.Follow) () -> reached.forEach(CheckCell::hostReached));
        }
        if (conclusive) {
            staleAt = overdueAt();
        }
        reconcile(now);
        planReview(now);
    }

    private void count(Verdict verdict, long startedNanos, long now) {
        if (verdict != Verdict.FAIL) {
            toConfirm = toConfirm > 0 ? settings().thresholds().downAfter() : 0;
            return;
        }
        if (toConfirm > 0) {
            toConfirm--;
            confirmed(startedNanos, now);
        }
        boolean open = ledger.state() != HealthState.DOWN || ledger.owesOutage();
        if (open && !settings().dependsOn().isEmpty()) {
            facts.add((Facts.Follow) () -> parents().runSince(startedNanos));
        }
    }

    /** Enough runs have failed: from now on only parents are waited for that may be to blame for this one. */
    private void confirmed(long startedNanos, long now) {
        confirmedRun = startedNanos;
        waitUntil = now + (settings().dependsOn().isEmpty() ? 0 : parents().patience());
    }

    private void changed(Transition change, long startedNanos, long now) {
        if (change.to() == HealthState.DOWN) {
            confirmed(startedNanos, now);
        } else {
            toConfirm = 0;
        }
        boolean silent = change.from() == HealthState.UNKNOWN && change.to() == HealthState.UP;
        boolean counts = !silent && !conditions.has(ConditionKind.MAINTENANCE);
        if (counts && flaps().changed(now, settings().flapping())) {
            String reason = "its state changes too often";
            conditions.begin(ConditionKind.FLAPPING, reason, null, time.now(), facts);
            String id = StableId.of(
                    "flapping", engine.name(), cell.name(), change.at().toString());
            ledger.announcing()
                    .flapping(new Opening(AlertKind.FLAPPING, id, change.from(), change.at(), now, CheckResult.pass()));
        }
    }

    /** Tells what is to be told by now. */
    private void reconcile(long now) {
        Announcements announcements = ledger.announcements();
        if (announcements == null || lastRunAt == null) {
            return; // what an earlier process has left waits for the first run of this one
        }
        boolean waits = ledger.owesOutage()
                && (ledger.state() != HealthState.DOWN // something else is checked by now
                        || toConfirm > 0
                        || (now - waitUntil < 0 && parents().mayBeToBlame(confirmedRun)));
        CheckResult last = lastResult == null ? CheckResult.inconclusive("no run yet") : lastResult;
        if (waits && conditions.hold() == null) {
            suppress(); // a parent may have been decided while we looked
        }
        announcements.reconcile(defined, ledger.state(), last, conditions.hold(), waits, facts);
    }

    /** Looks which conditions begin or end by the passing of time or by what others have found. */
    void review(long now) {
        if (pausedUntil != Tick.NEVER && now - pausedUntil >= 0) {
            resume(now);
        }
        maintain(now);
        suppress();
        if (flaps != null && flaps.calmed(now, settings().flapping())) {
            conditions.end(ConditionKind.FLAPPING, time.now(), facts);
            ledger.announcing().calm();
        }
        if (staleAt != Tick.NEVER && now - staleAt >= 0 && !conditions.has(ConditionKind.STALE)) {
            goStale();
        }
        reconcile(now);
        planReview(now);
    }

    private void goStale() {
        String reason = "no conclusive run for two intervals";
        conditions.begin(ConditionKind.STALE, reason, null, time.now(), facts);
        ledger.skip();
        countTime();
        if (ledger.state().isUp()) {
            ledger.forgetState(reason, facts);
        }
    }

    private void countTime() {
        ledger.count(!conditions.isUncounted(), cell.awaitsResult());
    }

    private Flaps flaps() {
        Flaps known = flaps;
        if (known == null) {
            known = new Flaps();
            flaps = known;
        }
        return known;
    }

    private void maintain(long now) {
        if (maintenance == null && settings().maintenance().isEmpty()) {
            return;
        }
        Instant wall = time.now();
        Maintenance.Work work = maintenance().at(settings().maintenance(), wall, now);
        maintenanceChangesAt = maintenance().nextChange(settings().maintenance(), wall, now);
        if (work != null) {
            conditions.begin(ConditionKind.MAINTENANCE, work.reason(), work.until(), wall, facts);
        } else {
            conditions.end(ConditionKind.MAINTENANCE, wall, facts);
        }
        countTime();
    }

    private void suppress() {
        Condition before = conditions.get(ConditionKind.SUPPRESSED);
        String cause = settings().dependsOn().isEmpty() ? null : parents().cause();
        if (cause != null) {
            conditions.begin(ConditionKind.SUPPRESSED, cause + " is down", null, time.now(), facts);
            toConfirm = 0;
        } else if (conditions.end(ConditionKind.SUPPRESSED, time.now(), facts) && ledger.owesOutage()) {
            toConfirm = settings().thresholds().downAfter();
            pace.beDue(time.nanos());
        }
        if (ledger.state() == HealthState.DOWN && before != conditions.get(ConditionKind.SUPPRESSED)) {
            facts.add((Facts.Follow) () -> engine.tellDependents(cell)); // they name the same cause as this one
        }
    }

    /** Plans when to look at the conditions again. */
    private void planReview(long now) {
        long at = Tick.NEVER;
        if (staleAt != Tick.NEVER && !conditions.has(ConditionKind.STALE)) {
            at = staleAt;
        }
        if (flaps != null && flaps.isFlapping()) {
            at = Math.min(at, flaps.calmAt(settings().flapping()));
        }
        at = Math.min(at, pausedUntil);
        if (ledger.owesOutage() && waitUntil - now > 0) {
            at = Math.min(at, waitUntil);
        }
        reviewAt = Math.min(at, maintenanceChangesAt);
    }

    /** How much later than due a run may end before it counts as not made. */
    private long slack() {
        return settings().timeout().toNanos() + 1_000_000_000L;
    }

    void clockStepped(long now) {
        if (pace.clockStepped(now)) {
            staleAt = overdueAt();
        }
        if (maintenance != null) {
            maintenance.clockStepped(time.now(), now);
        }
        Condition paused = conditions.get(ConditionKind.PAUSED);
        if (paused != null && pausedUntil != Tick.NEVER) {
            Instant until = time.now().plusNanos(pausedUntil - now);
            conditions.begin(ConditionKind.PAUSED, paused.reason(), until, time.now(), facts);
        }
        review(now);
    }

    /** The next run is put off until then for the host's sake; returns until when the check counts as watched. */
    long putOff(long until) {
        long overdue = until + pace.interval() + slack();
        staleAt = staleAt == Tick.NEVER ? staleAt : Math.max(staleAt, overdue);
        planReview(time.nanos());
        return overdue;
    }

    /** The next run was put off, so the check counts as watched for as much longer. */
    void spared() {
        staleAt = overdueAt();
        planReview(time.nanos());
    }

    void replace(Defined replacement, boolean otherCheck, long now) {
        defined = replacement;
        facts.add(changed(CheckChanged.Change.REPLACED));
        pace.change(settings().schedule());
        if (cell.isStarted()) {
            pace.waitForGrid(now);
        }
        if (otherCheck) {
            ledger.forgetState("something else is checked from now on", facts);
        } else {
            ledger.forgetStreaks();
        }
        toConfirm = toConfirm > 0 ? settings().thresholds().downAfter() : 0;
        staleAt = pace.secondLineAfter(now) + slack();
        review(now);
    }

    /** Returns whether it was not paused. */
    boolean pause(String reason, @Nullable Duration limit, long now) {
        boolean fresh = !isPaused();
        if (fresh) {
            ledger.forgetStreaks();
            pace.forgetBreaker();
            facts.add(changed(CheckChanged.Change.PAUSED));
        }
        pausedUntil = limit == null ? Tick.NEVER : now + limit.toNanos();
        Instant until = limit == null ? null : time.now().plus(limit);
        conditions.begin(ConditionKind.PAUSED, reason, until, time.now(), facts);
        countTime();
        planReview(now);
        return fresh;
    }

    /** Returns whether it was paused. */
    boolean resume(long now) {
        pausedUntil = Tick.NEVER;
        if (!conditions.end(ConditionKind.PAUSED, time.now(), facts)) {
            return false;
        }
        countTime();
        pace.forgetBreaker();
        if (cell.isStarted()) {
            pace.beDue(now);
        }
        facts.add(changed(CheckChanged.Change.RESUMED));
        return true;
    }

    void openMaintenance(String reason, Duration limit, long now) {
        maintenance().open(reason, limit, time.now(), now);
        review(now);
    }

    void closeMaintenance(long now) {
        maintenance().close();
        review(now);
    }

    /** Ends it for good; {@code announced} says whether what is open is closed and the removal told. */
    void end(boolean announced) {
        if (announced) {
            ledger.end(facts);
            facts.add(changed(CheckChanged.Change.REMOVED));
        }
        pace.forgetBreaker();
        reviewAt = Tick.NEVER;
    }

    CheckChanged changed(CheckChanged.Change change) {
        return new CheckChanged(engine.name(), cell.name(), defined.kind(), time.now(), change, defined.insecure());
    }

    /** Describes the check to those who ask; {@code due} is when its next run is due, or never. */
    CheckSnapshot snapshot(HealthState seen, long due, long missed, boolean stuck) {
        List<Condition> held = conditions.list();
        OwnLine line = engine.ownLine();
        Condition isolation = line == null ? null : line.isolation();
        if (isolation != null) {
            held.add(isolation);
        }
        Instant next = due == Tick.NEVER ? null : time.now().plusNanos(Math.max(0, due - time.nanos()));
        return new CheckSnapshot(
                cell.name(),
                defined.kind(),
                defined.target(),
                seen,
                ledger.since(),
                held,
                settings(),
                lastResult,
                lastRunAt,
                lastResult == null ? null : lastDuration(),
                next,
                ledger.incident(),
                missed,
                stuck,
                ledger.figures());
    }
}
