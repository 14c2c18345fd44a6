package io.sitemonitor.testing;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.Objects;

/**
 * A context to run a check without a monitor, in tests of checks.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class TestContext implements CheckContext {

    private final Duration timeout;
    private final TimeSource time;
    private final long start;
    private boolean cancelled;
    private Runnable cancel = () -> {};

    private TestContext(Duration timeout, TimeSource time) {
        this.timeout = Objects.requireNonNull(timeout, "timeout");
        this.time = time;
        this.start = time.nanos();
    }

    /**
     * A run that begins now, by the machine's clocks.
     *
     * @param timeout how long it may take
     * @return a context for one run
     */
    public static TestContext within(Duration timeout) {
        return new TestContext(timeout, TimeSource.system());
    }

    /**
     * A run that begins now, by given clocks.
     *
     * @param timeout how long it may take
     * @param time the clocks
     * @return a context for one run
     */
    public static TestContext within(Duration timeout, TimeSource time) {
        return new TestContext(timeout, time);
    }

    /** Ends the run from outside, as a monitor does at the timeout or when it closes. */
    public void cancel() {
        Runnable action;
        synchronized (this) {
            cancelled = true;
            action = cancel;
        }
        action.run();
    }

    @Override
    public String monitor() {
        return "test";
    }

    @Override
    public String check() {
        return "test";
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public Duration remaining() {
        Duration left = timeout.minusNanos(time.nanos() - start);
        return left.isNegative() || isCancelled() ? Duration.ZERO : left;
    }

    @Override
    public TimeSource time() {
        return time;
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (this) {
            cancel = action;
            if (!cancelled) {
                return;
            }
        }
        action.run();
    }
}
