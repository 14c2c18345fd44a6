package io.sitemonitor.testing;

import io.sitemonitor.schedule.Platform;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * Time that moves when told. A monitor that runs on it uses the same engine as any other, but no thread and no waiting:
 * all runs, listeners and alerts happen within {@link #advance}, one after the other and in the same order each time.
 *
 * <pre>{@code
 * ManualTime time = ManualTime.startingAt(Instant.parse("2026-03-01T12:00:00Z"));
 * ScriptedCheck shop = ScriptedCheck.passing();
 * Monitor monitor = Monitor.named("test").runOn(time).check("shop", shop).start();
 * shop.fails("HTTP 503");
 * time.advance(Duration.ofMinutes(1));
 * assertThat(monitor.stateOf("shop")).isEqualTo(HealthState.DOWN);
 * }</pre>
 *
 * <p><b>Threads:</b> everything on one platform, monitors included, must be used by one thread.
 */
public final class ManualTime implements Platform, TimeSource {

    private record Event(long at, long number, Runnable action) {}

    private static final Comparator<Event> IN_ORDER =
            Comparator.comparingLong(Event::at).thenComparingLong(Event::number);

    private final PriorityQueue<Event> events = new PriorityQueue<>(IN_ORDER);
    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final List<ManualLoop> loops = new ArrayList<>();
    private Instant origin;
    private long nanos;
    private long number;
    private long taking;

    private ManualTime(Instant start) {
        this.origin = start;
    }

    /**
     * Begins at a wall time.
     *
     * @param start the wall time until time is advanced
     * @return a platform of its own
     */
    public static ManualTime startingAt(Instant start) {
        return new ManualTime(start);
    }

    /**
     * Lets time pass and everything happen that is due meanwhile.
     *
     * @param duration how much time
     * @throws IllegalArgumentException if it is negative
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time does not go back, but was told to by " + duration);
        }
        runUntil(nanos + duration.toNanos(), () -> false);
    }

    /**
     * Lets the wall clock jump, as an operator or a time server may do. Monotonic time is not touched.
     *
     * @param step how far; negative to go back
     */
    public void stepWallClock(Duration step) {
        origin = origin.plus(step);
    }

    /**
     * Lets the check or listener that is running right now take this long. To be called from within it; calls add up.
     *
     * @param duration how long it takes
     */
    public void take(Duration duration) {
        taking += duration.toNanos();
    }

    @Override
    public Instant now() {
        return origin.plusNanos(nanos);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public TimeSource time() {
        return this;
    }

    @Override
    public Loop loop(String name, Tick tick) {
        ManualLoop loop = new ManualLoop(tick);
        loops.add(loop);
        return loop;
    }

    @Override
    public Workers workers(String name, int limit) {
        return new ManualWorkers(limit);
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration limit) {
        return runUntil(nanos + limit.toNanos(), condition);
    }

    @Override
    public boolean hasVirtualThreads() {
        return true;
    }

    @Override
    public String toString() {
        return "virtual time " + now();
    }

    private boolean runUntil(long end, BooleanSupplier condition) {
        while (true) {
            runReady();
            if (condition.getAsBoolean()) {
                return true;
            }
            long next = nextAt();
            if (next == Tick.NEVER || next - end > 0) {
                nanos = Math.max(nanos, end);
                return condition.getAsBoolean();
            }
            nanos = Math.max(nanos, next);
            fireDue();
        }
    }

    private void runReady() {
        for (Runnable action = ready.poll(); action != null; action = ready.poll()) {
            action.run();
        }
    }

    private long nextAt() {
        Event first = events.peek();
        long next = first == null ? Tick.NEVER : first.at();
        for (ManualLoop loop : loops) {
            next = Math.min(next, loop.next);
        }
        return next;
    }

    private void fireDue() {
        for (Event first = events.peek(); first != null && first.at() <= nanos; first = events.peek()) {
            ready.add(events.remove().action());
        }
        for (int i = 0; i < loops.size(); i++) {
            ManualLoop loop = loops.get(i);
            if (loop.next <= nanos) {
                loop.next = Tick.NEVER;
                long next = loop.tick.run();
                loop.next = Math.min(loop.next, next);
            }
        }
    }

    /** A loop that is called by whoever advances the time. */
    private final class ManualLoop implements Loop {

        private final Tick tick;
        private long next = Tick.NEVER;

        ManualLoop(Tick tick) {
            this.tick = tick;
        }

        @Override
        public void wakeAt(long at) {
            next = Math.min(next, at);
        }

        @Override
        public void close() {
            loops.remove(this);
        }
    }

    /** Places that are taken for as long as work says that it takes. */
    private final class ManualWorkers implements Workers {

        private final Queue<Work> queue = new ArrayDeque<>();
        private final int limit;
        private int busy;
        private boolean open = true;

        ManualWorkers(int limit) {
            this.limit = limit;
        }

        @Override
        public boolean start(Work work) {
            if (!open) {
                return false;
            }
            queue.add(work);
            ready.add(this::startNext);
            return true;
        }

        private void startNext() {
            if (busy >= limit) {
                return;
            }
            Work work = queue.poll();
            if (work == null) {
                return;
            }
            busy++;
            long outer = taking;
            taking = 0;
            work.call();
            long took = taking;
            taking = outer;
            Runnable end = () -> finish(work);
            if (took == 0) {
                end.run();
            } else {
                events.add(new Event(nanos + took, number++, end));
            }
        }

        private void finish(Work work) {
            if (work.done()) {
                busy--;
                startNext();
            }
        }

        @Override
        public void giveUpOne() {
            busy--;
            ready.add(this::startNext);
        }

        @Override
        public int busy() {
            return busy;
        }

        @Override
        public int waiting() {
            return queue.size();
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
