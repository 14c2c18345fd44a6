package io.sitemonitor;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.definition.CheckSettings;
import io.sitemonitor.event.CheckChanged;
import io.sitemonitor.event.RunStuck;
import io.sitemonitor.event.TicksMissed;
import io.sitemonitor.schedule.Platform.Tick;
import io.sitemonitor.schedule.internal.Timer;
import io.sitemonitor.state.Condition;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One check in a running monitor: when it runs, what came of it, and the commands upon it. What is decided is decided
 * under the lock of this object and published afterwards; neither the check nor a listener is ever called while it is
 * held.
 */
final class CheckCell extends Timer {

    private static final long STUCK_GRACE = 200_000_000L;

    /** The least time from one run to another that is made because of others that failed. */
    private static final long RERUN_GAP = 1_000_000_000L;

    private final Engine engine;
    private final String name;

    // what others may see without the lock
    private volatile HealthState state = HealthState.UNKNOWN;
    private volatile long staleAt = Tick.NEVER;
    private volatile CheckSettings settings;
    private volatile boolean suspected;
    private volatile boolean sparing;
    private volatile long lastStart;
    private volatile boolean awaited;
    private volatile long unrunAt = Tick.NEVER;

    // guarded by this
    private final Facts facts = new Facts();
    private final CheckPace pace;
    private final CheckDecider decider;
    private boolean started;
    private boolean removed;
    private int version;
    private long armed = Tick.NEVER;
    private @Nullable Run running;
    private @Nullable Judgement pending;
    private @Nullable HostDesk desk;
    private long blockedUntil;
    private boolean stuck;
    private boolean forced;
    private long wantedSince;
    private final Waiters waiters = new Waiters();
    private long missed;

    CheckCell(Engine engine, Defined defined) {
        this.engine = engine;
        this.name = defined.definition().name();
        this.settings = defined.settings();
        long now = engine.time().nanos();
        this.lastStart = now - 1;
        this.wantedSince = now - 1;
        this.blockedUntil = now;
        this.pace = new CheckPace(name, engine.time(), settings.schedule().interval());
        this.decider = new CheckDecider(this, engine, defined, pace, facts);
        this.desk = engine.hosts().join(this, defined.host());
        pace.burden(desk);
    }

    Engine engine() {
        return engine;
    }

    String name() {
        return name;
    }

    TimeSource time() {
        return engine.time();
    }

    /** Returns the state; what has not been looked at for too long is not known, whoever should have looked. */
    HealthState state() {
        HealthState known = state;
        return known.isUp() && time().nanos() - staleAt >= 0 ? HealthState.UNKNOWN : known;
    }

    CheckSettings settings() {
        return settings;
    }

    /** Tells whether its runs are stopped, so that nobody can wait for it. */
    boolean isSparing() {
        return sparing;
    }

    /** Tells whether it may be down although its state does not say so, because it has not been decided since then. */
    boolean isUndecidedSince(long since) {
        return suspected || lastStart - since < 0;
    }

    /** Tells whether it has not been run for two intervals although it should have been. */
    boolean isUnrun(long now) {
        return !sparing && now - unrunAt >= 0;
    }

    /** Asks to tell those who depend on this check of its next run. */
    void beAwaited() {
        awaited = true;
    }

    synchronized CheckDefinition definition() {
        return decider.defined().definition();
    }

    /** The caller holds the lock. */
    boolean isStarted() {
        return started;
    }

    /** Begins to run at {@code first}, which becomes a line of the grid. */
    void start(long first) {
        command(() -> {
            started = true;
            pace.start(first);
            decider.start(first);
            unrunAt = decider.staleAt();
        });
    }

    @Override
    protected long fire(long now) {
        endOverdueRun(now);
        Run start = null;
        boolean publish;
        long next;
        synchronized (this) {
            if (removed) {
                return Tick.NEVER;
            }
            if (now - decider.reviewAt() >= 0) {
                decider.review(now);
                show(false);
            }
            if (pending != null && now - pending.limit() >= 0) {
                judge(now);
            }
            if (isRunnable() && pace.isDue(now)) {
                start = due(now);
            }
            publish = facts.claim();
            next = nextWake(now);
            armed = next;
        }
        if (start != null && !engine.workers().start(start)) {
            return Tick.NEVER;
        }
        if (publish) {
            engine.help(this::publish);
        }
        return next;
    }

    private boolean isRunnable() {
        return started && (!decider.isPaused() || forced);
    }

