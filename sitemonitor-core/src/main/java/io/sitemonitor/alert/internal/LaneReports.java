package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.DeadLetter;
import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.internal.Backlog.Delivery;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.event.AlertDelivered;
import io.sitemonitor.event.AlertDeliveryFailed;
import io.sitemonitor.event.AlertSkipped;
import io.sitemonitor.event.AlertUndelivered;
import io.sitemonitor.store.Change;
import io.sitemonitor.time.Throttle;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says and keeps what became of the alerts to one listener. Not to be called with a lock. Safe for use by any number of threads. */
final class LaneReports {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final String name;
    private final LaneContext context;
    private final @Nullable Outbox outbox;
    private final Throttle complaints;

    LaneReports(String name, LaneContext context, @Nullable Outbox outbox) {
        this.name = name;
        this.context = context;
        this.outbox = outbox;
        this.complaints = new Throttle(context.time(), Duration.ofMinutes(1));
    }

    private Instant now() {
        return context.time().now();
    }

    /** An alert was delivered; other changes are kept together with that. */
    void delivered(Delivery delivery, Duration lag, List<Change> changes) {
        Alert alert = delivery.alert;
        if (outbox != null) {
            outbox.done(alert, name, changes);
        }
        context.events()
                .accept(new AlertDelivered(
                        context.monitor(), name, alert.check(), alert.id(), now(), delivery.attempts, lag));
    }

    /** An attempt has failed, and there will be another one. */
    void failed(Delivery delivery, String reason, Throwable thrown) {
        complain(reason, thrown);
        Alert alert = delivery.alert;
        context.events()
                .accept(new AlertDeliveryFailed(
                        context.monitor(), name, alert.check(), alert.id(), now(), delivery.attempts, reason));
    }

    /** A destination that is away is told in one line; a listener that is broken, with where. */
    private void complain(String reason, Throwable thrown) {
        LOG.debug("[{}] alert listener '{}' failed", context.monitor(), name, thrown);
        if (complaints.tryPass()) {
            boolean away = thrown instanceof IOException || thrown instanceof RetryAlertException;
            long more = complaints.heldBack();
            LOG.warn(
                    "[{}] alert listener '{}' failed and will be tried again: {}{}",
                    context.monitor(),
                    name,
                    reason,
                    more == 0 ? "" : " (and " + more + " failures before)",
                    away ? null : thrown);
        }
    }

    /** The filter failed, so the alert is sent. */
    void filterFailed(Throwable thrown) {
        if (complaints.tryPass()) {
            LOG.warn(
                    "[{}] the filter of alert listener '{}' failed; the alert is sent",
                    context.monitor(),
                    name,
                    thrown);
        }
    }

    /** The listener was interrupted and goes on all the same. */
    void stuck(int waiting) {
        if (complaints.tryPass()) {
            LOG.warn(
                    "[{}] alert listener '{}' does not return although it was interrupted; {} alerts wait",
                    context.monitor(),
                    name,
                    waiting);
        }
    }

    /** The listener will not get an alert, which becomes a dead letter. */
    void givenUp(Delivery delivery, String reason) {
        Alert alert = delivery.alert;
        DeadLetter letter = new DeadLetter(name, alert, now(), delivery.attempts, reason);
        DeadLetter forgotten = context.deadLetters().add(letter);
        if (outbox != null) {
            outbox.bury(letter, forgotten, delivery.mayBeTold());
        }
        LOG.warn(
                "[{}] alert listener '{}' did not get alert {} ({} {}) after {} attempts: {}",
                context.monitor(),
                name,
                alert.id(),
                alert.check(),
                alert.kind(),
                delivery.attempts,
                reason);
        context.events()
                .accept(new AlertUndelivered(
                        context.monitor(), name, alert.check(), alert.id(), letter.at(), delivery.attempts, reason));
    }

    /** As its policy says, the listener is not told of something after all; {@code closing} is its end, if that has come. */
    void skipped(Alert alert, @Nullable Alert closing, String reason) {
        LOG.debug("[{}] alert listener '{}' does not get {}: {}", context.monitor(), name, alert.id(), reason);
        notFor(alert, closing);
        context.events().accept(new AlertSkipped(context.monitor(), name, alert.check(), alert.id(), now(), reason));
    }

    /** Neither what opens something nor what follows upon it is for this listener. */
    void notFor(Alert opening, @Nullable Alert closing) {
        if (outbox != null) {
            outbox.notFor(opening, closing, name);
        }
    }

    /** The alert need not be kept any more for this listener. */
    void done(Alert alert) {
        if (outbox != null) {
            outbox.done(alert, name, List.of());
        }
    }

    static String describe(Throwable thrown) {
        String message = thrown.getMessage();
        String type = thrown.getClass().getSimpleName();
        return SafeText.line(message == null || message.isBlank() ? type : type + ": " + message, 500);
    }
}
