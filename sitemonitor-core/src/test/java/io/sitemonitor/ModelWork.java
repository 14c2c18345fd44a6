package io.sitemonitor;

import io.sitemonitor.schedule.MaintenanceWindow;
import org.jspecify.annotations.Nullable;

/** §6.8: maintenance of one check: a window of its settings by the wall clock, and what was opened by command by the other. */
final class ModelWork {

    /** Work that goes on, and until when by the wall. */
    record Work(String reason, long until) {}

    private @Nullable Work opened;
    private long openedUntil;

    void open(String reason, long limit, long wall, long now) {
        opened = new Work(reason, wall + limit);
        openedUntil = now + limit;
    }

    void close() {
        opened = null;
    }

    /** What was opened lasts as long as it was to last, and so ends at another wall time. */
    void clockStepped(long wall, long now) {
        Work work = opened;
        opened = work == null ? null : new Work(work.reason(), wall + openedUntil - now);
    }

    /** The work that goes on; of both that which ends later. */
    @Nullable
    Work at(Step.@Nullable Window window, long wall, long now) {
        opened = now >= openedUntil ? null : opened;
        Work planned = window != null && window.start() <= wall && wall < window.end()
                ? new Work(MaintenanceWindow.DEFAULT_REASON, window.end())
                : null;
        Work commanded = opened;
        if (planned == null || commanded == null) {
            return planned == null ? commanded : planned;
        }
        return commanded.until() > planned.until() ? commanded : planned;
    }

    /** When another answer may be right, or {@link ModelCheck#NEVER}. */
    long nextChange(Step.@Nullable Window window, long wall, long now) {
        long at = opened == null ? ModelCheck.NEVER : openedUntil;
        if (window != null && wall < window.end()) {
            at = Math.min(at, now + (wall < window.start() ? window.start() : window.end()) - wall);
        }
        return at;
    }
}
