package io.sitemonitor;

import io.sitemonitor.breaker.internal.Breaker;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.definition.CheckSettings;
import io.sitemonitor.schedule.Platform.Tick;
import io.sitemonitor.schedule.Schedule;
import io.sitemonitor.schedule.internal.CalendarLines;
import io.sitemonitor.schedule.internal.Grid;
import io.sitemonitor.schedule.internal.Lines;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.time.TimeSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the next run of one check is due: on its grid, sooner while a change of state is suspected, and more rarely while
 * the target stays down. All times are monotonic. Guarded by the lock of its cell.
 */
final class CheckPace {

    private final String name;
    private final TimeSource time;
    private Lines lines;
    private long nextDue = Tick.NEVER;
    private @Nullable Breaker breaker;
    private @Nullable HostDesk desk;
    private boolean shares;
    private boolean onTrial;
    private boolean suspects;
    private boolean keepsPace;

    /** When its slowest pace asks for a run, however many trials of the others have failed. */
    private long ownTrialAt;

    private long notBefore;
    private List<CheckCell> reached = List.of();

    CheckPace(String name, TimeSource time, Schedule schedule) {
        this.name = name;
        this.time = time;
        this.lines = lines(schedule, 0);
        this.notBefore = time.nanos();
    }

    /** Says with whom to share what is known of the host; null if with nobody. */
    void burden(@Nullable HostDesk host) {
        forgetBreaker();
        desk = host;
    }

    /** The target asks to be left alone until then. */
    void leaveAloneUntil(long at) {
        notBefore = at;
    }

    /** Returns the checks that were left alone because of a host that has been reached now; forgets them. */
    List<CheckCell> takeReached() {
        List<CheckCell> taken = reached;
        reached = List.of();
        return taken;
    }

    /** Begins at {@code first}, which becomes a line of the grid; a calendar waits for its time. */
    void start(long first) {
        if (lines instanceof Grid grid) {
            lines = new Grid(first, grid.interval());
            nextDue = first;
        } else {
            nextDue = lines.after(time.nanos());
        }
    }

    /** Returns when the next run is due, or {@link Tick#NEVER}. */
    long nextDue() {
        return nextDue;
    }

    boolean isDue(long now) {
        return nextDue != Tick.NEVER && now - nextDue >= 0;
    }

    /** Counts the lines of the grid that have passed since the run was due. */
    long linesSinceDue(long now) {
        return lines.between(nextDue, now);
    }

    /** The next run is due at the next line of the grid. */
    void waitForGrid(long now) {
        nextDue = lines.after(now);
    }

    void beDue(long now) {
        nextDue = now;
    }

    /** The next run is due no later than that, unless the target asks to be left alone for longer. */
    void beDueBy(long at) {
        long allowed = notBefore - at > 0 ? notBefore : at;
        if (nextDue == Tick.NEVER || allowed - nextDue < 0) {
            nextDue = allowed;
        }
    }

    /** Tells whether a target that stays down is to be left alone this time; sets the next due time then. */
    boolean isSpared(long now) {
        Breaker held = breaker;
        if (held == null || onTrial || keepsPace) {
            return false;
        }
        boolean waitedLong = shares && now - ownTrialAt >= 0;
        if (waitedLong ? held.tryAcquireEarly() : held.tryAcquire()) {
            onTrial = held.isOpen();
            return false;
        }
        nextDue = lineFrom(Math.max(trialAt(held), now + 1));
        return true;
    }

    /** Sets the next due time after a run that took {@code took} nanoseconds. */
    void decided(
            HealthState state, boolean undecided, CheckResult result, CheckSettings settings, long took, long now) {
        Breaker held = breakerAfter(state, result, settings, took);
        breaker = held;
        onTrial = false;
        suspects = undecided;
        ownTrialAt = now - took + settings.backOff().longest().toNanos();
        keepsPace = settings.backOff().longest().compareTo(settings.backOff().first()) <= 0;
        nextDue = lines.after(now);
        if (undecided) {
            long retry = now + settings.retryEvery().toNanos();
            nextDue = retry - nextDue < 0 ? retry : nextDue;
        } else if (held != null && held.isOpen() && !keepsPace) {
            long trial = lineFrom(trialAt(held));
            nextDue = trial - nextDue > 0 ? trial : nextDue;
        }
        if (notBefore - nextDue > 0) {
            nextDue = notBefore;
        }
    }

