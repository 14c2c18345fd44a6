package io.sitemonitor.schedule;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A time in which work is done on a target.
 *
 * @param span when it is
 * @param reason what is done
 */
public record MaintenanceWindow(Span span, String reason) {

    /** Creates a window. */
    public MaintenanceWindow {
        Objects.requireNonNull(span, "span");
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * One window, once.
     *
     * @param start its first moment
     * @param end the first moment after it
     * @return the window
     */
    public static MaintenanceWindow once(Instant start, Instant end) {
        return new MaintenanceWindow(new Span(start, end), "maintenance");
    }

    /**
     * Returns the same window with a reason.
     *
     * @param reason what is done
     * @return a copy
     */
    public MaintenanceWindow reason(String reason) {
        return new MaintenanceWindow(span, reason);
    }

    /**
     * Returns the span in force.
     *
     * @param now a moment
     * @return the span, or null
     */
    public @Nullable Span at(Instant now) {
        return now.isBefore(span.start()) || !now.isBefore(span.end()) ? null : span;
    }

    /**
     * Returns when the window begins or ends next.
     *
     * @param after a moment
     * @return a later moment, or null
     */
    public @Nullable Instant nextChange(Instant after) {
        return after.isBefore(span.start()) ? span.start() : after.isBefore(span.end()) ? span.end() : null;
    }
}