    private long nextWake(long now) {
        Run run = running;
        long due = isRunnable() ? Math.max(pace.nextDue(), blockedUntil) : Tick.NEVER;
        long wake = Math.min(due, decider.reviewAt());
        wake = pending == null ? wake : Math.min(wake, pending.limit());
        if (run == null || (run.isExpired() && (stuck || !run.hasStarted()))) {
            return wake;
        }
        long look = run.isExpired() ? run.deadline() + STUCK_GRACE : run.deadline();
        if (look - now <= 0) {
            look = now + STUCK_GRACE;
        }
        return Math.min(look, wake);
    }

    /** Tells whether the host cannot bear another run now; the run stays due until it can. The caller holds the lock. */
    private boolean isBlocked(long now) {
        HostDesk host = desk;
        blockedUntil = host == null ? now : host.enter(this, now, forced);
        return blockedUntil - now > 0;
    }

    /** The run takes no place at its host any more. The caller holds the lock. */
    private void unburden(Run run, long now) {
        HostDesk host = desk;
        if (run.burdens() && host != null) {
            run.burdens(false);
            giveTurn(host.leave(now));
        }
    }

    private void giveTurn(HostDesk.@Nullable Turn turn) {
        if (turn != null) {
            engine.timers().wake(turn.cell(), turn.at());
        }
    }

    /** A line of the grid has been reached: returns the run to start, if any. The caller holds the lock. */
    private @Nullable Run due(long now) {
        long late = pace.linesSinceDue(now);
        Run current = running;
        if (pending != null || (current != null && !current.isExpired())) {
            noteMissed(late + 1);
            pace.waitForGrid(now);
            return null;
        }
        if (current == null && ((!forced && !decider.isUrgent() && pace.isSpared(now)) || isBlocked(now))) {
            return null;
        }
        if (late > 0) {
            noteMissed(late);
        }
        if (current != null) {
            conclude(current.stuckResult(), time().now(), now, now, current);
            return null;
        }
        pace.waitForGrid(now);
        Run run = new Run(this, decider.defined(), version, now);
        run.burdens(desk != null && desk.isLimited());
        running = run;
        stuck = false;
        return run;
    }

    private void noteMissed(long count) {
        missed += count;
        facts.add(new TicksMissed(engine.name(), name, time().now(), count));
    }

    /** Ends a run at its deadline, and gives its place to others if it does not obey. */
    private void endOverdueRun(long now) {
        Run run;
        synchronized (this) {
            run = running;
        }
        if (run == null) {
            return;
        }
        if (now - run.deadline() >= 0 && run.expire()) {
            cancel(run);
            synchronized (this) {
                unburden(run, now);
                if (run == running && run.version() == version && !removed) {
                    conclude(run.expiredResult(), run.startedAt(), run.startNanos(), now, run);
                } else {
                    runAgainForWaiters();
                }
            }
        } else if (now - run.deadline() >= STUCK_GRACE && run.isExpired()) {
            noteStuck(run, now);
        }
    }

    private void cancel(Run run) {
        Runnable action = run.takeCancel();
        if (action != null) {
            engine.callBack(action);
        }
    }

    private void noteStuck(Run run, long now) {
        synchronized (this) {
            if (run != running || stuck || !run.hasStarted()) {
                return;
            }
            stuck = true;
            facts.add(new RunStuck(engine.name(), name, time().now(), Duration.ofNanos(now - run.startNanos())));
        }
        engine.giveUp(run);
    }

    /** The code of a run has ended in time. */
    void completed(Run run, CheckResult result, long now) {
        command(() -> {
            unburden(run, now);
            if (run != running) {
                return;
            }
            running = null;
            if (run.version() == version && !removed) {
                conclude(result, run.startedAt(), run.startNanos(), now, run);
            } else {
                runAgainForWaiters();
            }
        });
    }

    /** The code of a run that had been ended from outside has ended at last. */
    void endedLate(Run run) {
        command(() -> {
            if (run == running) {
                running = null;
                stuck = false;
            }
        });
        engine.tookBack(run);
    }

    /** A result that was dropped must not leave somebody waiting who asked for a run. The caller holds the lock. */
    private void runAgainForWaiters() {
        if (!waiters.isEmpty() && !removed) {
            forced = true;
            pace.beDue(time().nanos());
        }
    }

