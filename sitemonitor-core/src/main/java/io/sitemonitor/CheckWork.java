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

    private final Engine engine;
    private final String name;
    private final Check check;
    private final Duration timeout;
    private final long queuedAt;
    private volatile long askedPause;
    private @Nullable CheckResult result;
    private @Nullable Runnable cancel; // guarded by this

    CheckWork(Engine engine, String name, Check check, Duration timeout, long grace, long now) {
        super(engine.time(), timeout.toNanos() + grace);
        this.engine = engine;
        this.name = name;
        this.check = check;
        this.timeout = timeout;
        this.queuedAt = now;
    }

    @Override
    protected final void perform() throws Exception {
        result = check.run(this);
    }

    /** Returns what the check found; null if it has not returned, or returned that. */
    final @Nullable CheckResult found() {
        return result;
    }

    /** Returns when it is to be ended; what gets no thread is ended after its timeout as well. */
    final long deadline() {
        return deadline(queuedAt + timeout.toNanos());
    }

    final long startNanos() {
        return hasStarted() ? startedNanos() : queuedAt;
    }

    /** Returns for how long the target asks to be left alone, in nanoseconds; zero if it does not. */
    final long askedPause() {
        return askedPause;
    }

    /** Takes the action that ends the work of this run, to be called by somebody who may wait for it. */
    final synchronized @Nullable Runnable takeCancel() {
        Runnable action = cancel;
        cancel = null;
        return action;
    }

    @Override
    public final String monitor() {
        return engine.name();
    }

    @Override
    public final String check() {
        return name;
    }

    @Override
    public final Duration timeout() {
        return timeout;
    }

    @Override
    public final Duration remaining() {
        long left = isExpired() ? 0 : startNanos() + timeout.toNanos() - time().nanos();
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    @Override
    public final TimeSource time() {
        return engine.time();
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
        askedPause = bounded.isNegative() ? 0 : bounded.toNanos();
    }
}
