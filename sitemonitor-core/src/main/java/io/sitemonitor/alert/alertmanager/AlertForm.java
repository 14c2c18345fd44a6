package io.sitemonitor.alert.alertmanager;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.Severity;
import io.sitemonitor.alert.internal.AlertMessage;
import io.sitemonitor.alert.internal.HttpAddress;
import io.sitemonitor.check.SafeText;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How an alert is written for an Alertmanager. */
record AlertForm(
        String name,
        Map<String, String> labels,
        Duration hold,
        @Nullable String generator,
        AlertTexts texts) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_VALUE = 1_000;
    private static final int MAX_NAME = 100;

    AlertForm name(String other) {
        return new AlertForm(other, labels, hold, generator, texts);
    }

    AlertForm label(String label, String value) {
        Map<String, String> more = new LinkedHashMap<>(labels);
        more.put(label, SafeText.line(value, MAX_VALUE));
        return new AlertForm(name, Collections.unmodifiableMap(more), hold, generator, texts);
    }

    AlertForm hold(Duration other) {
        return new AlertForm(name, labels, other, generator, texts);
    }

    AlertForm generator(String other) {
        return new AlertForm(name, labels, hold, other, texts);
    }

    AlertForm texts(AlertTexts other) {
        return new AlertForm(name, labels, hold, generator, other);
    }

    /** Writes a list of one alert, whose labels depend on the incident and not on what is told of it. */
    ArrayNode of(Alert alert, Severity severity) {
        ArrayNode form = JSON.createArrayNode();
        ObjectNode one = form.addObject();
        ObjectNode tags = one.putObject("labels");
        alert.labels().forEach((label, value) -> tags.put(labelName(label), SafeText.line(value, MAX_VALUE)));
        labels.forEach(tags::put);
        tags.put("alertname", name);
        tags.put("monitor", SafeText.line(alert.monitor(), MAX_VALUE));
        tags.put("check", SafeText.line(alert.check(), MAX_VALUE));
        tags.put("incident", SafeText.line(alert.incidentId(), MAX_VALUE));
        tags.put("severity", severity.name().toLowerCase(Locale.ROOT));
        annotate(one.putObject("annotations"), alert);
        Instant end = alert.kind().isClosing() ? alert.at() : alert.at().plus(hold);
        one.put("startsAt", alert.since().toString());
        one.put("endsAt", end.toString());
        String link = generator == null ? HttpAddress.link(alert.target()) : generator;
        if (link != null) {
            one.put("generatorURL", link);
        }
        return form;
    }

    private void annotate(ObjectNode annotations, Alert alert) {
        AlertMessage message = AlertMessage.of(alert, texts);
        annotations.put("summary", message.title());
        annotations.put("description", SafeText.line(message.text(), MAX_VALUE));
        annotations.put("what", SafeText.line(alert.summary(), MAX_VALUE));
        annotations.put("kind", alert.kind().name());
        if (alert.target() != null) {
            annotations.put("target", SafeText.line(alert.target(), MAX_VALUE));
        }
        if (alert.failure() != null) {
            annotations.put("failure", alert.failure().name());
        }
    }

    private static String labelName(String label) {
        StringBuilder written = new StringBuilder(label.length() + 1);
        for (int i = 0; i < Math.min(label.length(), MAX_NAME); i++) {
            char c = label.charAt(i);
            boolean isWord = c == '_' || (c < 0x80 && Character.isLetterOrDigit(c));
            written.append(isWord ? c : '_');
        }
        boolean begins = written.length() > 0 && !Character.isDigit(written.charAt(0));
        return begins ? written.toString() : "_" + written;
    }
}