    /** Judges a failure that may not be the target's fault before anything is made of it. The caller holds the lock. */
    private void conclude(CheckResult found, Instant startedAt, long startedNanos, long now, Run run) {
        CheckResult result = found;
        if (found.verdict() == Verdict.FAIL) {
            String doubt = engine.vigil().doubt(startedAt, startedNanos, now);
            result = doubt == null ? found : Judgement.doubted(found, doubt);
        }
        OwnLine line = engine.ownLine();
        if (line != null) {
            line.observed(this, result.verdict(), startedNanos);
            facts.add((Facts.Follow) line::publish);
        }
        long asksFor = Math.min(run.askedPause(), settings.backOff().longest().toNanos());
        if (asksFor > 0) {
            pace.leaveAloneUntil(now + asksFor);
            if (desk != null) {
                desk.leaveAloneUntil(now + asksFor);
            }
        }
        Judgement asked = new Judgement(result, startedAt, startedNanos, now, run.hasStarted());
        if (line != null && result.verdict() == Verdict.FAIL) {
            pending = asked.until(now + line.patience());
            judge(now);
            if (pending != null) {
                facts.add((Facts.Follow) () -> line.ask(startedNanos));
            }
        } else {
            apply(asked);
        }
    }

    /** Looks whether the proofs that we are online tell by now whose fault it was. The caller holds the lock. */
    private void judge(long now) {
        Judgement asked = pending;
        OwnLine line = engine.ownLine();
        if (asked == null || line == null) {
            return;
        }
        OwnLine.View view = line.look(asked.startedNanos());
        if (view == OwnLine.View.UNSURE && now - asked.limit() < 0) {
            line.await(this);
            return;
        }
        pending = null;
        Condition isolation = line.isolation();
        boolean offline = view == OwnLine.View.OFFLINE;
        String reason = isolation == null ? "the monitor is offline" : isolation.reason();
        apply(offline ? asked.doubted(reason) : asked);
    }

    /** The proofs that we are online have been run again. */
    void judgeAgain() {
        command(() -> judge(time().nanos()));
    }

    private void apply(Judgement judged) {
        apply(judged.result(), judged.startedAt(), judged.startedNanos(), judged.endedNanos());
        unrunAt = judged.ran() ? decider.overdueAt() : unrunAt;
    }

    /** Decides what a result means and when to run next. The caller holds the lock. */
    private void apply(CheckResult result, Instant startedAt, long startedNanos, long now) {
        forced = false;
        decider.apply(Judgement.turned(result, settings.inverted()), startedAt, startedNanos, now);
        if (wantedSince - startedNanos > 0) {
            pace.beDueBy(
                    startedNanos + Math.min(RERUN_GAP, settings.retryEvery().toNanos()));
        }
        lastStart = startedNanos;
        show(awaited);
        if (!waiters.isEmpty()) {
            facts.add(waiters.tell(result));
        }
    }

    /** Lets others see what has been decided, and tells those who depend on it if there is news. The caller holds the lock. */
    private void show(boolean news) {
        HealthState next = decider.ledger().state();
        boolean nextSparing = decider.isPaused() || removed;
        boolean changed = next != state || nextSparing != sparing;
        staleAt = decider.staleAt();
        state = next;
        suspected = decider.ledger().isSuspected();
        sparing = nextSparing;
        if (news || changed) {
            awaited = false;
            facts.add((Facts.Follow) () -> engine.tellDependents(this));
        }
    }

    /** Returns when to be called if that is sooner than planned. The caller holds the lock. */
    private long earlier() {
        long next = nextWake(time().nanos());
        if (next == Tick.NEVER || (armed != Tick.NEVER && next - armed >= 0)) {
            return Tick.NEVER;
        }
        armed = next;
        return next;
    }

    private void publish() {
        facts.drain(this, engine::publish);
    }

    /** Does something under the lock, then publishes what follows and looks whether to run. */
    private void command(Runnable change) {
        boolean publish;
        long wake;
        synchronized (this) {
            change.run();
            show(false);
            publish = facts.claim();
            wake = removed ? Tick.NEVER : earlier();
        }
        if (wake != Tick.NEVER) {
            engine.timers().wake(this, wake);
        }
        if (publish) {
            publish();
        }
    }

    /** Whatever a run that goes on finds does not count any more. The caller holds the lock. */
    private void dropRun() {
        version++;
        pending = null;
        if (desk != null) {
            giveTurn(desk.withdraw(this, time().nanos()));
        }
        blockedUntil = time().nanos();
        OwnLine line = engine.ownLine();
        if (line != null) {
            line.forget(name);
            facts.add((Facts.Follow) line::publish);
        }
    }

    void announce(CheckChanged.Change change) {
        command(() -> facts.add(decider.changed(change)));
    }

    void replace(Defined replacement, boolean otherCheck) {
        command(() -> {
            dropRun();
            settings = replacement.settings();
            long now = time().nanos();
            String host = decider.defined().host();
            if (!Objects.equals(host, replacement.host())) {
                move(host, replacement.host());
            }
            decider.replace(replacement, otherCheck, now);
            unrunAt = decider.overdueAt();
            if (started && otherCheck) {
                pace.beDue(now);
            } else if (started) {
                pace.waitForGrid(now);
            }
        });
    }

