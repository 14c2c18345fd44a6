package io.sitemonitor.check.http;

import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.internal.http.Json;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** A value in a body of JSON, found by a pointer. */
record JsonPointerExpectation(String pointer, ValueExpectation value) implements Expectation<String> {

    JsonPointerExpectation {
        Objects.requireNonNull(value, "value");
        compile(pointer);
    }

    /** Refuses what is no pointer. */
    static void compile(String pointer) {
        try {
            JsonPointer.compile(Objects.requireNonNull(pointer, "pointer"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "pointer must be a JSON Pointer such as /status, but was '" + SafeText.line(pointer, 100) + "'", e);
        }
    }

    @Override
    public @Nullable String objection(String body) throws Exception {
        JsonNode document;
        try {
            document = Json.read(body);
        } catch (Json.UnreadableException e) {
            return e.objection();
        }
        return value.objection("value at " + (pointer.isEmpty() ? "/" : pointer), Json.text(document.at(pointer)));
    }
}
