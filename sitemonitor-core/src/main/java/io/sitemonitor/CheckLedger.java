package io.sitemonitor;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.event.IncidentClosed;
import io.sitemonitor.event.IncidentOpened;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.history.CheckFigures;
import io.sitemonitor.history.internal.CheckRecorder;
import io.sitemonitor.incident.Incident;
import io.sitemonitor.incident.StableId;
import io.sitemonitor.incident.internal.RecentIncidents;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.state.Thresholds;
import io.sitemonitor.state.Transition;
import io.sitemonitor.state.internal.Standing;
import io.sitemonitor.state.internal.Streak;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one check: its standing, its figures and its incident. Decides what a run means and hands on the
 * facts that follow from it. Guarded by the lock of its cell.
 */
final class CheckLedger {

    private final String monitor;
    private final String name;
    private final TimeSource time;
    private final RecentIncidents incidents;
    private final CheckRecorder recorder;

    /** What is to be told; null while that is nothing, which for most checks is always. */
    private @Nullable Announcements announcements;

    private Standing standing;
    private @Nullable Incident incident;

    CheckLedger(String monitor, String name, TimeSource time, RecentIncidents incidents) {
        this.monitor = monitor;
        this.name = name;
        this.time = time;
        this.incidents = incidents;
        Instant now = time.now();
        this.recorder = new CheckRecorder(now, time.nanos());
        this.standing = Standing.unknown(now);
    }

    /** Goes on where an earlier process ended; its state holds only for what it was the state of. */
    void restore(CheckMemo memo, boolean sameCheck) {
        if (sameCheck) {
            standing = Standing.unknown(memo.since()).in(memo.state());
        }
        Incident open = memo.incident();
        if (open != null) {
            incident = open;
            incidents.opened(open);
        }
        announcing().restore(memo);
    }

    /** Returns what is to be kept for the next process; null if nothing is open. */
    @Nullable
    CheckMemo memo(Defined definition) {
        Announcements open = announcements();
        if (open == null && incident == null) {
            return null;
        }
        Announcements known = open == null ? new Announcements(monitor, name, time) : open;
        return new CheckMemo(
                definition.kind(),
                definition.target(),
                standing.state(),
                standing.since(),
                incident,
                known.owedOutage(),
                known.owedDegradation(),
                known.open(),
                known.outageEnd(),
                known.degradationEnd());
    }

    /** Returns what is to be told and closed; null if that is nothing. */
    @Nullable
    Announcements announcements() {
        if (announcements != null && announcements.isQuiet()) {
            announcements = null;
        }
        return announcements;
    }

    /** Returns where to say what is to be told. */
    Announcements announcing() {
        Announcements known = announcements;
        if (known == null) {
            known = new Announcements(monitor, name, time);
            announcements = known;
        }
        return known;
    }

    /** Tells whether an outage was confirmed and has neither been told nor ended. */
    boolean owesOutage() {
        return announcements != null && announcements.owesOutage();
    }

    HealthState state() {
        return standing.state();
    }

    Instant since() {
        return standing.since();
    }

    /** Tells whether the next run is awaited, since a change is suspected or an open incident may be over. */
    boolean isUndecided() {
        return standing.isUndecided() || (incident != null && standing.state().isUp());
    }

    /** Tells whether the latest runs failed, but not often enough to be down. */
    boolean isSuspected() {
        return standing.state() != HealthState.DOWN && standing.fails().runs() > 0;
    }

    @Nullable
    Incident incident() {
        return incident;
    }

    CheckFigures figures() {
        return recorder.figures(time.nanos(), standing.state());
    }

    /** Applies what a run found, and tells of the run if somebody wants to know; returns the change of state that it led to, if any. */
    @Nullable
    Transition decide(
            Defined definition,
            CheckResult result,
            Instant startedAt,
            long startedNanos,
            long now,
            boolean told,
            Consumer<Object> facts) {
        Standing before = standing;
        Thresholds thresholds = definition.settings().thresholds();
        Standing after = before.isAtRest(result.verdict(), thresholds)
                ? before
                : before.after(result.verdict(), startedAt, startedNanos, time.now(), thresholds);
        standing = after;
        recorder.run(result.verdict(), now - startedNanos);
        if (told) {
            Duration took = Duration.ofNanos(now - startedNanos);
            facts.accept(new RunCompleted(monitor, name, definition.kind(), startedAt, took, result, after.state()));
        }
        Transition transition = after.transitionFrom(before);
        if (transition == null) {
            if (!after.isUndecided()) { // while it is, the time may have to be counted otherwise later
                boolean conclusive = result.verdict() != Verdict.INCONCLUSIVE;
                recorder.settle(now, conclusive ? after.state() : HealthState.UNKNOWN);
            }
            closeIfOver(before.state(), definition, facts);
            return null;
        }
        long turn =
                transition.runs() == 0 ? now : after.reasonFor(before.state()).startedNanos();
        recorder.settle(turn, before.state());
        recorder.settle(now, after.state());
        facts.accept(new StateChanged(monitor, name, transition, result));
        follow(transition, result, turn, facts);
        closeIfOver(before.state(), definition, facts);
        return transition;
    }

