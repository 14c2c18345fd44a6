package io.sitemonitor.metrics;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many checks have meters of their own. Tells once when there is no room for another. */
final class CheckLimit {

    private static final Logger LOG = LoggerFactory.getLogger(MonitorMetrics.class);

    private final int most;
    private final Semaphore free;
    private final AtomicBoolean told = new AtomicBoolean();

    CheckLimit(int most) {
        this.most = most;
        this.free = new Semaphore(most);
    }

    boolean acquire(String monitor) {
        if (free.tryAcquire()) {
            return true;
        }
        if (told.compareAndSet(false, true)) {
            LOG.warn(
                    "[{}] {} checks have meters of their own; those beyond share meters with check=\"{}\" (see maxChecks)",
                    monitor,
                    most,
                    MeterNames.OTHER);
        }
        return false;
    }

    void release() {
        free.release();
    }
}
