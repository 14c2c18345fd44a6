package io.sitemonitor;

import io.sitemonitor.breaker.BreakerSettings;
import io.sitemonitor.breaker.internal.Breaker;
import io.sitemonitor.schedule.Platform.Tick;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the checks of one host share: how many runs it bears at once and how fast they follow each other, until when it
 * asks to be left alone, and the breaker that knows that it cannot be reached at all. Takes no other lock while it holds
 * its own.
 */
final class HostDesk {

    /**
     * How a host is spared.
     *
     * @param inFlight how many runs may go on at once
     * @param gap the least time from the start of one run to the start of the next
     */
    record Limits(int inFlight, Duration gap) {

        static final Limits NONE = new Limits(Integer.MAX_VALUE, Duration.ZERO);
    }

    /** A check whose turn has come. */
    record Turn(CheckCell cell, long at) {}

    /** What waited for a host that asked to be left alone does not come back all at once. */
    private static final long AFTER_A_PAUSE = 100_000_000L;

    private final String host;
    private final TimeSource time;
    private final int limit;
    private final long gap;
    private final boolean limited;
    private volatile long notBefore;

    /** How many checks wait for their turn, so that a run need not take the lock to see that nobody does. */
    private volatile int waiting;

    // guarded by this
    private Set<CheckCell> members = Set.of();
    private Set<CheckCell> queue = Set.of();
    private Map<CheckCell, Long> slots = Map.of();
    private int inFlight;
    private long nextStart;
    private @Nullable Breaker breaker;

    HostDesk(String host, TimeSource time, Limits limits) {
        this.host = host;
        this.time = time;
        this.limit = limits.inFlight();
        this.gap = limits.gap().toNanos();
        this.limited = !limits.equals(Limits.NONE);
        this.notBefore = time.nanos();
        this.nextStart = notBefore;
    }

    synchronized void join(CheckCell cell) {
        if (members.isEmpty()) {
            members = Set.of(cell); // most hosts have one check, and there may be many of them
            return;
        }
        if (members.size() == 1) {
            members = new LinkedHashSet<>(members);
        }
        members.add(cell);
    }

    /** Whoever is about to wait needs somewhere to do it. */
    private void beLimited() {
        if (!(queue instanceof LinkedHashSet)) {
            queue = new LinkedHashSet<>();
            slots = new LinkedHashMap<>();
        }
    }

    /** A check does not belong here any more; returns whether it was the last. */
    synchronized boolean quit(CheckCell cell) {
        if (members.size() == 1 && members.contains(cell)) {
            members = Set.of();
        } else if (members.size() > 1) {
            members.remove(cell);
        }
        return members.isEmpty();
    }

    /** Tells whether each run takes a place that it must give back. */
    boolean isLimited() {
        return limited;
    }

    /** Tells whether several checks share what is known here. */
    synchronized boolean isShared() {
        return members.size() > 1;
    }

    /**
     * Asks to start a run. Returns a time that is not after {@code now} if it may start, which it then must; a later time at
     * which to ask again, which is kept free for it; or {@link Tick#NEVER} if it will be its turn when another run ends.
     */
    long enter(CheckCell cell, long now, boolean forced) {
        if (!limited && waiting == 0 && now - notBefore >= 0) {
            return now; // nothing to spare, and no lock between checks
        }
        synchronized (this) {
            beLimited();
            Long slot = slots.get(cell);
            if (slot != null && notBefore - slot > 0) {
                slot = nextSlot(now); // it asked to be left alone for longer after the time had been kept free
                slots.put(cell, slot);
            }
            if (forced || (slot != null && slot - now <= 0)) {
                forget(cell);
                inFlight += limited ? 1 : 0;
                return now;
            }
            if (slot != null) {
                return slot;
            }
            if (queue.contains(cell)) {
                return Tick.NEVER;
            }
            if (limited && inFlight + slots.size() >= limit) {
                queue.add(cell);
                countWaiting();
                return Tick.NEVER;
            }
            long at = nextSlot(now);
            if (at - now <= 0) {
                inFlight += limited ? 1 : 0;
            } else {
                slots.put(cell, at);
                countWaiting();
            }
            return at;
        }
    }

    private boolean forget(CheckCell cell) {
        if (queue.isEmpty() && slots.isEmpty()) {
            return false;
        }
        queue.remove(cell);
        boolean held = slots.remove(cell) != null;
        countWaiting();
        return held;
    }

    private void countWaiting() {
        waiting = queue.size() + slots.size();
    }

    private long nextSlot(long now) {
        long at = Math.max(now, Math.max(nextStart, notBefore));
        nextStart = at + (at - now > 0 ? Math.max(gap, AFTER_A_PAUSE) : gap);
        return at;
    }

    /** A run has ended: returns whose turn it is, if somebody waits. */
    synchronized @Nullable Turn leave(long now) {
        inFlight = Math.max(0, inFlight - 1);
        return next(now);
    }

    /** A check does not want to start any more: returns who may take its turn. */
    synchronized @Nullable Turn withdraw(CheckCell cell, long now) {
        return forget(cell) ? next(now) : null;
    }

    private @Nullable Turn next(long now) {
        if (queue.isEmpty() || inFlight + slots.size() >= limit) {
            return null;
        }
        CheckCell cell = queue.iterator().next();
        queue.remove(cell);
        long at = nextSlot(now);
        slots.put(cell, at);
        countWaiting();
        return new Turn(cell, at);
    }

    /** Returns until when the host asks to be left alone; a time that has passed if it does not. */
    long leftAloneUntil() {
        return notBefore;
    }

    /** The host asks to be left alone until then. */
    synchronized void leaveAloneUntil(long at) {
        if (at - notBefore > 0) {
            notBefore = at;
        }
    }

    /** Returns the breaker that is shared by checks to which the host is not reachable. */
    synchronized Breaker breaker(BreakerSettings settings) {
        Breaker shared = breaker;
        if (shared == null) {
            shared = new Breaker(host, settings, 1, time);
            breaker = shared;
        }
        return shared;
    }

    /** The host was reached: returns the checks that have been left alone for its sake. */
    synchronized List<CheckCell> reached(Breaker shared) {
        if (breaker != shared) {
            return List.of();
        }
        breaker = null;
        return new ArrayList<>(members);
    }
}
