package io.sitemonitor.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Meters that come and go together. A meter that is registered while the scope is being closed is removed as well.
 *
 * <p><b>Threads:</b> safe for use by any number of threads; the registry is never called under a lock.
 */
final class MeterScope {

    private final MeterRegistry registry;
    private final Queue<Meter> meters = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    MeterScope(MeterRegistry registry) {
        this.registry = registry;
    }

    MeterRegistry registry() {
        return registry;
    }

    <M extends Meter> M keep(M meter) {
        meters.add(meter);
        if (closed) {
            close();
        }
        return meter;
    }

    Counter counter(String name, String description, Tags tags) {
        return keep(Counter.builder(name).description(description).tags(tags).register(registry));
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
        for (Meter meter = meters.poll(); meter != null; meter = meters.poll()) {
            registry.remove(meter);
        }
    }
}
