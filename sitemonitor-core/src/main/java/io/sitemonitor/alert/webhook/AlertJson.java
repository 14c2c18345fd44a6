package io.sitemonitor.alert.webhook;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.SafeText;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The form in which an alert is posted unless told otherwise; {@link WebhookListener} documents it. */
final class AlertJson {

    static final int VERSION = 1;

    private static final int MAX_NAME = 200;
    private static final int MAX_TEXT = 1_000;
    private static final int MAX_TARGET = 2_000;
    private static final int MILLI_DIGITS = 3;
    private static final JsonMapper JSON = new JsonMapper();

    private AlertJson() {}

    static ObjectNode of(Alert alert) {
        ObjectNode form = JSON.createObjectNode();
        form.put("version", VERSION);
        form.put("id", SafeText.line(alert.id(), MAX_NAME));
        form.put("incidentId", SafeText.line(alert.incidentId(), MAX_NAME));
        form.put("monitor", SafeText.line(alert.monitor(), MAX_NAME));
        form.put("check", SafeText.line(alert.check(), MAX_NAME));
        form.put("kind", alert.kind().name());
        form.put("severity", alert.severity().name());
        form.put("from", alert.from().name());
        form.put("to", alert.to().name());
        form.put("since", alert.since().toString());
        form.put("at", alert.at().toString());
        form.put("duration", seconds(alert.duration()));
        form.put("failure", alert.failure() == null ? null : alert.failure().name());
        form.put("summary", SafeText.line(alert.summary(), MAX_TEXT));
        put(form, "target", alert.target(), MAX_TARGET);
        addEvidence(form.putObject("evidence"), alert.evidence());
        ObjectNode labels = form.putObject("labels");
        alert.labels().forEach((name, value) -> put(labels, SafeText.line(name, MAX_NAME), value, MAX_TEXT));
        ArrayNode contacts = form.putArray("contacts");
        alert.contacts().forEach(contact -> contacts.add(SafeText.line(contact, MAX_TEXT)));
        return form;
    }

    private static void addEvidence(ObjectNode form, Evidence evidence) {
        put(form, "address", evidence.address(), MAX_TEXT);
        ObjectNode phases = form.putObject("phases");
        evidence.phases().forEach((name, time) -> phases.put(SafeText.line(name, MAX_NAME), seconds(time)));
        ObjectNode facts = form.putObject("facts");
        evidence.facts().forEach((name, fact) -> put(facts, SafeText.line(name, MAX_NAME), fact, MAX_TEXT));
        put(form, "excerpt", evidence.excerpt(), MAX_TEXT);
    }

    private static void put(ObjectNode form, String name, @Nullable String value, int limit) {
        form.put(name, value == null ? null : SafeText.line(value, limit));
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), MILLI_DIGITS);
    }
}
