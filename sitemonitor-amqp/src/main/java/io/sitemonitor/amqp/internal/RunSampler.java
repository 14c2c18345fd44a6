package io.sitemonitor.amqp.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Picks some of the runs of each check. Safe for use by any number of threads. */
public final class RunSampler {

    private record Sampled(long skipped, long nanos) {}

    private final int every;
    private final long leastNanos;
    private final Map<String, Sampled> lastOf = new ConcurrentHashMap<>();

    /**
     * Creates a sampler.
     *
     * @param every takes every so manyth run of a check, the first included
     * @param leastNanos how long to wait after one that was taken
     */
    public RunSampler(int every, long leastNanos) {
        this.every = every;
        this.leastNanos = leastNanos;
    }

    /**
     * Decides about a run.
     *
     * @param check the name of its check
     * @param now the monotonic time
     * @return whether it is taken
     */
    public boolean takes(String check, long now) {
        Sampled next = lastOf.compute(check, (name, last) -> {
            boolean takes = last == null || (last.skipped + 1 >= every && now - last.nanos >= leastNanos);
            return takes ? new Sampled(0, now) : new Sampled(last.skipped + 1, last.nanos);
        });
        return next.skipped == 0;
    }

    /**
     * Forgets a check that is gone.
     *
     * @param check its name
     */
    public void forget(String check) {
        lastOf.remove(check);
    }
}
