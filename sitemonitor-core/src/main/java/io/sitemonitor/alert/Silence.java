package io.sitemonitor.alert;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says that nobody is to be told for a while: a listener that is muted, or a check that is snoozed. What opens meanwhile is
 * told at the end, if it still lasts then; reminders are left out; what was told before is closed in any case.
 *
 * @param listener the alert listener that is muted; null for all
 * @param check the check that is snoozed; null for all
 * @param reason why, in one line for people
 * @param from when it begins
 * @param until when it ends by itself
 */
public record Silence(@Nullable String listener, @Nullable String check, String reason, Instant from, Instant until) {

    /** Creates a silence. */
    public Silence {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(until, "until");
    }

    /**
     * Tells whether it concerns somebody at a moment.
     *
     * @param listener the name of an alert listener
     * @param check the name of a check
     * @param moment the moment; the start of the silence belongs to it, the end does not
     * @return whether that listener is not to be told of that check then
     */
    public boolean covers(String listener, String check, Instant moment) {
        return (this.listener == null || this.listener.equals(listener))
                && (this.check == null || this.check.equals(check))
                && !moment.isBefore(from)
                && moment.isBefore(until);
    }
}
