package io.sitemonitor.schedule.internal;

import io.sitemonitor.schedule.Platform;

/** Something that wants to be called at a time. It may be called too early, and then just says when to come again. */
public abstract class Timer {

    /** When to fire next; touched by the loop only. */
    long at = Platform.Tick.NEVER;

    /** The place in the heap, or -1; touched by the loop only. */
    int index = -1;

    /** Creates a timer that waits for nothing. */
    protected Timer() {}

    /**
     * Does what is due. Called by the loop only; must not block and must not throw.
     *
     * @param now the monotonic time
     * @return when to fire next, or {@link Platform.Tick#NEVER}
     */
    protected abstract long fire(long now);
}
