package io.sitemonitor;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.schedule.internal.TimedWork;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A check at work: the one place where checks are called, and all that a check may know of its run. */
abstract class CheckWork extends TimedWork implements CheckContext {

    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    /** For how long the target asks to be left alone, in milliseconds. */
    private volatile int askedPause;

    private @Nullable CheckResult result;
    private @Nullable Runnable cancel; // guarded by this

    CheckWork(long now) {
        super(now);
    }

    abstract Engine engine();

    /** Returns what is called. */
    abstract Check work();

    @Override
    protected final void perform() throws Exception {
        result = work().run(this);
    }

    /** Returns what the check found; null if it has not returned, or returned that. */
    final @Nullable CheckResult found() {
        return result;
    }

    /** Returns when it is to be ended; what gets no thread is ended after its timeout as well. */
    final long deadline() {
        return deadline(startedNanos() + timeout().toNanos());
    }

    /** Returns for how long the target asks to be left alone, in nanoseconds; zero if it does not. */
    final long askedPause() {
        return askedPause * 1_000_000L;
    }

    /** Takes the action that ends the work of this run, to be called by somebody who may wait for it. */
    final synchronized @Nullable Runnable takeCancel() {
        Runnable action = cancel;
        cancel = null;
        return action;
    }

    @Override
    public final String monitor() {
        return engine().name();
    }

    @Override
    public final Duration remaining() {
        long left = isExpired() ? 0 : startedNanos() + timeout().toNanos() - time().nanos();
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    @Override
    public final TimeSource time() {
        return engine().time();
    }

    @Override
    public final boolean isCancelled() {
        return isExpired();
    }

    @Override
    public final void onCancel(Runnable action) {
        synchronized (this) {
            if (!isExpired()) {
                cancel = action;
                return;
            }
        }
        action.run();
    }

    @Override
    public final void retryAfter(Duration pause) {
        Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        askedPause = bounded.isNegative() ? 0 : (int) bounded.plusNanos(999_999).toMillis();
    }
}
