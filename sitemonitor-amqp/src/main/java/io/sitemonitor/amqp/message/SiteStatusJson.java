package io.sitemonitor.amqp.message;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.FailureKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of {@link SiteStatusMessage}. */
final class SiteStatusJson {

    private static final MessageJson JSON = new MessageJson(SiteStatusMessage.MAX_BYTES);

    private SiteStatusJson() {}

    static byte[] encode(SiteStatusMessage message) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("site_name", message.siteName());
        fields.put("site_status", message.siteStatus().word());
        fields.put("email", message.email());
        fields.put("timestamp", message.timestamp().toString());
        put(fields, "alert_id", message.alertId());
        put(fields, "incident_id", message.incidentId());
        put(fields, "monitor", message.monitor());
        put(fields, "kind", message.kind());
        put(fields, "since", message.since());
        put(fields, "duration", message.duration());
        put(fields, "failure", message.failure());
        put(fields, "summary", message.summary());
        put(fields, "target", message.target());
        put(fields, "contacts", message.contacts().isEmpty() ? null : String.join(" ", message.contacts()));
        return JSON.write(fields);
    }

    static SiteStatusMessage decode(byte[] json) throws UnreadableMessageException {
        Fields fields = JSON.read(json);
        String name = fields.requiredName("site_name");
        SiteStatus status = status(fields.required("site_status"));
        AlertKind kind = fields.optionalConstant("kind", AlertKind.class);
        if (kind != null && !AlertForm.canSay(kind, status)) {
            throw new UnreadableMessageException(
                    "kind " + kind + " contradicts the site_status '" + status.word() + "'");
        }
        String contacts = fields.optional("contacts");
        return new SiteStatusMessage(
                name,
                status,
                fields.required("email"),
                fields.requiredInstant("timestamp"),
                fields.optional("alert_id"),
                fields.optional("incident_id"),
                fields.optional("monitor"),
                kind,
                fields.optionalInstant("since"),
                fields.optionalDuration("duration"),
                fields.optionalConstant("failure", FailureKind.class),
                fields.optional("summary"),
                fields.optional("target"),
                contacts == null ? List.of() : split(contacts));
    }

    private static void put(Map<String, String> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value.toString());
        }
    }

    private static SiteStatus status(String word) throws UnreadableMessageException {
        for (SiteStatus status : SiteStatus.values()) {
            if (status.word().equals(word)) {
                return status;
            }
        }
        throw new UnreadableMessageException("site_status must be 'up' or 'down', but was " + Fields.quoted(word));
    }

    private static List<String> split(String contacts) {
        return Arrays.stream(contacts.split(" ", -1)).filter(c -> !c.isEmpty()).toList();
    }
}
