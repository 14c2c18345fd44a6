package io.sitemonitor;

import io.sitemonitor.ModelRuns.Ran;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One check as the design has it, in the plainest way: it remembers its runs and looks back over them, and it does one
 * thing at a time. Written from design §6 and the public javadoc, not from the engine, and compared with it by
 * {@link HistoryPlayer}. All times are nanoseconds, the monotonic ones and the wall's both from zero.
 */
final class ModelCheck {

    static final long NEVER = Long.MAX_VALUE;
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final long GRACE = 50 * MILLI;
    private static final long STUCK = 200 * MILLI;

    /** A run that goes on: what it will find, and when. */
    private record Going(Verdict verdict, long start, long wall, long end, long limit, int version) {}

    private final String name;
    private final ModelMonitor monitor;
    private final ModelParents parents;
    private final ModelLog log;
    private final ModelWall wall;
    private final long phase;
    private final ModelRuns runs = new ModelRuns();
    private final ModelBreaker breaker = new ModelBreaker();
    private final ModelWork maintenance = new ModelWork();
    private final ModelHolds holds;
    private final ModelTold told;
    private final ModelUptime uptime;
    private Step.Settings settings;
    private Step.Find finds;
    private HealthState state = HealthState.UNKNOWN;
    private boolean news;
    private int version;
    private boolean removed;
    private long due;
    private boolean wanted;
    private @Nullable Going going;
    private boolean overdue;
    private boolean stuck;
    private boolean foreign;
    private long staleAt;

    /** When maintenance begins or ends, as far as was known at the last look. */
    private long workChangesAt = NEVER;

    // §6.7: who asks for runs of this check, and for whom it waits itself
    private long lastStart;
    private long askedSince;
    private boolean awaited;
    private HealthState shown = HealthState.UNKNOWN;
    private boolean shownPaused;
    private int toConfirm;
    private long confirmedRun;
    private long waitUntil;
    private long reviewAt;

    ModelCheck(String name, Step.Settings settings, ModelMonitor monitor, long now) {
        this.name = name;
        this.monitor = monitor;
        this.settings = settings;
        this.log = monitor.log(name);
        this.wall = monitor.wall();
        this.parents = new ModelParents(this, monitor::check);
        this.lastStart = now - 1;
        this.askedSince = now - 1;
        this.phase = now;
        this.holds = new ModelHolds(log, wall);
        this.told = new ModelTold(log, wall);
        this.uptime = new ModelUptime(now);
        this.due = now;
        this.staleAt = now + staleness();
        this.finds = new Step.Find(name, Verdict.PASS, MILLI, false);
        review(now);
    }

    /** P21: what nobody has looked at for too long is not known, even once the monitor is closed. */
    HealthState state(long now) {
        return state.isUp() && now >= staleAt ? HealthState.UNKNOWN : state;
    }

    /** When the open outage began, by the wall; {@link #NEVER} if there is none. */
    long outageSince() {
        return told.outageSince();
    }

    String name() {
        return name;
    }

    /** What the others see of its state. */
    HealthState known() {
        return shown;
    }

    Step.Settings settings() {
        return settings;
    }

    boolean isPaused() {
        return holds.has(ConditionKind.PAUSED);
    }

    /** When the next run is planned, or {@link #NEVER}. */
    long planned() {
        return !removed && (!isPaused() || wanted) ? due : NEVER;
    }

    /** When something happens of itself, or {@link #NEVER}. */
    long next() {
        long next = waitsForDropped() ? NEVER : planned();
        if (!removed) {
            next = Math.min(next, reviewAt);
        }
        Going run = going;
        if (run != null) {
            long look = overdue ? stuck ? NEVER : run.limit() + STUCK : run.limit();
            next = Math.min(next, Math.min(run.end(), look));
        }
        return next;
    }

    /** Tells whether it is the passing of time, and not the end of a run, what happens next. */
    boolean isTimed() {
        Going run = going;
        return run == null || next() < run.end();
    }

    private void plan(long now) {
        reviewAt = holds.has(ConditionKind.STALE) ? workChangesAt : Math.min(staleAt, workChangesAt);
        if (told.owesOutage() && waitUntil > now) {
            reviewAt = Math.min(reviewAt, waitUntil);
        }
    }

    /** A run that does not count any more goes on, and may be expected to end: the next one comes after it. */
    private boolean waitsForDropped() {
        Going run = going;
        return run != null && run.version() != version && !stuck;
    }

