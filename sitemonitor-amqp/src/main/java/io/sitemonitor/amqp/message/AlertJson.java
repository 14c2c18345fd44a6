package io.sitemonitor.amqp.message;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.state.HealthState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The JSON of {@link AlertMessage}. */
final class AlertJson {

    private static final MessageJson JSON = new MessageJson(AlertMessage.MAX_BYTES);
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private AlertJson() {}

    static byte[] encode(Alert alert) throws UndeliverableAlertException {
        byte[] json = JSON.write(fields(alert, alert.evidence()));
        if (json.length > AlertMessage.MAX_BYTES) {
            json = JSON.write(fields(alert, Evidence.none()));
        }
        if (json.length > AlertMessage.MAX_BYTES) {
            throw new UndeliverableAlertException("an alert message can have at most " + AlertMessage.MAX_BYTES
                    + " bytes, but would have " + json.length + " (check '" + SafeText.line(alert.check(), 200) + "')");
        }
        return json;
    }

    private static Map<String, Object> fields(Alert alert, Evidence evidence) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", AlertMessage.VERSION);
        fields.put("id", alert.id());
        fields.put("incident_id", alert.incidentId());
        fields.put("monitor", alert.monitor());
        fields.put("check", alert.check());
        fields.put("kind", alert.kind().name());
        fields.put("severity", alert.severity().name());
        fields.put("from", alert.from().name());
        fields.put("to", alert.to().name());
        fields.put("since", alert.since().toString());
        fields.put("at", alert.at().toString());
        fields.put("duration", alert.duration().toString());
        putIfThere(fields, "failure", alert.failure());
        fields.put("summary", alert.summary());
        putIfThere(fields, "target", alert.target());
        fields.put("evidence", fields(evidence));
        fields.put("labels", alert.labels());
        fields.put("contacts", alert.contacts());
        return fields;
    }

    static Map<String, Object> fields(Evidence evidence) {
        Map<String, Object> fields = new LinkedHashMap<>();
        putIfThere(fields, "address", evidence.address());
        Map<String, String> phases = new LinkedHashMap<>();
        evidence.phases().forEach((name, took) -> phases.put(name, took.toString()));
        fields.put("phases", phases);
        fields.put("facts", evidence.facts());
        putIfThere(fields, "excerpt", evidence.excerpt());
        return fields;
    }

    private static void putIfThere(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value.toString());
        }
    }

    static Alert decode(byte[] json) throws UnreadableMessageException {
        Fields fields = JSON.read(json);
        fields.requireVersion(AlertMessage.VERSION);
        return new Alert(
                fields.requiredName("id"),
                fields.requiredName("incident_id"),
                fields.requiredName("monitor"),
                fields.requiredName("check"),
                fields.requiredConstant("kind", AlertKind.class),
                fields.requiredConstant("from", HealthState.class),
                fields.requiredConstant("to", HealthState.class),
                fields.requiredInstant("since"),
                fields.requiredInstant("at"),
                fields.requiredDuration("duration"),
                fields.optionalConstant("failure", FailureKind.class),
                fields.required("summary"),
                fields.optional("target"),
                evidence(fields.nested("evidence")),
                fields.map("labels", Fields::text),
                fields.list("contacts", Fields::text));
    }

    static Evidence evidence(@Nullable Fields fields) throws UnreadableMessageException {
        return fields == null
                ? Evidence.none()
                : new Evidence(
                        fields.optional("address"),
                        fields.map("phases", Fields::duration),
                        fields.map("facts", Fields::text),
                        fields.optional("excerpt"));
    }

    /** Returns the alert with everything as it can be written and read. */
    static Alert sendable(Alert alert) {
        String target = alert.target();
        return new Alert(
                text(alert.id()),
                text(alert.incidentId()),
                text(alert.monitor()),
                text(alert.check()),
                alert.kind(),
                alert.from(),
                alert.to(),
                instant(alert.since()),
                instant(alert.at()),
                duration(alert.duration()),
                alert.failure(),
                text(alert.summary()),
                target == null ? null : text(target),
                sendable(alert.evidence()),
                each(alert.labels(), AlertJson::text),
                alert.contacts().stream().map(AlertJson::text).toList());
    }

    static Evidence sendable(Evidence evidence) {
        String address = evidence.address();
        String excerpt = evidence.excerpt();
        return new Evidence(
                address == null ? null : text(address),
                each(evidence.phases(), AlertJson::duration),
                each(evidence.facts(), AlertJson::text),
                excerpt == null ? null : text(excerpt));
    }

    private static <V> Map<String, V> each(Map<String, V> map, UnaryOperator<V> value) {
        Map<String, V> sendable = new LinkedHashMap<>();
        map.forEach((name, v) -> sendable.put(MessageJson.text(name, MessageJson.MAX_NAME), value.apply(v)));
        return Collections.unmodifiableMap(sendable);
    }

    private static String text(String text) {
        return MessageJson.text(text, SiteStatusMessage.MAX_TEXT);
    }

    private static Duration duration(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    /** A year has four digits in a message. */
    private static Instant instant(Instant instant) {
        return instant.isBefore(EARLIEST) ? EARLIEST : instant.isAfter(LATEST) ? LATEST : instant;
    }
}
