package io.sitemonitor.schedule.internal;

import io.sitemonitor.schedule.Platform.Tick;
import io.sitemonitor.schedule.Schedule;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/**
 * The times of a calendar as the wall clock tells them right now: when the clock is set, they have other places on the
 * monotonic clock.
 *
 * @param calendar the times
 * @param time the clocks
 */
public record CalendarLines(Schedule.Calendar calendar, TimeSource time) implements Lines {

    private static final int MOST_COUNTED = 1_000;
    private static final Duration HORIZON = Duration.ofDays(50 * 366L);

    @Override
    public long after(long now) {
        Instant wall = wallAt(now);
        Instant next = calendar.nextAfter(wall);
        Duration left = next.equals(Instant.MAX) ? HORIZON : Duration.between(wall, next);
        return left.compareTo(HORIZON) >= 0 ? Tick.NEVER : now + left.toNanos();
    }

    @Override
    public long between(long from, long to) {
        Instant end = wallAt(to);
        Instant at = calendar.nextAfter(wallAt(from));
        long count = 0;
        while (!at.isAfter(end) && count < MOST_COUNTED) {
            count++;
            at = calendar.nextAfter(at);
        }
        return count;
    }

    @Override
    public long interval() {
        return calendar.interval().toNanos();
    }

    private Instant wallAt(long nanos) {
        return time.now().plusNanos(nanos - time.nanos());
    }
}
