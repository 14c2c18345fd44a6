package io.sitemonitor.check;

import io.sitemonitor.time.TimeSource;
import java.time.Duration;

/** The context of a run with something else about it, which a test says by overriding it. */
public class DelegatingContext implements CheckContext {

    private final CheckContext context;

    public DelegatingContext(CheckContext context) {
        this.context = context;
    }

    @Override
    public String monitor() {
        return context.monitor();
    }

    @Override
    public String check() {
        return context.check();
    }

    @Override
    public Duration timeout() {
        return context.timeout();
    }

    @Override
    public Duration remaining() {
        return context.remaining();
    }

    @Override
    public TimeSource time() {
        return context.time();
    }

    @Override
    public boolean isCancelled() {
        return context.isCancelled();
    }

    @Override
    public void onCancel(Runnable action) {
        context.onCancel(action);
    }

    @Override
    public AddressPolicy addressPolicy() {
        return context.addressPolicy();
    }

    @Override
    public void retryAfter(Duration pause) {
        context.retryAfter(pause);
    }
}