    /** Does what happens of itself at {@link #next()}. */
    void happen(long now) {
        Going run = going;
        if (!removed && now >= reviewAt) {
            lookAgain(now);
        } else if (run != null && !overdue && now >= run.limit()) {
            overdue = true;
            outcome(run, Verdict.FAIL, now);
        } else if (run != null && overdue && !stuck && now >= run.limit() + STUCK) {
            stuck = true;
        } else if (now >= planned() && !waitsForDropped()) {
            come(now);
        } else if (run != null && now >= run.end()) {
            going = null;
            if (!overdue) {
                outcome(run, run.verdict(), now);
            }
            overdue = false;
            stuck = false;
        }
    }

    /** Looks what holds by now (P21, §6.8), and tells what nothing holds any more. */
    private void review(long now) {
        ModelWork.Work work = maintenance.at(settings.window(), wall.at(now), now);
        workChangesAt = maintenance.nextChange(settings.window(), wall.at(now), now);
        if (work == null) {
            holds.end(ConditionKind.MAINTENANCE, now);
        } else {
            holds.begin(ConditionKind.MAINTENANCE, work.reason(), work.until(), now);
        }
        count(now);
        lookForCause(now);
        if (now >= staleAt && !holds.has(ConditionKind.STALE)) {
            uptime.decide(now, HealthState.UNKNOWN);
            holds.begin(ConditionKind.STALE, "no conclusive run for two intervals", NEVER, now);
            if (state.isUp()) {
                forgetState(now);
            }
            count(now);
        }
        tell(now);
        plan(now);
    }

    /** §6.7: a parent went down, or the last one is up again. */
    private void lookForCause(long now) {
        String before = holds.reason(ConditionKind.SUPPRESSED);
        String cause = parents.cause();
        if (cause != null) {
            holds.begin(ConditionKind.SUPPRESSED, cause + " is down", NEVER, now);
            toConfirm = 0;
        } else if (holds.end(ConditionKind.SUPPRESSED, now) && told.owesOutage()) {
            toConfirm = settings.thresholds().downAfter();
            due = now;
        }
        if (state == HealthState.DOWN && !Objects.equals(before, holds.reason(ConditionKind.SUPPRESSED))) {
            news = true;
        }
    }

    /** Looks what holds by now, and lets those know who depend on it. */
    void lookAgain(long now) {
        if (!removed) {
            review(now);
            show(false);
        }
    }

    /** Lets those who depend on it know of a state, a pause, or anything else if they asked for it. */
    private void show(boolean anyway) {
        boolean tells = anyway || news || shown != state || shownPaused != isPaused();
        if (anyway || shown != state || shownPaused != isPaused()) {
            awaited = false;
        }
        news = false;
        shown = state;
        shownPaused = isPaused();
        if (tells) {
            monitor.tellDependents(name);
        }
    }

    void beAwaited() {
        awaited = true;
    }

    /** Tells whether it may be down although its state does not say so. */
    boolean isUndecidedSince(long since) {
        return lastStart < since || (state != HealthState.DOWN && runs.inARow(Ran::failed) > 0);
    }

    /** §6.7: somebody's run failed that began then: runs at once, at most once a second, unless it has begun later. */
    void runSince(long since, long now) {
        Going run = going;
        boolean covered = lastStart >= since || (run != null && !overdue && run.start() >= since);
        if (covered || removed || isPaused()) {
            return;
        }
        askedSince = since;
        if (run == null) {
            due = Math.min(due, Math.max(now, lastStart + gap()));
        }
    }

    private long gap() {
        return Math.min(SECOND, settings.retryEvery());
    }

    /** Time in which something holds that lets nobody know, or judge, counts for neither. */
    private void count(long now) {
        boolean counts = !holds.has(ConditionKind.MAINTENANCE)
                && !holds.has(ConditionKind.PAUSED)
                && !holds.has(ConditionKind.STALE);
        if (uptime.count(counts, now) && !isOpen()) {
            uptime.decide(now, state);
        }
    }

    private boolean isOpen() {
        Going run = going;
        return isSuspected() || (run != null && run.version() == version && !overdue);
    }

    /** How long it was up and down; null while a run goes on or a change is suspected, for then nobody knows yet. */
    @Nullable
    String uptime(long now) {
        return isOpen() ? null : uptime.sum(state, now);
    }

    private void tell(long now) {
        boolean waits = told.owesOutage()
                && (state != HealthState.DOWN
                        || toConfirm > 0
                        || (now < waitUntil && parents.mayBeToBlame(confirmedRun)));
        told.tell(state, hold(), waits, now);
    }

    private @Nullable ConditionKind hold() {
        if (holds.has(ConditionKind.MAINTENANCE)) {
            return ConditionKind.MAINTENANCE;
        }
        return holds.has(ConditionKind.SUPPRESSED) ? ConditionKind.SUPPRESSED : null;
    }

