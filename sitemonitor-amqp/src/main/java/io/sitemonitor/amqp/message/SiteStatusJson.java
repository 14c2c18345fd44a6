package io.sitemonitor.amqp.message;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.SafeText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of {@link SiteStatusMessage}. */
final class SiteStatusJson {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(SiteStatusMessage.MAX_BYTES)
                            .maxNestingDepth(20)
                            .maxNumberLength(100)
                            .maxNameLength(1_000)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

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
        return JSON.writeValueAsBytes(fields);
    }

    static SiteStatusMessage decode(byte[] json) throws UnreadableMessageException {
        Fields fields = new Fields(parse(json));
        String name = fields.required("site_name");
        if (name.isBlank()) {
            throw new UnreadableMessageException("site_name must not be empty");
        }
        SiteStatus status = status(fields.required("site_status"));
        AlertKind kind = constant(AlertKind.class, fields.optional("kind"));
        if (kind != null && !AlertForm.canSay(kind, status)) {
            throw new UnreadableMessageException(
                    "kind " + kind + " contradicts the site_status '" + status.word() + "'");
        }
        String contacts = fields.optional("contacts");
        return new SiteStatusMessage(
                name,
                status,
                fields.required("email"),
                instant("timestamp", fields.required("timestamp")),
                fields.optional("alert_id"),
                fields.optional("incident_id"),
                fields.optional("monitor"),
                kind,
                instantOrNull("since", fields.optional("since")),
                duration(fields.optional("duration")),
                constant(FailureKind.class, fields.optional("failure")),
                fields.optional("summary"),
                fields.optional("target"),
                contacts == null ? List.of() : split(contacts));
    }

    private static void put(Map<String, String> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value.toString());
        }
    }

    private static JsonNode parse(byte[] json) throws UnreadableMessageException {
        if (json.length > SiteStatusMessage.MAX_BYTES) {
            throw new UnreadableMessageException("it is longer than " + SiteStatusMessage.MAX_BYTES + " bytes");
        }
        if (json.length == 0) {
            throw new UnreadableMessageException("it is empty");
        }
        JsonNode tree;
        try {
            tree = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new UnreadableMessageException("it is not JSON: " + SafeText.line(e.getOriginalMessage(), 200), e);
        }
        if (!tree.isObject()) {
            throw new UnreadableMessageException("it is not a JSON object");
        }
        return tree;
    }

    private static SiteStatus status(String word) throws UnreadableMessageException {
        for (SiteStatus status : SiteStatus.values()) {
            if (status.word().equals(word)) {
                return status;
            }
        }
        throw new UnreadableMessageException(
                "site_status must be 'up' or 'down', but was '" + SafeText.line(word, 40) + "'");
    }

    private static <E extends Enum<E>> @Nullable E constant(Class<E> type, @Nullable String name) {
        // a later sender may have more of them than we know
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Instant instantOrNull(String field, @Nullable String text)
            throws UnreadableMessageException {
        return text == null ? null : instant(field, text);
    }

    private static Instant instant(String field, String text) throws UnreadableMessageException {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() >= 0 && time.getYear() <= 9_999) {
                return time.toInstant();
            }
        } catch (DateTimeException e) {
            throw notATime(field, text, e);
        }
        throw notATime(field, text, null);
    }

    private static UnreadableMessageException notATime(String field, String text, @Nullable Exception cause) {
        String reason =
                field + " must be a time as 2026-11-22T09:15:30Z (RFC 3339), but was '" + SafeText.line(text, 40) + "'";
        return cause == null ? new UnreadableMessageException(reason) : new UnreadableMessageException(reason, cause);
    }

    private static @Nullable Duration duration(@Nullable String text) throws UnreadableMessageException {
        if (text == null) {
            return null;
        }
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeException e) {
            throw new UnreadableMessageException(notADuration(text), e);
        }
        throw new UnreadableMessageException(notADuration(text));
    }

    private static String notADuration(String text) {
        return "duration must be a duration as PT1M30S (ISO 8601), but was '" + SafeText.line(text, 40) + "'";
    }

    private static List<String> split(String contacts) {
        return Arrays.stream(contacts.split(" ", -1)).filter(c -> !c.isEmpty()).toList();
    }

    /** The known fields of a message: strings, of bearable length, without control characters. */
    private record Fields(JsonNode tree) {

        String required(String name) throws UnreadableMessageException {
            String value = optional(name);
            if (value == null) {
                throw new UnreadableMessageException(name + " is missing");
            }
            return value;
        }

        @Nullable
        String optional(String name) throws UnreadableMessageException {
            JsonNode value = tree.get(name);
            if (value == null) {
                return null;
            }
            if (!value.isString()) {
                throw new UnreadableMessageException(name + " must be a string");
            }
            String text = value.stringValue();
            if (text.length() > SiteStatusMessage.MAX_TEXT) {
                throw new UnreadableMessageException(
                        name + " is longer than " + SiteStatusMessage.MAX_TEXT + " characters");
            }
            if (!SafeText.isLine(text)) {
                throw new UnreadableMessageException(name + " contains control characters");
            }
            return text;
        }
    }
}
