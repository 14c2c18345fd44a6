package io.sitemonitor.check;

import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The context of a run without an engine. Nobody ends the run at its timeout: a check has to do that itself, unless the
 * test calls {@link #cancel()}.
 */
public final class FixedContext implements CheckContext {

    private final Duration timeout;
    private final TimeSource time;
    private final long startedAt = TimeSource.system().nanos();
    private @Nullable Runnable action;
    private boolean cancelled;
    private AddressPolicy policy = AddressPolicy.standard();

    private FixedContext(Duration timeout, TimeSource time) {
        this.timeout = timeout;
        this.time = time;
    }

    public static FixedContext of(Duration timeout) {
        return of(timeout, TimeSource.system());
    }

    /** Measures durations with {@code time}, but the timeout with the clock of the machine. */
    public static FixedContext of(Duration timeout, TimeSource time) {
        return new FixedContext(timeout, time);
    }

    /** The same with another policy for addresses. */
    public FixedContext under(AddressPolicy other) {
        policy = other;
        return this;
    }

    @Override
    public AddressPolicy addressPolicy() {
        return policy;
    }

    /** Ends the run from outside, as the engine does. */
    public void cancel() {
        Runnable last;
        synchronized (this) {
            cancelled = true;
            last = action;
        }
        if (last != null) {
            last.run();
        }
    }

    public synchronized boolean canBeCancelled() {
        return action != null;
    }

    @Override
    public String monitor() {
        return "monitor";
    }

    @Override
    public String check() {
        return "check";
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public Duration remaining() {
        Duration left = timeout.minusNanos(TimeSource.system().nanos() - startedAt);
        return left.isNegative() ? Duration.ZERO : left;
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
    public void onCancel(Runnable newAction) {
        boolean now;
        synchronized (this) {
            action = newAction;
            now = cancelled;
        }
        if (now) {
            newAction.run();
        }
    }
}