    /** §6.4, §6.5: a run is due. */
    private void come(long now) {
        Going run = going;
        if (run != null && !overdue) {
            due = lineAfter(now);
        } else if (run != null) {
            decide(foreign ? Verdict.INCONCLUSIVE : Verdict.FAIL, wall.at(now), now, now);
        } else if (!wanted && !isUndecided() && breaker.spares(settings, now)) {
            due = lineAfter(Math.max(breaker.until(settings), now + 1) - 1);
            staleAt = due + staleness();
            plan(now);
        } else {
            breaker.begins(wanted, isUndecided());
            due = lineAfter(now);
            log.started(now);
            foreign = false;
            going = new Going(verdict(), now, wall.at(now), now + takes(), now + settings.timeout() + grace(), version);
        }
    }

    private long grace() {
        return Math.min(GRACE, settings.timeout() / 4);
    }

    private long takes() {
        return finds.hangs() ? finds.takes() : Math.min(finds.takes(), settings.timeout());
    }

    private Verdict verdict() {
        return finds.takes() > settings.timeout() ? Verdict.FAIL : finds.verdict();
    }

    private void outcome(Going run, Verdict verdict, long now) {
        if (removed) {
            return;
        }
        if (run.version() == version) {
            decide(verdict, run.wall(), run.start(), now);
        } else if (log.isAwaited()) {
            wanted = true;
            due = now;
        }
    }

    private void decide(Verdict found, long startWall, long start, long now) {
        boolean jumped = Math.abs(wall.at(now) - startWall - (now - start)) >= SECOND;
        Verdict verdict = found == Verdict.FAIL && jumped ? Verdict.INCONCLUSIVE : found;
        boolean conclusive = verdict != Verdict.INCONCLUSIVE;
        if (conclusive) {
            holds.end(ConditionKind.STALE, now);
            count(now);
            runs.add(new Ran(verdict, startWall, start));
        }
        HealthState before = state;
        state = decided(verdict);
        if (state != before) {
            changed(before, now);
        } else if (!isSuspected()) {
            uptime.decide(now, conclusive ? state : HealthState.UNKNOWN);
        }
        if (conclusive) {
            over(before, now);
            prove(verdict, before, start, now);
        }
        wanted = false;
        pace(verdict, now - start, now);
        if (conclusive) {
            staleAt = due + staleness();
        }
        tell(now);
        plan(now);
        if (askedSince > start) {
            due = Math.min(due, start + gap());
        }
        lastStart = start;
        log.answer(verdict.name());
        if (verdict == Verdict.FAIL && (state != HealthState.DOWN || told.owesOutage())) {
            parents.runSince(start, now);
        }
        show(awaited);
    }

    /** §6.7: an outage waits for its parents, and one that a cause has hidden must prove itself again. */
    private void prove(Verdict verdict, HealthState before, long start, long now) {
        if (state != before && state != HealthState.DOWN) {
            toConfirm = 0;
        }
        boolean proves = verdict == Verdict.FAIL && toConfirm > 0;
        if (verdict != Verdict.FAIL && toConfirm > 0) {
            toConfirm = settings.thresholds().downAfter();
        }
        toConfirm -= proves ? 1 : 0;
        if (proves || (state != before && state == HealthState.DOWN)) {
            confirmedRun = start;
            waitUntil = now + (settings.parents().isEmpty() ? 0 : parents.patience());
        }
    }

    /** §6.1, §6.2. */
    private HealthState decided(Verdict verdict) {
        if (verdict == Verdict.INCONCLUSIVE) {
            return state;
        }
        if (runs.inARow(Ran::failed) >= settings.thresholds().downAfter()) {
            return HealthState.DOWN;
        }
        int up = settings.thresholds().upAfter();
        boolean troubled = runs.inARow(Ran::troubled) >= settings.thresholds().degradedAfter();
        return switch (state) {
            case UNKNOWN -> verdict == Verdict.PASS ? HealthState.UP : troubled ? HealthState.DEGRADED : state;
            case UP -> troubled ? HealthState.DEGRADED : state;
            case DEGRADED -> runs.inARow(Ran::passed) >= up ? HealthState.UP : state;
            case DOWN ->
                runs.inARow(Ran::passed) >= up
                        ? HealthState.UP
                        : runs.inARow(Ran::worked) >= up ? HealthState.DEGRADED : state;
        };
    }

    private void changed(HealthState before, long now) {
        Ran first = runs.first(reason(before));
        log.changes.add(new ModelFact.Change(before, state, first.wall(), wall.at(now), runs.inARow(reason(before))));
        told.changed(before, state, first);
        uptime.decide(first.start(), before);
        uptime.decide(now, state);
    }

