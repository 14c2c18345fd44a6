package io.sitemonitor.check.jvm;

import io.sitemonitor.check.CheckResult;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * How busy an executor of the host is.
 *
 * @param executor the executor, a {@link ThreadPoolExecutor} or a {@link ForkJoinPool}
 * @param queued whether the tasks that wait are counted, rather than the threads that are busy
 */
record ExecutorGauge(ExecutorService executor, boolean queued) implements Gauge {

    /** What an executor tells of itself. */
    private record Load(int busy, int most, long waiting) {}

    @Override
    public Reading read() {
        if (executor.isShutdown()) {
            return Reading.instead(CheckResult.fail("the executor is shut down"));
        }
        Load load = executor instanceof ForkJoinPool pool ? load(pool) : load((ThreadPoolExecutor) executor);
        Map<String, String> facts =
                Reading.facts("busy", load.busy + " of " + load.most, "queued", Long.toString(load.waiting));
        if (queued) {
            return Reading.of(load.waiting, load.waiting == 1 ? "1 task waits" : load.waiting + " tasks wait", facts);
        }
        String text = load.busy + " of " + load.most + " threads of the executor are busy";
        return Reading.of((double) load.busy / load.most, text, facts);
    }

    private static Load load(ThreadPoolExecutor pool) {
        // a queue that takes everything keeps the pool at its core size; some count down from the largest number
        boolean unbounded = pool.getQueue().remainingCapacity() > Integer.MAX_VALUE / 2;
        int most = unbounded ? Math.max(1, pool.getCorePoolSize()) : pool.getMaximumPoolSize();
        return new Load(pool.getActiveCount(), most, pool.getQueue().size());
    }

    private static Load load(ForkJoinPool pool) {
        long waiting = pool.getQueuedTaskCount() + pool.getQueuedSubmissionCount();
        return new Load(pool.getActiveThreadCount(), pool.getParallelism(), waiting);
    }

    @Override
    public String what() {
        return queued ? "tasks that wait for an executor" : "busy threads of an executor";
    }

    @Override
    public Unit unit() {
        return queued ? Unit.COUNT : Unit.SHARE;
    }
}
