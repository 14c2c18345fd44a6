package io.sitemonitor;

import io.sitemonitor.check.AddressPolicy;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One run of a check under its name. */
final class Run extends CheckWork {

    /** How much later than the timeout the engine steps in, so that a check which minds it can say more than "timeout". */
    private static final long GRACE = 50_000_000L;

    private final CheckCell cell;
    private final Defined definition;
    private final int version;
    private volatile @Nullable Instant startedAt;
    private boolean burdens;

    Run(CheckCell cell, Defined definition, int version, long now) {
        super(now);
        this.cell = cell;
        this.definition = definition;
        this.version = version;
    }

    @Override
    Engine engine() {
        return cell.engine();
    }

    @Override
    Check work() {
        return definition.check();
    }

    @Override
    public String check() {
        return cell.name();
    }

    @Override
    public Duration timeout() {
        return definition.settings().timeout();
    }

    @Override
    public AddressPolicy addressPolicy() {
        return definition.settings().addressPolicy();
    }

    @Override
    protected long limit() {
        long timeout = timeout().toNanos();
        return timeout + Math.min(GRACE, timeout / 4);
    }

    /** Says that the run takes a place at its host. Guarded by the lock of the cell, as is the answer. */
    void burdens(boolean taken) {
        burdens = taken;
    }

    boolean burdens() {
        return burdens;
    }

    int version() {
        return version;
    }

    Instant startedAt() {
        Instant known = startedAt;
        return known == null ? time().now().minusNanos(time().nanos() - startedNanos()) : known;
    }

    @Override
    protected void began() {
        startedAt = time().now();
    }

    @Override
    protected void ended(@Nullable Throwable thrown, boolean expired) {
        if (expired) {
            cell.endedLate(this);
            return;
        }
        long now = time().nanos();
        CheckResult found = found();
        if (thrown != null) {
            cell.engine().checkThrew(cell, thrown);
            found = CheckResult.fail(FailureKind.CHECK_ERROR, describe(thrown));
        } else if (found == null) {
            found = CheckResult.fail(FailureKind.CHECK_ERROR, "the check returned null");
        } else if (found.verdict() != Verdict.FAIL
                && now - startedNanos() > timeout().toNanos()) {
            found = timedOut();
        }
        cell.completed(this, found, now);
    }

    /** What a run counts as that was ended from outside. */
    CheckResult expiredResult() {
        return hasStarted()
                ? timedOut()
                : CheckResult.inconclusive("no thread was free for this run within " + timeout());
    }

    /** What a due time counts as at which this run still goes on although it was ended; a foreign one proves nothing. */
    CheckResult stuckResult(boolean foreign) {
        if (foreign) {
            return CheckResult.inconclusive(
                    "the run of what was checked before, which started at " + startedAt() + ", does not end");
        }
        return hasStarted()
                ? CheckResult.fail(FailureKind.TIMEOUT, "the run that started at " + startedAt() + " does not end")
                : CheckResult.inconclusive("no thread has been free since " + startedAt());
    }

    private CheckResult timedOut() {
        return CheckResult.fail(FailureKind.TIMEOUT, "no result within " + timeout());
    }

    private static String describe(Throwable thrown) {
        String message = thrown.getMessage();
        String type = thrown.getClass().getSimpleName();
        return SafeText.line(message == null || message.isBlank() ? type : type + ": " + message, 500);
    }
}
