package io.sitemonitor;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.schedule.Platform.Tick;
import io.sitemonitor.state.Condition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whose fault a failed run is: the target's, or our own because the process stood still, the clock jumped or we are
 * offline. A failure whose cause is not known yet waits here until the checks that prove that we are online have been run
 * again. Guarded by the lock of its cell.
 */
final class Attribution {

    private final CheckCell cell;
    private final Facts facts;
    private @Nullable Judgement pending;

    Attribution(CheckCell cell, Facts facts) {
        this.cell = cell;
        this.facts = facts;
    }

    /** Tells whether a result waits. */
    boolean isPending() {
        return pending != null;
    }

    /** Tells whether what waits must be judged now. */
    boolean isOverdue(long now) {
        return pending != null && now - pending.limit() >= 0;
    }

    /** Returns when to judge at the latest; {@link Tick#NEVER} if nothing waits. */
    long limit() {
        return pending == null ? Tick.NEVER : pending.limit();
    }

    /** Tells whether a result counts as it is, whatever our own condition, as nearly all do. */
    boolean isPlain(CheckResult found) {
        return found.verdict() != Verdict.FAIL && cell.engine().ownLine() == null;
    }

    /** Takes what a run found; returns what it counts as, or null if that has to wait. */
    @Nullable
    Judgement take(CheckResult found, Instant startedAt, long startedNanos, long now, boolean ran) {
        CheckResult result = found;
        boolean failed = found.verdict() == Verdict.FAIL;
        if (failed) {
            String doubt = cell.engine().vigil().doubt(startedAt, startedNanos, now);
            result = doubt == null ? found : Judgement.doubted(found, doubt);
        }
        Judgement judgement = new Judgement(result, startedAt, startedNanos, now, ran, now);
        OwnLine line = cell.engine().ownLine();
        if (line == null) {
            return judgement;
        }
        if (line.isProof(cell.name())) {
            line.observed(cell, result.verdict(), startedNanos);
            facts.add((Facts.Follow) line::publish);
        }
        if (result.verdict() != Verdict.FAIL) {
            return judgement;
        }
        pending = judgement.until(now + line.patience());
        Judgement judged = judge(now);
        if (judged == null) {
            facts.add((Facts.Follow) () -> line.ask(startedNanos));
        }
        return judged;
    }

    /** Looks whether what waits can be judged by now; returns what it counts as, or null if nothing can be. */
    @Nullable
    Judgement judge(long now) {
        Judgement asked = pending;
        OwnLine line = cell.engine().ownLine();
        if (asked == null || line == null) {
            return null;
        }
        OwnLine.View view = line.look(asked.startedNanos());
        if (view == OwnLine.View.UNSURE && now - asked.limit() < 0) {
            line.await(cell);
            return null;
        }
        pending = null;
        Condition isolation = line.isolation();
        String reason = isolation == null ? "the monitor is offline" : isolation.reason();
        return view == OwnLine.View.OFFLINE ? asked.doubted(reason) : asked;
    }

    /** Whatever waits does not count any more. */
    void dropPending() {
        pending = null;
    }

    /** What the check said about our own line does not count any more. */
    void forget() {
        OwnLine line = cell.engine().ownLine();
        if (line != null && line.isProof(cell.name())) {
            line.forget(cell.name());
            facts.add((Facts.Follow) line::publish);
        }
    }
}
