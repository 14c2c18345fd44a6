package io.sitemonitor.event.internal;

import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.schedule.Platform;
import io.sitemonitor.time.Throttle;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where monitor listeners are called. */
final class ListenerLane implements Platform.Work {

    private static final Logger LOG = LoggerFactory.getLogger(ListenerLane.class);
    private static final int CAPACITY = 10_000;

    private final String name;
    private final MonitorListener listener;
    private final Dispatcher dispatcher;
    private final boolean direct;
    private final Map<Class<?>, Boolean> wanted = new HashMap<>();
    private final Queue<MonitorEvent> queue = new ConcurrentLinkedQueue<>();

    /** Events in the queue and the one being handled; whoever raises it from zero starts the thread. */
    private final AtomicInteger pending = new AtomicInteger();

    private final AtomicLong lost = new AtomicLong();
    private final Throttle complaints;

    ListenerLane(String name, MonitorListener listener, Dispatcher dispatcher) {
        this.name = name;
        this.listener = listener;
        this.dispatcher = dispatcher;
        this.complaints = new Throttle(dispatcher.time(), Duration.ofMinutes(1));
        this.direct = askDirect();
        askWanted(MonitorEvent.class);
    }

    String name() {
        return name;
    }

    long lost() {
        return lost.get();
    }

    boolean wants(Class<? extends MonitorEvent> type) {
        return wanted.getOrDefault(type, true);
    }

    void offer(MonitorEvent event) {
        if (!wants(event.getClass())) {
            return;
        }
        if (direct) {
            call(event);
            return;
        }
        int before = pending.get();
        if (before >= CAPACITY) {
            long count = lost.incrementAndGet();
            if (complaints.tryPass()) {
                LOG.warn("[{}] listener '{}' is too slow: {} events lost so far", dispatcher.monitor(), name, count);
                dispatcher.failed(this, event, "too slow, its queue is full");
            }
            return;
        }
        queue.add(event);
        if (pending.getAndIncrement() == 0 && !dispatcher.start(this)) {
            pending.set(0); // closed: nobody is left to be told
            queue.clear();
        }
    }

    @Override
    public void call() {
        do {
            MonitorEvent event = queue.poll();
            if (event != null) {
                call(event);
            }
        } while (pending.decrementAndGet() > 0);
    }

    @Override
    public boolean done() {
        return true;
    }

    boolean isIdle() {
        return pending.get() == 0;
    }

    private void call(MonitorEvent event) {
        try {
            listener.onEvent(event);
        } catch (Throwable e) { // foreign code: whatever it throws harms nothing else
            complain("failed on " + event.getClass().getSimpleName(), event, e);
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void complain(String what, MonitorEvent event, Throwable e) {
        if (complaints.tryPass()) {
            LOG.warn(
                    "[{}] listener '{}' {} ({} more since the last report)",
                    dispatcher.monitor(),
                    name,
                    what,
                    complaints.heldBack(),
                    e);
        }
        dispatcher.failed(this, event, e.getClass().getName());
    }

    private boolean askDirect() {
        try {
            return listener.isDirect();
        } catch (Throwable e) {
            LOG.warn("[{}] listener '{}' failed to say whether it is direct", dispatcher.monitor(), name, e);
            return false;
        }
    }

    private void askWanted(Class<?> type) {
        Class<?>[] permitted = type.getPermittedSubclasses();
        if (permitted != null) {
            for (Class<?> each : permitted) {
                askWanted(each);
            }
            return;
        }
        boolean wants = true;
        try {
            wants = listener.wants(type.asSubclass(MonitorEvent.class));
        } catch (Throwable e) {
            LOG.warn("[{}] listener '{}' failed to say what it wants", dispatcher.monitor(), name, e);
        }
        wanted.put(type, wants);
    }
}
