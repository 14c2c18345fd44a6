package io.sitemonitor.amqp.message;

import io.sitemonitor.check.SafeText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of an object in a message. Their texts are of bearable length, whole, and without control characters; what is
 * not as it should be is refused by its name. Unknown fields are never looked at.
 *
 * @param tree the object
 * @param path what stands before the names of its fields in a refusal
 */
record Fields(JsonNode tree, String path) {

    private static final int MAX_TEXT = SiteStatusMessage.MAX_TEXT;
    private static final int MAX_QUOTED = 40;

    /** Reads one value of a field that holds several. */
    @FunctionalInterface
    interface Reader<T> {
        T read(String name, JsonNode value) throws UnreadableMessageException;
    }

    /** Refuses a version other than 1 to {@code latest}. */
    void requireVersion(int latest) throws UnreadableMessageException {
        long version = requiredNumber("version", 1, Long.MAX_VALUE);
        if (version > latest) {
            throw refusal("version", "must be at most " + latest + ", the latest known here, but was " + version);
        }
    }

    String required(String name) throws UnreadableMessageException {
        return present(name, optional(name));
    }

    String requiredName(String name) throws UnreadableMessageException {
        String text = required(name);
        if (text.isBlank()) {
            throw refusal(name, "must not be empty");
        }
        return text;
    }

    @Nullable
    String optional(String name) throws UnreadableMessageException {
        JsonNode value = tree.get(name);
        return value == null ? null : text(path + name, value);
    }

    Instant requiredInstant(String name) throws UnreadableMessageException {
        return present(name, optionalInstant(name));
    }

    @Nullable
    Instant optionalInstant(String name) throws UnreadableMessageException {
        String text = optional(name);
        return text == null ? null : instant(path + name, text);
    }

    Duration requiredDuration(String name) throws UnreadableMessageException {
        return present(name, optionalDuration(name));
    }

    @Nullable
    Duration optionalDuration(String name) throws UnreadableMessageException {
        String text = optional(name);
        return text == null ? null : duration(path + name, text);
    }

    <E extends Enum<E>> @Nullable E optionalConstant(String name, Class<E> type) throws UnreadableMessageException {
        return MessageJson.constant(type, optional(name));
    }

    <E extends Enum<E>> E requiredConstant(String name, Class<E> type) throws UnreadableMessageException {
        String word = required(name);
        E constant = MessageJson.constant(type, word);
        if (constant == null) {
            throw refusal(
                    name, "must be one of " + Arrays.toString(type.getEnumConstants()) + ", but was " + quoted(word));
        }
        return constant;
    }

    long requiredNumber(String name, long least, long most) throws UnreadableMessageException {
        JsonNode value = present(name, tree.get(name));
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw refusal(name, "must be a whole number");
        }
        long number = value.longValue();
        if (number < least || number > most) {
            throw refusal(name, "must be from " + least + " to " + most + ", but was " + number);
        }
        return number;
    }

    boolean requiredFlag(String name) throws UnreadableMessageException {
        JsonNode value = present(name, tree.get(name));
        if (!value.isBoolean()) {
            throw refusal(name, "must be true or false");
        }
        return value.booleanValue();
    }

    /** Returns an object in a field; null if there is none. */
    @Nullable
    Fields nested(String name) throws UnreadableMessageException {
        JsonNode value = tree.get(name);
        return value == null ? null : object(path + name, value);
    }

    Fields requiredNested(String name) throws UnreadableMessageException {
        return present(name, nested(name));
    }

    /** Returns the values of an object by their names, in their order; empty if there is none. */
    <T> Map<String, T> map(String name, Reader<T> reader) throws UnreadableMessageException {
        Fields values = nested(name);
        if (values == null) {
            return Map.of();
        }
        Map<String, T> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> value : values.tree.properties()) {
            String key = checked("a name in " + path + name, value.getKey());
            map.put(key, reader.read(path + name + "." + SafeText.line(key, MAX_QUOTED), value.getValue()));
        }
        return map;
    }

    /** Returns the values of an array; empty if there is none. */
    <T> List<T> list(String name, Reader<T> reader) throws UnreadableMessageException {
        JsonNode value = tree.get(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw refusal(name, "must be an array");
        }
        List<T> list = new ArrayList<>(value.size());
        for (JsonNode element : value) {
            list.add(reader.read(path + name + "[" + list.size() + "]", element));
        }
        return list;
    }

    <T> List<T> requiredList(String name, int most, Reader<T> reader) throws UnreadableMessageException {
        JsonNode value = present(name, tree.get(name));
        if (value.isArray() && value.size() > most) {
            throw refusal(name, "must have at most " + most + " entries, but has " + value.size());
        }
        return list(name, reader);
    }

    UnreadableMessageException refusal(String name, String rule) {
        return new UnreadableMessageException(path + name + " " + rule);
    }

    static Fields object(String name, JsonNode value) throws UnreadableMessageException {
        if (!value.isObject()) {
            throw new UnreadableMessageException(name + " must be an object");
        }
        return new Fields(value, name + ".");
    }

    static String text(String name, JsonNode value) throws UnreadableMessageException {
        if (!value.isString()) {
            throw new UnreadableMessageException(name + " must be a string");
        }
        return checked(name, value.stringValue());
    }

    static Duration duration(String name, JsonNode value) throws UnreadableMessageException {
        return duration(name, text(name, value));
    }

    static String quoted(String text) {
        return "'" + SafeText.line(text, MAX_QUOTED) + "'";
    }

    private <T> T present(String name, @Nullable T value) throws UnreadableMessageException {
        if (value == null) {
            throw refusal(name, "is missing");
        }
        return value;
    }

    private static String checked(String name, String text) throws UnreadableMessageException {
        if (text.length() > MAX_TEXT) {
            throw new UnreadableMessageException(name + " is longer than " + MAX_TEXT + " characters");
        }
        if (!SafeText.isLine(text)) {
            throw new UnreadableMessageException(name + " contains control characters");
        }
        if (!MessageJson.isWhole(text)) {
            throw new UnreadableMessageException(name + " contains half of a surrogate pair");
        }
        return text;
    }

    private static Instant instant(String name, String text) throws UnreadableMessageException {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() >= 0 && time.getYear() <= 9_999) {
                return time.toInstant();
            }
        } catch (DateTimeException e) {
            throw new UnreadableMessageException(notATime(name, text), e);
        }
        throw new UnreadableMessageException(notATime(name, text));
    }

    private static String notATime(String name, String text) {
        return name + " must be a time as 2026-11-22T09:15:30Z (RFC 3339), but was " + quoted(text);
    }

    private static Duration duration(String name, String text) throws UnreadableMessageException {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeException e) {
            throw new UnreadableMessageException(notADuration(name, text), e);
        }
        throw new UnreadableMessageException(notADuration(name, text));
    }

    private static String notADuration(String name, String text) {
        return name + " must be a duration as PT1M30S (ISO 8601), but was " + quoted(text);
    }
}
