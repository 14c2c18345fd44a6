package io.sitemonitor.amqp.message;

import io.sitemonitor.check.SafeText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the JSON of messages, which may be of any sender's: a bounded object, and nothing after it. */
final class MessageJson {

    /** The longest name of a field, in characters. */
    static final int MAX_NAME = 1_000;

    private static final int MAX_DEPTH = 20;
    private static final char REPLACEMENT = '\uFFFD';

    private final JsonMapper mapper;
    private final int maxBytes;

    MessageJson(int maxBytes) {
        this.maxBytes = maxBytes;
        mapper = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxDocumentLength(maxBytes)
                                .maxNestingDepth(MAX_DEPTH)
                                .maxNumberLength(100)
                                .maxNameLength(MAX_NAME)
                                .build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    byte[] write(Object fields) {
        return mapper.writeValueAsBytes(fields);
    }

    Fields read(byte[] json) throws UnreadableMessageException {
        if (json.length > maxBytes) {
            throw new UnreadableMessageException("it is longer than " + maxBytes + " bytes");
        }
        if (json.length == 0) {
            throw new UnreadableMessageException("it is empty");
        }
        JsonNode tree;
        try {
            tree = mapper.readTree(json);
        } catch (JacksonException e) {
            throw new UnreadableMessageException("it is not JSON: " + SafeText.line(e.getOriginalMessage(), 200), e);
        }
        if (!tree.isObject()) {
            throw new UnreadableMessageException("it is not a JSON object");
        }
        return new Fields(tree, "");
    }

    /** Makes a text fit for a message: a harmless line of at most {@code limit} characters, none of them half of one. */
    static String text(String text, int limit) {
        String line = SafeText.line(text, limit);
        if (isWhole(line)) {
            return line;
        }
        StringBuilder whole = new StringBuilder(line.length());
        line.codePoints().forEach(c -> whole.appendCodePoint(isHalf(c) ? REPLACEMENT : c));
        return whole.toString();
    }

    /** Tells whether no half of a surrogate pair stands alone in it: UTF-8 has no bytes for that. */
    static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && isHalf(text.codePointAt(i++))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /** Returns the constant of this name; null if there is none, since a later sender may have more of them. */
    static <E extends Enum<E>> @Nullable E constant(Class<E> type, @Nullable String name) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        return null;
    }
}