    /** An outage of what was checked before is over once enough runs of the present check in a row have worked. */
    private void closeIfOver(HealthState from, Defined definition, Consumer<Object> facts) {
        if (incident == null || !standing.state().isUp()) {
            return;
        }
        Streak works = standing.works();
        Instant end = works.startedAt();
        boolean proven = standing.state() == HealthState.UP
                || works.runs() >= definition.settings().thresholds().upAfter();
        if (proven && end != null) {
            close(from, end, works.startedNanos(), facts);
        }
    }

    private void follow(Transition transition, CheckResult result, long turn, Consumer<Object> facts) {
        switch (transition.to()) {
            case DOWN -> open(transition, result, turn, facts);
            case DEGRADED -> {
                String id = StableId.of(
                        "degradation", monitor, name, transition.since().toString());
                announcing()
                        .degraded(new Opening(
                                AlertKind.DEGRADED, id, transition.from(), transition.since(), turn, result));
            }
            case UP -> {
                if (announcements != null) {
                    announcements.degradationOver(transition.from(), turn);
                }
            }
            case UNKNOWN -> {} // not decided by a run
        }
    }

    private void open(Transition transition, CheckResult result, long turn, Consumer<Object> facts) {
        if (incident != null) {
            return;
        }
        FailureKind failure = result.failure() == null ? FailureKind.CHECK_ERROR : result.failure();
        Incident opened = Incident.open(monitor, name, transition.since(), transition.at(), failure, result.summary());
        incident = opened;
        incidents.opened(opened);
        facts.accept(new IncidentOpened(opened));
        announcing()
                .outage(new Opening(AlertKind.DOWN, opened.id(), transition.from(), transition.since(), turn, result));
    }

    private void close(HealthState from, Instant end, long turn, Consumer<Object> facts) {
        Incident open = incident;
        if (open == null) {
            return;
        }
        Incident closed = open.close(end);
        incident = null;
        incidents.closed(closed);
        facts.accept(new IncidentClosed(closed, time.now()));
        announcing().outageOver(from, turn);
    }

    /** Closes whatever is open, because nobody will look any more. */
    void end(Consumer<Object> facts) {
        HealthState last = standing.state();
        close(last, time.now(), time.nanos(), facts);
        if (announcements != null) {
            announcements.end(last, CheckResult.inconclusive("the check was removed"), facts);
        }
    }

    /** What was known is not known any more; an open incident stays open until it proves to be over. */
    void forgetState(String reason, Consumer<Object> facts) {
        Standing before = standing;
        settle();
        standing = Standing.unknown(time.now());
        Transition transition = standing.transitionFrom(before);
        if (transition != null) {
            facts.accept(new StateChanged(monitor, name, transition, CheckResult.inconclusive(reason)));
        }
    }

    /** Drops suspicions, such as when runs are stopped or thresholds change. */
    void forgetStreaks() {
        settle();
        standing = standing.withoutStreaks();
    }

    /**
     * Says whether the time from now on counts for the uptime or against it, or, if not, for neither; {@code awaited}
     * whether a run has begun of which nothing came yet.
     */
    void count(boolean counts, boolean awaited) {
        boolean changes = recorder.count(time.nanos(), counts);
        boolean decided = !awaited && !standing.isUndecided();
        if (changes && decided) { // else the time before may have to be counted otherwise later
            settle();
        }
    }

    /** The time until now was not watched, so it counts for neither. */
    void skip() {
        recorder.settle(time.nanos(), HealthState.UNKNOWN);
    }

    private void settle() {
        recorder.settle(time.nanos(), standing.state());
    }
}