    /** A result came unasked: unless it is down or a change is suspected, nobody needs to ask for a whole interval. */
    void spare(long now) {
        if (breaker == null && !suspects && nextDue == lines.after(now)) {
            nextDue = lines.after(now + lines.interval() - 1);
        }
    }

    /** Forgets how long the target has been down; a trial that nothing came of is given back. */
    void forgetBreaker() {
        Breaker held = breaker;
        if (held != null && onTrial) {
            held.release();
        }
        onTrial = false;
        breaker = null;
        shares = false;
    }

    /** Keeps the place of the grid when the interval changes. */
    void change(Schedule schedule) {
        lines = lines(schedule, lines instanceof Grid grid ? grid.phase() : time.nanos());
        forgetBreaker();
    }

    private Lines lines(Schedule schedule, long phase) {
        return schedule instanceof Schedule.Calendar calendar
                ? new CalendarLines(calendar, time)
                : new Grid(phase, schedule.interval().toNanos());
    }

    /** The wall clock was set: the times of a calendar lie elsewhere now; returns whether they do. */
    boolean clockStepped(long now) {
        if (lines instanceof Grid) {
            return false;
        }
        nextDue = lines.after(now);
        return true;
    }

    /** Returns when two more runs should have begun, whenever the next one is due. */
    long secondLineAfter(long now) {
        long first = lines.after(now);
        long second = first == Tick.NEVER ? Tick.NEVER : lines.after(first);
        return Math.max(now + 2 * lines.interval(), second == Tick.NEVER ? 0 : second);
    }

    /** Returns the usual time from one run to the next, in nanoseconds. */
    long interval() {
        return lines.interval();
    }

    /** Returns when the next run and another one after it should have begun. */
    long secondDue() {
        if (nextDue == Tick.NEVER) {
            return Tick.NEVER;
        }
        return lines instanceof Grid ? nextDue + lines.interval() : lines.after(nextDue);
    }

    /** A check that is not down has no breaker: most never need one. */
    private @Nullable Breaker breakerAfter(HealthState state, CheckResult result, CheckSettings settings, long took) {
        Breaker held = breaker;
        if (state == HealthState.DOWN && result.verdict() == Verdict.FAIL) {
            Breaker failing = forFailure(held, result.failure(), settings);
            failing.failed(took);
            return failing;
        }
        if (held == null) {
            return null;
        }
        if (result.verdict() == Verdict.INCONCLUSIVE) {
            held.release();
        } else {
            held.succeeded();
            reached = shares && desk != null ? desk.reached(held) : List.of();
        }
        if (state != HealthState.DOWN) {
            shares = false;
            return null;
        }
        return held;
    }

    /** A host that cannot be reached is the same for all its checks; what it answers is a matter of each. */
    private Breaker forFailure(@Nullable Breaker held, @Nullable FailureKind failure, CheckSettings settings) {
        HostDesk host = desk;
        boolean unreachable = failure == FailureKind.DNS
                || failure == FailureKind.CONNECT
                || failure == FailureKind.TLS
                || failure == FailureKind.TIMEOUT;
        boolean share = unreachable && host != null && host.isShared();
        Breaker shared = share && host != null ? host.breaker(settings.backOff()) : null;
        boolean fits = share ? held == shared : !shares; // what was shared is left behind once the host was reached
        if (held != null && fits) {
            return held;
        }
        forgetBreaker();
        shares = share;
        return shared != null ? shared : new Breaker(name, settings.backOff(), 1, time);
    }

    private long trialAt(Breaker held) {
        long trial = held.trialAt();
        return shares && ownTrialAt - trial < 0 ? ownTrialAt : trial;
    }

    /** Returns the first line of the grid at a moment or after it. */
    private long lineFrom(long moment) {
        return moment == Tick.NEVER ? Tick.NEVER : lines.after(moment - 1);
    }
}
