package io.sitemonitor;

import io.sitemonitor.schedule.MaintenanceWindow;
import io.sitemonitor.schedule.Platform.Tick;
import io.sitemonitor.schedule.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When work is done on a target: in planned windows, and as long as it was opened by a command. */
final class Maintenance {

    /**
     * Maintenance that goes on.
     *
     * @param reason what is done
     * @param until when it ends
     */
    record Work(String reason, Instant until) {

        private static @Nullable Work longer(@Nullable Work one, Work other) {
            return one == null || other.until().isAfter(one.until()) ? other : one;
        }
    }

    private static final Duration HORIZON = Duration.ofDays(366);

    private @Nullable String opened;
    private long openedUntil;

    /** When that is by the wall clock; kept, since no two looks at both clocks agree. */
    private Instant openedEnd = Instant.MAX;

    void open(String reason, Duration limit, Instant wall, long now) {
        opened = reason;
        openedUntil = now + limit.toNanos();
        openedEnd = wall.plus(limit);
    }

    void clockStepped(Instant wall, long now) {
        openedEnd = wall.plusNanos(openedUntil - now);
    }

    void close() {
        opened = null;
    }

    /** Returns the work that goes on; of several that which ends last; null if there is none. */
    @Nullable
    Work at(List<MaintenanceWindow> windows, Instant wall, long now) {
        Work work = null;
        for (MaintenanceWindow window : windows) {
            Span span = window.at(wall);
            work = span == null ? work : Work.longer(work, new Work(window.reason(), span.end()));
        }
        if (opened != null && now - openedUntil >= 0) {
            opened = null;
        }
        return opened == null ? work : Work.longer(work, new Work(opened, openedEnd));
    }

    /** Returns when to look again, by the monotonic clock. */
    long nextChange(List<MaintenanceWindow> windows, Instant wall, long now) {
        long at = opened == null ? Tick.NEVER : openedUntil;
        for (MaintenanceWindow window : windows) {
            Instant change = window.nextChange(wall);
            Duration left = change == null ? HORIZON : Duration.between(wall, change);
            at = Math.min(at, now + (left.compareTo(HORIZON) > 0 ? HORIZON : left).toNanos());
        }
        return at;
    }
}
