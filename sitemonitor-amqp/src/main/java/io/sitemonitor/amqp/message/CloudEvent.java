package io.sitemonitor.amqp.message;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a message is, in the attributes of CloudEvents 1.0, as headers in its binary mode. The prefix is that of the AMQP
 * binding ("AMQP Protocol Binding for CloudEvents - Version 1.0.2", section 3.1.3.1), which is written for AMQP 1.0; a broker
 * that speaks both shows headers there as application properties. Later texts of the binding allow {@code cloudEvents_},
 * too, and ask readers to know both. All values are strings, which the binding allows for each type.
 */
final class CloudEvent {

    private static final String PREFIX = "cloudEvents:";

    private CloudEvent() {}

    static Map<String, String> headers(
            String id, String monitor, String type, String subject, Instant time, String dataschema) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(PREFIX + "specversion", "1.0");
        headers.put(PREFIX + "id", id);
        headers.put(PREFIX + "source", "/monitors/" + segment(monitor));
        headers.put(PREFIX + "type", type);
        headers.put(PREFIX + "subject", subject);
        headers.put(PREFIX + "time", time.toString());
        headers.put(PREFIX + "dataschema", dataschema);
        return Map.copyOf(headers);
    }

    /** A segment of a path as in RFC 3986; a form would have a plus for a space. */
    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