    /** §7.2: an outage ends when enough runs in a row have worked, a degradation when the check is up. */
    private void over(HealthState before, long now) {
        boolean works = runs.inARow(Ran::worked) >= settings.thresholds().upAfter();
        if (told.hasOutage() && (state == HealthState.UP || (state == HealthState.DEGRADED && works))) {
            told.outageOver(before, state, runs.first(Ran::worked), now);
        }
        if (told.hasDegradation() && state == HealthState.UP) {
            told.degradationOver(before, state, runs.first(Ran::passed), now);
        }
    }

    private Predicate<Ran> reason(HealthState before) {
        return switch (state) {
            case DOWN -> Ran::failed;
            case DEGRADED -> before == HealthState.DOWN ? Ran::worked : Ran::troubled;
            default -> Ran::passed;
        };
    }

    /** §6.3, §6.10: when the next run is due. */
    private void pace(Verdict verdict, long took, long now) {
        breaker.ended(state, verdict, settings, took, now);
        due = lineAfter(now);
        if (isUndecided()) {
            due = Math.min(due, now + settings.retryEvery());
        } else if (breaker.until(settings) != Long.MIN_VALUE) {
            due = Math.max(due, lineAfter(breaker.until(settings) - 1));
        }
    }

    private boolean isUndecided() {
        return toConfirm > 0 || isSuspected() || (told.hasOutage() && state.isUp());
    }

    /** Tells whether runs speak for another state, but not yet enough of them. */
    private boolean isSuspected() {
        return switch (state) {
            case UNKNOWN, UP -> runs.inARow(Ran::troubled) > 0;
            case DEGRADED -> runs.inARow(Ran::failed) > 0 || runs.inARow(Ran::passed) > 0;
            case DOWN -> runs.inARow(Ran::worked) > 0;
        };
    }

    private long lineAfter(long now) {
        return phase + (Math.floorDiv(now - phase, settings.every()) + 1) * settings.every();
    }

    void finds(Step.Find now) {
        finds = now;
    }

    void pause(long now) {
        if (!isPaused()) {
            holds.begin(ConditionKind.PAUSED, "paused", NEVER, now);
            count(now);
            uptime.decide(now, state);
            version++;
            runs.forget();
            breaker.forget();
            plan(now);
            show(false);
        }
    }

    void resume(long now) {
        if (holds.end(ConditionKind.PAUSED, now)) {
            count(now);
            breaker.forget();
            due = now;
            show(false);
        }
    }

    void openMaintenance(String reason, long limit, long now) {
        maintenance.open(reason, limit, wall.at(now), now);
        lookAgain(now);
    }

    void closeMaintenance(long now) {
        maintenance.close();
        lookAgain(now);
    }

    /** P19: the wall clock was found to have jumped, so windows lie elsewhere. */
    void clockStepped(long now) {
        maintenance.clockStepped(wall.at(now), now);
        lookAgain(now);
    }

    void runNow(long now) {
        log.answers.add(null);
        if (going == null || overdue) {
            wanted = true;
            due = now;
        }
    }

    void replaceSettings(Step.Settings other, long now) {
        settings = other;
        uptime.decide(now, state);
        version++;
        breaker.forget();
        runs.forget();
        due = wanted ? now : lineAfter(now);
        toConfirm = toConfirm > 0 ? settings.thresholds().downAfter() : 0;
        staleAt = now + settings.every() + staleness();
        lookAgain(now);
        show(true);
    }

    void replaceCheck(long now) {
        version++;
        foreign = going != null;
        breaker.forget();
        runs.forget();
        due = now;
        staleAt = now + settings.every() + staleness();
        toConfirm = toConfirm > 0 ? settings.thresholds().downAfter() : 0;
        forgetState(now);
        lookAgain(now);
        due = now;
        show(true);
    }

    private void forgetState(long now) {
        uptime.decide(now, state);
        runs.forget();
        if (state != HealthState.UNKNOWN) {
            log.changes.add(new ModelFact.Change(state, HealthState.UNKNOWN, wall.at(now), wall.at(now), 0));
            state = HealthState.UNKNOWN;
        }
    }

    /** P21: how long after the next run was due the check counts as not looked at. */
    private long staleness() {
        return settings.every() + settings.timeout() + SECOND;
    }

    void remove(long now) {
        if (removed) {
            return;
        }
        told.end(state, now);
        end();
        monitor.tellDependents(name);
    }

    /** The monitor is closed: nothing is told, and nobody is left waiting. */
    void end() {
        removed = true;
        going = null;
        log.answer("refused");
    }
}
