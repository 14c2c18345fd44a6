package io.sitemonitor.testing;

import io.sitemonitor.schedule.Platform;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
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
 * <p>What the world around the monitor does can be written up front, with {@link #at(Duration, Runnable)}. The host of the
 * monitor can {@linkplain #freeze freeze} or be {@linkplain #suspend suspended}, and its wall clock can
 * {@linkplain #stepWallClock jump}; the world goes on meanwhile.
 *
 * <p><b>Order:</b> of what is due at one moment, the scripted actions come first, in the order in which they were written;
 * then what was due longest.
 *
 * <p><b>Threads:</b> everything on one platform, monitors included, must be used by one thread.
 */
public final class ManualTime implements Platform, TimeSource {

    private record Event(long at, long number, Runnable action) {}

    private static final Comparator<Event> IN_ORDER =
            Comparator.comparingLong(Event::at).thenComparingLong(Event::number);

    private final PriorityQueue<Event> events = new PriorityQueue<>(IN_ORDER);
    private final PriorityQueue<Event> script = new PriorityQueue<>(IN_ORDER); // by the time of the world
    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final List<ManualLoop> loops = new ArrayList<>();
    private Instant origin;
    private long nanos;
    private long suspended;
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
     * Lets time pass and everything happen that is due meanwhile, or late already.
     *
     * @param duration how much time; zero lets happen what is due right now
     * @throws IllegalArgumentException if it is negative
     */
    public void advance(Duration duration) {
        runUntil(nanos + span("the time to advance", duration), () -> false);
    }

    /**
     * Lets time pass until the wall clock shows an instant; see {@link #advance}. How long that is, is reckoned now: a step
     * of the wall clock on the way does not change it.
     *
     * @param instant a moment by the wall clock, not before {@link #now()}
     * @throws IllegalArgumentException if it has passed
     */
    public void advanceTo(Instant instant) {
        Duration left = Duration.between(now(), instant);
        if (left.isNegative()) {
            throw new IllegalArgumentException("time does not go back from " + now() + " to " + instant);
        }
        advance(left);
    }

    /**
     * Lets something happen at a moment, before any run that is due at the same moment. Such actions are the world around
     * the monitor: a target falls, an operator gives a command, the host {@linkplain #freeze freezes}. They happen within
     * {@link #advance}, and at their moment even while the host is frozen. What they throw comes out of there.
     *
     * @param sinceStart the moment, counted from the start of this time as {@link #elapsed()} is
     * @param action what happens
     * @throws IllegalArgumentException if the moment has passed
     */
    public void at(Duration sinceStart, Runnable action) {
        Objects.requireNonNull(action, "action");
        long at = sinceStart.toNanos();
        if (at < worldNanos()) {
            throw new IllegalArgumentException("an action cannot happen " + sinceStart + " after the start, for "
                    + elapsed() + " have passed already");
        }
        script.add(new Event(at, number++, action));
    }

    /**
     * Lets something happen at a moment; see {@link #at(Duration, Runnable)}. The moment is reckoned by the wall clock as it
     * is now: a later step of that clock does not move it.
     *
     * @param instant the moment, not before {@link #now()}
     * @param action what happens
     * @throws IllegalArgumentException if the moment has passed
     */
    public void at(Instant instant, Runnable action) {
        Duration left = Duration.between(now(), instant);
        if (left.isNegative()) {
            throw new IllegalArgumentException("an action cannot happen at " + instant + ", for it is " + now());
        }
        at(elapsed().plus(left), action);
    }

    /**
     * Freezes the host: both clocks go on, but nothing of the monitor runs, as in a long collection or when the host gets
     * no processor. Afterwards all that fell due is late at once, and happens with the next {@link #advance}, or at once
     * when this was called from within one. Called from within a check or a listener, that very call is what takes so long.
     *
     * @param duration how long
     * @throws IllegalArgumentException if it is negative
     */
    public void freeze(Duration duration) {
        long end = nanos + span("the time to freeze", duration);
        for (Event next = script.peek(); next != null && next.at() - suspended <= end; next = script.peek()) {
            nanos = Math.max(nanos, next.at() - suspended);
            script.remove().action().run();
        }
        nanos = Math.max(nanos, end);
    }

    /**
     * Suspends the host, where monotonic time stands still in sleep, as on Linux: only the wall clock shows afterwards that
     * time has passed, and nothing is late. Elsewhere, a suspended host is one that {@linkplain #freeze freezes}.
     *
     * @param duration how long
     * @throws IllegalArgumentException if it is negative
     */
    public void suspend(Duration duration) {
        long end = worldNanos() + span("the time to be suspended", duration);
        for (Event next = script.peek(); next != null && next.at() <= end; next = script.peek()) {
            sleepUntil(next.at());
            script.remove().action().run();
        }
        sleepUntil(end);
    }

    private void sleepUntil(long world) {
        long slept = Math.max(0, world - worldNanos());
        suspended += slept;
        origin = origin.plusNanos(slept);
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
     * Lets the check or listener that is running right now take this long, while everything else goes on. To be called from
     * within it; calls add up.
     *
     * @param duration how long it takes
     * @throws IllegalArgumentException if it is negative
     */
    public void take(Duration duration) {
        taking += span("the time to take", duration);
    }

    /**
     * Returns how much time has passed in the world since this time was started: what was advanced, frozen and suspended,
     * whatever the wall clock says.
     *
     * @return the time since the start
     */
    public Duration elapsed() {
        return Duration.ofNanos(worldNanos());
    }

    private long worldNanos() {
        return nanos + suspended;
    }

    private static long span(String what, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative, but was " + duration);
        }
        return duration.toNanos();
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
        return new ManualWorkers(this, limit);
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
            if (next == Tick.NEVER || next > Math.max(end, nanos)) {
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
        Event act = script.peek();
        if (act != null) {
            next = Math.min(next, act.at() - suspended);
        }
        for (ManualLoop loop : loops) {
            next = Math.min(next, loop.next);
        }
        return next;
    }

    private void fireDue() {
        for (Event act = script.peek(); act != null && act.at() <= worldNanos(); act = script.peek()) {
            script.remove().action().run();
        }
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

    /** Does something within this moment, after what is waiting already. */
    void soon(Runnable action) {
        ready.add(action);
    }

    /** Does something after a while. */
    void later(long after, Runnable action) {
        events.add(new Event(nanos + after, number++, action));
    }

    /** Calls foreign code; returns for how long it says that it takes, in nanoseconds. */
    long call(Work work) {
        long outer = taking;
        taking = 0;
        work.call();
        long took = taking;
        taking = outer;
        return took;
    }
}
