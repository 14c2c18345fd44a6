package io.sitemonitor.check.internal.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads bodies of JSON, which may be hostile. */
public final class Json {

    private static final String NONE = "body is no JSON";
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NUMBER = 100;
    private static final int MAX_NAME = 10_000;

    /** Each takes up to a hundred bytes once it has been read. */
    private static final int MOST_TOKENS = 20_000;

    private static final String BEYOND = String.format(
            Locale.ROOT,
            "body is JSON beyond what is read: %,d tokens, %d levels, %d digits a number",
            MOST_TOKENS,
            MAX_DEPTH,
            MAX_NUMBER);

    /** Reads documents within bounds. */
    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER)
                            .maxNameLength(MAX_NAME)
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /** Says why a body could not be read. */
    public static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        private final String objection;

        private UnreadableException(String objection) {
            super(objection, null, false, false);
            this.objection = objection;
        }

        /**
         * Returns what is wrong with it.
         *
         * @return one line for people
         */
        public String objection() {
            return objection;
        }
    }

    /**
     * Reads a document.
     *
     * @param body the text
     * @return the document
     * @throws UnreadableException if it is none, or beyond what is read
     */
    public static JsonNode read(String body) throws UnreadableException {
        JsonNode document;
        try {
            document = MAPPER.readTree(body);
        } catch (StreamConstraintsException e) {
            throw new UnreadableException(BEYOND);
        } catch (JacksonException e) {
            throw new UnreadableException(NONE);
        }
        if (document == null || document.isMissingNode()) {
            throw new UnreadableException(NONE);
        }
        return document;
    }

    /**
     * Reads a value.
     *
     * @param node the value
     * @return its text, or null if it is null or missing
     */
    public static @Nullable String text(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        return node.isString() ? node.stringValue() : node.toString();
    }
}
