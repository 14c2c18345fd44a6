package io.sitemonitor.amqp.message;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.incident.StableId;
import io.sitemonitor.state.HealthState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How alerts become messages, and messages alerts. */
final class AlertForm {

    private static final int MAX_ID = 255;

    private AlertForm() {}

    static SiteStatusMessage message(Alert alert) throws UndeliverableAlertException {
        List<String> contacts = new ArrayList<>();
        for (String contact : alert.contacts()) {
            // a space parts them on the wire
            if (contact.indexOf(' ') < 0) {
                contacts.add(text(contact));
            }
        }
        String target = alert.target();
        return new SiteStatusMessage(
                text(alert.check()),
                status(alert),
                email(contacts),
                alert.at().truncatedTo(ChronoUnit.MILLIS),
                text(alert.id()),
                text(alert.incidentId()),
                text(alert.monitor()),
                alert.kind(),
                alert.since().truncatedTo(ChronoUnit.MILLIS),
                alert.duration(),
                alert.failure(),
                text(alert.summary()),
                target == null ? null : text(target),
                contacts);
    }

    static Alert alert(SiteStatusMessage message, @Nullable String messageId) {
        AlertKind kind = message.kind();
        if (kind == null) {
            kind = message.siteStatus() == SiteStatus.DOWN ? AlertKind.DOWN : AlertKind.RECOVERED;
        }
        String id = id(message, messageId);
        Instant since = message.since() == null ? message.timestamp() : message.since();
        return new Alert(
                id,
                message.incidentId() == null ? StableId.of("incident", id) : message.incidentId(),
                message.monitor() == null ? SiteStatusMessage.UNNAMED_MONITOR : message.monitor(),
                message.siteName(),
                kind,
                from(kind, message.siteStatus()),
                to(kind, message.siteStatus()),
                since,
                message.timestamp(),
                message.duration() == null ? elapsed(since, message.timestamp()) : message.duration(),
                message.failure(),
                message.summary() == null ? subject(message) : message.summary(),
                message.target(),
                Evidence.none(),
                Map.of(),
                contacts(message));
    }

    private static SiteStatus status(Alert alert) throws UndeliverableAlertException {
        return switch (alert.kind()) {
            case DOWN -> SiteStatus.DOWN;
            case RECOVERED, ENDED -> SiteStatus.UP;
            case FLAPPING, FLAPPING_ENDED, REMINDER -> alert.to() == HealthState.DOWN ? SiteStatus.DOWN : SiteStatus.UP;
            case DEGRADED, DEGRADATION_ENDED, ISOLATED, ISOLATION_ENDED, ACKNOWLEDGED, DIGEST, DIGEST_ENDED ->
                throw new UndeliverableAlertException("a site status message can say up and down, but not "
                        + alert.kind() + " (check '" + SafeText.line(alert.check(), MAX_ID) + "')");
        };
    }

    /** Tells whether a message can say this; of what it has no word for, and of a contradiction, it cannot. */
    static boolean canSay(AlertKind kind, SiteStatus status) {
        return switch (kind) {
            case DOWN -> status == SiteStatus.DOWN;
            case RECOVERED, ENDED -> status == SiteStatus.UP;
            case FLAPPING, FLAPPING_ENDED, REMINDER -> true;
            case DEGRADED, DEGRADATION_ENDED, ISOLATED, ISOLATION_ENDED, ACKNOWLEDGED, DIGEST, DIGEST_ENDED -> false;
        };
    }

    /** The state before does not travel; of a check that flaps it was the other one, and of one that has calmed the same. */
    private static HealthState from(AlertKind kind, SiteStatus status) {
        boolean down = status == SiteStatus.DOWN;
        return switch (kind) {
            case DOWN -> HealthState.UP;
            case FLAPPING -> down ? HealthState.UP : HealthState.DOWN;
            case FLAPPING_ENDED, REMINDER -> down ? HealthState.DOWN : HealthState.UP;
            default -> HealthState.DOWN;
        };
    }

    private static HealthState to(AlertKind kind, SiteStatus status) {
        return switch (kind) {
            case DOWN -> HealthState.DOWN;
            case ENDED -> HealthState.UNKNOWN;
            case FLAPPING, FLAPPING_ENDED, REMINDER -> status == SiteStatus.DOWN ? HealthState.DOWN : HealthState.UP;
            default -> HealthState.UP;
        };
    }

    private static String id(SiteStatusMessage message, @Nullable String messageId) {
        if (message.alertId() != null) {
            return message.alertId();
        }
        if (messageId != null && !messageId.isBlank()) {
            return SafeText.line(messageId, MAX_ID);
        }
        return StableId.of(
                SiteStatusMessage.TYPE,
                message.siteName(),
                message.siteStatus().word(),
                message.timestamp().toString());
    }

    private static String email(List<String> contacts) {
        return contacts.stream().filter(c -> c.indexOf('@') >= 0).findFirst().orElse("");
    }

    private static List<String> contacts(SiteStatusMessage message) {
        if (!message.contacts().isEmpty()) {
            return message.contacts();
        }
        return message.email().isBlank() ? List.of() : List.of(message.email().strip());
    }

    private static Duration elapsed(Instant since, Instant at) {
        Duration elapsed = Duration.between(since, at);
        return elapsed.isNegative() ? Duration.ZERO : elapsed;
    }

    private static String subject(SiteStatusMessage message) {
        return message.siteStatus() == SiteStatus.DOWN
                ? "Site " + message.siteName() + " is DOWN!"
                : "Site " + message.siteName() + " is back UP!";
    }

    private static String text(String text) {
        return MessageJson.text(text, SiteStatusMessage.MAX_TEXT);
    }
}
