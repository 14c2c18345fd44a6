package io.sitemonitor;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.state.HealthState;
import java.util.ArrayList;
import java.util.List;
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

    /** More runs than any threshold of a history. */
    private static final int REMEMBERED = 20;

    private static final long SECOND = 1_000 * MILLI;
    private static final long GRACE = 50 * MILLI;
    private static final long STUCK = 200 * MILLI;
    private static final long SLOWEST = 300_000 * MILLI;

    /** A run that counted. */
    private record Ran(Verdict verdict, long wall, long start) {

        boolean failed() {
            return verdict == Verdict.FAIL;
        }

        boolean passed() {
            return verdict == Verdict.PASS;
        }

        boolean worked() {
            return verdict != Verdict.FAIL;
        }

        boolean troubled() {
            return verdict != Verdict.PASS;
        }
    }

    /** A run that goes on: what it will find, and when. */
    private record Going(Verdict verdict, long start, long wall, long end, long limit, int version) {}

    /** What was told and is to be closed. */
    private record Open(int number, long since, long start) {}

    /** A degradation that was confirmed while an outage is open, and is told after that. */
    private record Worse(HealthState before, Ran first) {}

    private final ModelLog log;
    private final ModelWall wall;
    private final long phase;
    private final List<Ran> runs = new ArrayList<>();
    private Step.Settings settings;
    private Step.Find finds;
    private HealthState state = HealthState.UNKNOWN;
    private @Nullable Open outage;
    private @Nullable Open degradation;
    private int version;
    private boolean paused;
    private boolean removed;
    private long due;
    private boolean wanted;
    private @Nullable Going going;
    private boolean overdue;
    private boolean stuck;

    // the breaker of a target that stays down: closed while no trial has failed
    private int failedTrials;
    private long trialAt;
    private boolean trying;

    private long staleAt;
    private boolean stale;
    private @Nullable Worse worse;

    ModelCheck(String name, Step.Settings settings, ModelLog log, ModelWall wall, long now) {
        this.settings = settings;
        this.log = log;
        this.wall = wall;
        this.phase = now;
        this.due = now;
        this.staleAt = now + staleness();
        this.finds = new Step.Find(name, Verdict.PASS, MILLI, false);
    }

    /** P21: what nobody has looked at for too long is not known, even once the monitor is closed. */
    HealthState state(long now) {
        return state.isUp() && now >= staleAt ? HealthState.UNKNOWN : state;
    }

    /** When the open outage began, by the wall; {@link #NEVER} if there is none. */
    long outageSince() {
        return outage == null ? NEVER : outage.since();
    }

    Step.Settings settings() {
        return settings;
    }

    boolean isPaused() {
        return paused;
    }

    /** When the next run is planned, or {@link #NEVER}. */
    long planned() {
        return !removed && (!paused || wanted) ? due : NEVER;
    }

    /** When something happens of itself, or {@link #NEVER}. */
    long next() {
        long next = waitsForDropped() ? NEVER : planned();
        if (!removed && !stale) {
            next = Math.min(next, staleAt);
        }
        Going run = going;
        if (run != null) {
            long look = overdue ? stuck ? NEVER : run.limit() + STUCK : run.limit();
            next = Math.min(next, Math.min(run.end(), look));
        }
        return next;
    }

    /** A run that does not count any more goes on, and may be expected to end: the next one comes after it. */
    private boolean waitsForDropped() {
        Going run = going;
        return run != null && run.version() != version && !stuck;
    }

    /** Does what happens of itself at {@link #next()}. */
    void happen(long now) {
        Going run = going;
        if (run != null && !overdue && now >= run.limit()) {
            overdue = true;
            outcome(run, Verdict.FAIL, now);
        } else if (run != null && overdue && !stuck && now >= run.limit() + STUCK) {
            stuck = true;
        } else if (!removed && !stale && now >= staleAt) {
            stale = true;
            if (state.isUp()) {
                forgetState(now);
            }
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

    /** §6.4, §6.5: a run is due. */
    private void come(long now) {
        Going run = going;
        if (run != null && !overdue) {
            due = lineAfter(now);
        } else if (run != null) {
            decide(Verdict.FAIL, wall.at(now), now, now);
        } else {
            trying = failedTrials > 0 && !isUndecided() && (trying || !wanted);
            due = lineAfter(now);
            log.started(now);
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
        if (verdict != Verdict.INCONCLUSIVE) {
            runs.add(new Ran(verdict, startWall, start));
            if (runs.size() > 2 * REMEMBERED) {
                runs.subList(0, REMEMBERED).clear();
            }
        }
        HealthState before = state;
        state = decided(verdict);
        if (state != before) {
            changed(before, now);
        }
        if (verdict != Verdict.INCONCLUSIVE) {
            tell(before, now);
        }
        wanted = false;
        pace(verdict, now - start, now);
        if (verdict != Verdict.INCONCLUSIVE) {
            stale = false;
            staleAt = due + staleness();
        }
        log.answer(verdict.name());
    }

    /** §6.1, §6.2. */
    private HealthState decided(Verdict verdict) {
        if (verdict == Verdict.INCONCLUSIVE) {
            return state;
        }
        if (inARow(Ran::failed) >= settings.thresholds().downAfter()) {
            return HealthState.DOWN;
        }
        int up = settings.thresholds().upAfter();
        boolean troubled = inARow(Ran::troubled) >= settings.thresholds().degradedAfter();
        return switch (state) {
            case UNKNOWN -> verdict == Verdict.PASS ? HealthState.UP : troubled ? HealthState.DEGRADED : state;
            case UP -> troubled ? HealthState.DEGRADED : state;
            case DEGRADED -> inARow(Ran::passed) >= up ? HealthState.UP : state;
            case DOWN ->
                inARow(Ran::passed) >= up ? HealthState.UP : inARow(Ran::worked) >= up ? HealthState.DEGRADED : state;
        };
    }

    private int inARow(Predicate<Ran> kind) {
        int count = 0;
        while (count < runs.size() && kind.test(runs.get(runs.size() - 1 - count))) {
            count++;
        }
        return count;
    }

    /** §7: what is told when the state has changed. */
    private void changed(HealthState before, long now) {
        Ran first = first(reason(before));
        log.changes.add(new ModelFact.Change(before, state, first.wall(), wall.at(now), inARow(reason(before))));
        if (state == HealthState.DOWN && outage == null) {
            outage = open(AlertKind.DOWN, before, first, now);
        }
        worse = state == HealthState.DEGRADED ? new Worse(before, first) : null;
    }

    /** §7.2: an outage ends when enough runs in a row have worked, and whatever is less bad is told after that. */
    private void tell(HealthState before, long now) {
        boolean works = inARow(Ran::worked) >= settings.thresholds().upAfter();
        Open ended = outage;
        if (ended != null && (state == HealthState.UP || (state == HealthState.DEGRADED && works))) {
            outage = null;
            close(AlertKind.RECOVERED, ended, before, first(Ran::worked).start(), now);
        }
        Worse confirmed = worse;
        if (confirmed != null && outage == null && degradation == null) {
            worse = null;
            degradation = open(AlertKind.DEGRADED, confirmed.before(), confirmed.first(), now);
        }
        Open better = degradation;
        if (better != null && state == HealthState.UP) {
            degradation = null;
            close(
                    AlertKind.DEGRADATION_ENDED,
                    better,
                    before,
                    first(Ran::passed).start(),
                    now);
        }
    }

    private Ran first(Predicate<Ran> kind) {
        return runs.get(runs.size() - inARow(kind));
    }

    private Predicate<Ran> reason(HealthState before) {
        return switch (state) {
            case DOWN -> Ran::failed;
            case DEGRADED -> before == HealthState.DOWN ? Ran::worked : Ran::troubled;
            default -> Ran::passed;
        };
    }

    private Open open(AlertKind kind, HealthState before, Ran first, long now) {
        int number = log.number();
        log.alerts.add(
                new ModelFact.Alerted(kind, before, state, number, first.wall(), wall.at(now), now - first.start()));
        return new Open(number, first.wall(), first.start());
    }

    private void close(AlertKind kind, Open open, HealthState before, long turn, long now) {
        log.alerts.add(new ModelFact.Alerted(
                kind, before, state, open.number(), open.since(), wall.at(now), Math.max(0, turn - open.start())));
    }

    /** §6.3, §6.10: when the next run is due. */
    private void pace(Verdict verdict, long took, long now) {
        if (state != HealthState.DOWN || verdict == Verdict.PASS || verdict == Verdict.WARN) {
            failedTrials = 0;
        } else if (verdict == Verdict.FAIL && (failedTrials == 0 || trying)) {
            failedTrials++;
            long longest = longestPause();
            long pause = settings.every();
            for (int i = 1; i < failedTrials && pause < longest; i++) {
                pause *= 2;
            }
            trialAt = now + Math.max(2 * MILLI, Math.min(pause, longest) - took);
        }
        trying = trying && verdict == Verdict.INCONCLUSIVE;
        due = lineAfter(now);
        if (isUndecided()) {
            due = Math.min(due, now + settings.retryEvery());
        } else if (failedTrials > 0 && longestPause() > settings.every()) {
            due = Math.max(due, lineAfter(trialAt - 1));
        }
    }

    private long longestPause() {
        return Math.max(settings.every(), Math.min(5 * settings.every(), SLOWEST));
    }

    private boolean isUndecided() {
        if (outage != null && state.isUp()) {
            return true;
        }
        return switch (state) {
            case UNKNOWN, UP -> inARow(Ran::troubled) > 0;
            case DEGRADED -> inARow(Ran::failed) > 0 || inARow(Ran::passed) > 0;
            case DOWN -> inARow(Ran::worked) > 0;
        };
    }

    private long lineAfter(long now) {
        return phase + (Math.floorDiv(now - phase, settings.every()) + 1) * settings.every();
    }

    void finds(Step.Find now) {
        finds = now;
    }

    void pause() {
        if (!paused) {
            paused = true;
            version++;
            runs.clear();
        }
    }

    void resume(long now) {
        if (paused) {
            paused = false;
            failedTrials = 0;
            due = now;
        }
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
        version++;
        failedTrials = 0;
        runs.clear();
        due = wanted ? now : lineAfter(now);
        staleAt = now + settings.every() + staleness();
    }

    void replaceCheck(long now) {
        version++;
        failedTrials = 0;
        runs.clear();
        due = now;
        staleAt = now + settings.every() + staleness();
        forgetState(now);
    }

    private void forgetState(long now) {
        runs.clear();
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
        Open ended = outage;
        if (ended != null) {
            outage = null;
            close(AlertKind.ENDED, ended, state, now, now);
        }
        Open better = degradation;
        if (better != null) {
            degradation = null;
            close(AlertKind.ENDED, better, state, now, now);
        }
        end();
    }

    /** The monitor is closed: nothing is told, and nobody is left waiting. */
    void end() {
        removed = true;
        going = null;
        log.answer("refused");
    }
}
