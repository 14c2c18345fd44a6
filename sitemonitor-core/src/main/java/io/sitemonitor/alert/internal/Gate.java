package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertPolicy;
import io.sitemonitor.alert.Silence;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says when a listener may be told of something that has begun. Without state of its own; calls nothing foreign. */
final class Gate {

    /** The end of one hold may lie in another; more of them in a row than this are looked at again at the end of the last. */
    private static final int MOST_LOOKS = 100;

    /**
     * Why not now.
     *
     * @param until when to ask again; {@link Instant#MAX} if never
     * @param reason in a few words
     */
    record Hold(Instant until, String reason) {}

    private final String listener;
    private final AlertPolicy policy;
    private final Commands commands;

    Gate(String listener, AlertPolicy policy, Commands commands) {
        this.listener = listener;
        this.policy = policy;
        this.commands = commands;
    }

    /** Says whether the listener may be told at a moment; null if it may. */
    @Nullable
    Hold hold(Alert alert, Instant moment) {
        Instant open = moment;
        String reason = null;
        for (int look = 0; look < MOST_LOOKS; look++) {
            Hold next = next(alert, open);
            if (next == null) {
                break;
            }
            reason = reason == null ? next.reason() : reason;
            open = next.until();
        }
        return reason == null ? null : new Hold(open, reason);
    }

    private @Nullable Hold next(Alert alert, Instant moment) {
        Duration after = policy.after();
        boolean isFirst = alert.kind().isOpening() && alert.kind() != AlertKind.DIGEST;
        if (isFirst && !after.isZero() && moment.isBefore(alert.at().plus(after))) {
            return new Hold(alert.at().plus(after), "it is told only of what lasts for " + Wording.duration(after));
        }
        Silence silence = commands.silence(listener, alert.check(), moment);
        if (silence != null) {
            String what = silence.check() == null ? "it is muted" : "the check is snoozed";
            return new Hold(silence.until(), what + ": " + silence.reason());
        }
        Instant open = moment.equals(Instant.MAX) ? moment : policy.nextOpen(moment);
        if (open == null) {
            return new Hold(Instant.MAX, "it has no hours any more");
        }
        return open.isAfter(moment) ? new Hold(open, "it is outside of its hours") : null;
    }

    /** Tells whether somebody has taken on what the listener is only told of if nobody does. */
    boolean isAcknowledged(Alert alert) {
        return !policy.after().isZero() && commands.isAcknowledged(alert.incidentId());
    }
}
