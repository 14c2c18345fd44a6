package io.sitemonitor.check.composite;

import io.sitemonitor.check.AddressPolicy;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.internal.Deadline;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.function.Consumer;

/** What a part sees of the run: the same, but with a share of its time. */
final class PartContext implements CheckContext {

    private final CheckContext run;
    private final Consumer<Duration> pauses;
    private final Duration timeout;

    /** What is to be left of the run when the share is over. */
    private final Duration kept;

    private volatile boolean open = true;

    /** Gives the part an equal share of what is left for it and those after it. */
    PartContext(Deadline deadline, int partsLeft, Consumer<Duration> pauses) {
        run = deadline.context();
        this.pauses = pauses;
        long share = Math.max(1, deadline.nanosLeft() / partsLeft);
        timeout = Duration.ofNanos(share);
        kept = run.remaining().minusNanos(share);
    }

    /** Ends the share: whatever the part wanted to be called is called no more. */
    void close() {
        open = false;
        run.onCancel(() -> {});
    }

    @Override
    public String monitor() {
        return run.monitor();
    }

    @Override
    public String check() {
        return run.check();
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public Duration remaining() {
        Duration left = run.remaining().minus(kept);
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public TimeSource time() {
        return run.time();
    }

    @Override
    public boolean isCancelled() {
        return run.isCancelled();
    }

    @Override
    public void onCancel(Runnable action) {
        if (open) {
            run.onCancel(action);
        }
    }

    @Override
    public AddressPolicy addressPolicy() {
        return run.addressPolicy();
    }

    @Override
    public void retryAfter(Duration pause) {
        pauses.accept(pause);
    }
}
