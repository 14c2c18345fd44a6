package io.sitemonitor;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.schedule.internal.TimedWork;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One run of a check: the one place where checks are called. */
final class Run extends TimedWork implements CheckContext {

    /** How much later than the timeout the engine steps in, so that a check which minds it can say more than "timeout". */
    private static final long GRACE = 50_000_000L;

    private final CheckCell cell;
    private final Check check;
    private final Duration timeout;
    private final int version;
    private final long queuedAt;

    private Instant startedAt;
    private @Nullable CheckResult result;
    private @Nullable Runnable cancel; // guarded by this

    Run(CheckCell cell, Defined definition, int version, long now) {
        super(cell.time(), definition.settings().timeout().toNanos() + grace(definition));
        this.cell = cell;
        this.check = definition.check();
        this.timeout = definition.settings().timeout();
        this.version = version;
        this.queuedAt = now;
        this.startedAt = cell.time().now();
    }

    private static long grace(Defined definition) {
        return Math.min(GRACE, definition.settings().timeout().toNanos() / 4);
    }

    int version() {
        return version;
    }

    /** Returns when it is to be ended; one that gets no thread is ended after its timeout as well. */
    long deadline() {
        return deadline(queuedAt + timeout.toNanos());
    }

    Instant startedAt() {
        return startedAt;
    }

    long startNanos() {
        return hasStarted() ? startedNanos() : queuedAt;
    }

    @Override
    protected void began() {
        startedAt = time().now();
    }

    @Override
    protected void perform() throws Exception {
        result = check.run(this);
    }

    @Override
    protected void ended(@Nullable Throwable thrown, boolean expired) {
        if (expired) {
            cell.endedLate(this);
            return;
        }
        long now = time().nanos();
        CheckResult found = result;
        if (thrown != null) {
            cell.engine().checkThrew(cell, thrown);
            found = CheckResult.fail(FailureKind.CHECK_ERROR, describe(thrown));
        } else if (found == null) {
            found = CheckResult.fail(FailureKind.CHECK_ERROR, "the check returned null");
        } else if (found.verdict() != Verdict.FAIL && now - startedNanos() > timeout.toNanos()) {
            found = timedOut();
        }
        cell.completed(this, found, now);
    }

    /** What a run counts as that was ended from outside. */
    CheckResult expiredResult() {
        return hasStarted()
                ? timedOut()
                : CheckResult.inconclusive("no thread was free for this run within " + timeout);
    }

    /** What a due time counts as at which this run still goes on although it was ended. */
    CheckResult stuckResult() {
        return hasStarted()
                ? CheckResult.fail(FailureKind.TIMEOUT, "the run that started at " + startedAt + " does not end")
                : CheckResult.inconclusive("no thread has been free since " + startedAt);
    }

    /** Takes the action that ends the work of this run, to be called by somebody who may wait for it. */
    synchronized @Nullable Runnable takeCancel() {
        Runnable action = cancel;
        cancel = null;
        return action;
    }

    private CheckResult timedOut() {
        return CheckResult.fail(FailureKind.TIMEOUT, "no result within " + timeout);
    }

    private static String describe(Throwable thrown) {
        String message = thrown.getMessage();
        String type = thrown.getClass().getSimpleName();
        return SafeText.line(message == null || message.isBlank() ? type : type + ": " + message, 500);
    }

    @Override
    public String monitor() {
        return cell.engine().name();
    }

    @Override
    public String check() {
        return cell.name();
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public Duration remaining() {
        long left = isExpired() ? 0 : startNanos() + timeout.toNanos() - time().nanos();
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    @Override
    public TimeSource time() {
        return cell.time();
    }

    @Override
    public boolean isCancelled() {
        return isExpired();
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (!isExpired()) {
                cancel = action;
                return;
            }
        }
        action.run();
    }
}
