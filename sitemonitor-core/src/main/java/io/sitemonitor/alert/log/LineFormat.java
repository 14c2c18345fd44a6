package io.sitemonitor.alert.log;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.internal.Wording;
import io.sitemonitor.check.SafeText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How an alert becomes a line of the incident log. */
enum LineFormat {
    JSON {
        @Override
        String line(Alert alert) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("time", alert.at().toString());
            fields.put("id", clean(alert.id()));
            fields.put("incident", clean(alert.incidentId()));
            fields.put("monitor", clean(alert.monitor()));
            fields.put("check", clean(alert.check()));
            fields.put("kind", alert.kind().name());
            fields.put("from", alert.from().name());
            fields.put("to", alert.to().name());
            fields.put("since", alert.since().toString());
            fields.put("duration", alert.duration().toString());
            fields.put(
                    "failure", alert.failure() == null ? null : alert.failure().name());
            fields.put("summary", clean(alert.summary()));
            fields.put("target", alert.target() == null ? null : clean(alert.target()));
            Map<String, String> labels = new TreeMap<>();
            alert.labels().forEach((name, value) -> labels.put(clean(name), clean(value)));
            fields.put("labels", labels);
            return Json.MAPPER.writeValueAsString(fields);
        }
    },
    TEXT {
        @Override
        String line(Alert alert) {
            return Wording.time(alert.at()) + ' ' + alert.kind() + ' ' + clean(alert.monitor()) + '/'
                    + clean(alert.check()) + " since " + Wording.time(alert.since()) + " for "
                    + Wording.duration(alert.duration()) + (alert.failure() == null ? "" : " " + alert.failure()) + ": "
                    + clean(alert.summary()) + " [incident " + clean(alert.incidentId()) + ']';
        }
    };

    private static final int MAX_VALUE = 2_000;

    /** Returns the line, without its end. */
    abstract String line(Alert alert);

    private static String clean(String value) {
        return SafeText.line(value, MAX_VALUE);
    }

    /** Made only once somebody writes JSON. */
    private static final class Json {

        static final JsonMapper MAPPER = JsonMapper.builder().build();
    }
}