    private void move(@Nullable String from, @Nullable String to) {
        Run run = running;
        if (run != null) {
            unburden(run, time().nanos());
        }
        engine.hosts().quit(this, from);
        desk = engine.hosts().join(this, to);
        pace.burden(desk);
    }

    /** The host, which could not be reached, has been reached by another check: no need to wait for a slow pace. */
    void hostReached() {
        command(() -> {
            boolean waits = started && !removed && !decider.isPaused() && running == null && pending == null;
            if (waits && state == HealthState.DOWN) {
                pace.beDue(time().nanos());
            }
        });
    }

    void pause(String reason, @Nullable Duration limit) {
        command(() -> {
            if (decider.pause(reason, limit, time().nanos())) {
                dropRun();
            }
        });
    }

    void resume() {
        command(() -> {
            if (decider.resume(time().nanos())) {
                unrunAt = decider.overdueAt();
            }
        });
    }

    void openMaintenance(String reason, @Nullable Duration limit) {
        command(() -> decider.openMaintenance(reason, limit, time().nanos()));
    }

    void closeMaintenance() {
        command(() -> decider.closeMaintenance(time().nanos()));
    }

    /** Something that this check depends on has changed, or the wall clock has: looks again what holds. */
    void lookAgain() {
        command(() -> {
            if (started && !removed) {
                decider.review(time().nanos());
            }
        });
    }

    /** Runs at once unless a run has begun since then. */
    void runSince(long since) {
        command(() -> {
            boolean covered = lastStart - since >= 0
                    || (running != null && !running.isExpired() && running.startNanos() - since >= 0);
            if (!started || removed || decider.isPaused() || covered) {
                return;
            }
            wantedSince = since;
            if (running == null) {
                pace.beDueBy(Math.max(
                        time().nanos(),
                        lastStart + Math.min(RERUN_GAP, settings.retryEvery().toNanos())));
            }
        });
    }

    void runNow(CompletableFuture<CheckResult> waiter) {
        command(() -> {
            waiters.add(waiter);
            if (removed) {
                facts.add(waiters.refuse(gone()));
                return;
            }
            if (pending == null && (running == null || running.isExpired())) {
                runAgainForWaiters();
            }
        });
    }

    /** Counts what somebody found without being asked. */
    void report(CheckResult result, Duration took) {
        command(() -> {
            if (started && !removed && !decider.isPaused()) {
                long now = time().nanos();
                long nanos = Math.max(0, took.toNanos());
                apply(result, time().now().minusNanos(nanos), now - nanos, now);
                pace.spare(now);
                decider.spared();
                unrunAt = decider.overdueAt();
                show(false);
            }
        });
    }

    /** Ends it for good; {@code announced} says whether what is open is closed and the removal told. */
    void remove(boolean announced) {
        Run run;
        synchronized (this) {
            run = running;
        }
        command(() -> {
            if (removed) {
                return;
            }
            removed = true;
            dropRun();
            if (running != null) {
                unburden(running, time().nanos());
            }
            decider.end(announced);
            engine.hosts().quit(this, decider.defined().host());
            if (!waiters.isEmpty()) {
                facts.add(waiters.refuse(gone()));
            }
        });
        engine.timers().wake(this, time().nanos());
        if (run != null && run.expire()) {
            cancel(run);
        }
    }

    private IllegalStateException gone() {
        return new IllegalStateException("check '" + name + "' was removed from monitor '" + engine.name() + "'");
    }

    synchronized CheckSnapshot snapshot() {
        long now = time().nanos();
        boolean planned = isRunnable() && !removed && pace.nextDue() != Tick.NEVER;
        CheckLedger ledger = decider.ledger();
        CheckResult last = decider.lastResult();
        return new CheckSnapshot(
                name,
                decider.defined().kind(),
                decider.defined().target(),
                state(),
                ledger.since(),
                conditions(),
                settings,
                last,
                decider.lastRunAt(),
                last == null ? null : decider.lastDuration(),
                planned ? time().now().plusNanos(Math.max(0, pace.nextDue() - now)) : null,
                ledger.incident(),
                missed,
                stuck,
                ledger.figures());
    }

    private List<Condition> conditions() {
        List<Condition> conditions = decider.conditions().list();
        OwnLine line = engine.ownLine();
        Condition isolation = line == null ? null : line.isolation();
        if (isolation != null) {
            conditions.add(isolation);
        }
        return conditions;
    }
}
