package io.sitemonitor.check.http;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.Jackson3JsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.Jackson3MappingProvider;
import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.internal.http.Json;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a JSON path finds in a body of JSON. */
final class JsonPathExpectation implements Expectation<String> {

    private final String path;
    private final ValueExpectation value;
    private final JsonPath compiled;

    private JsonPathExpectation(String path, ValueExpectation value) {
        this.path = path;
        this.value = value;
        try {
            compiled = JsonPath.compile(path);
        } catch (InvalidPathException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "path must be a JSON path such as $.status, but was '" + SafeText.line(path, 100) + "'", e);
        }
    }

    static Expectation<String> of(String path, ValueExpectation value) {
        return new JsonPathExpectation(Objects.requireNonNull(path, "path"), Objects.requireNonNull(value, "value"));
    }

    @Override
    public @Nullable String objection(String body) throws Exception {
        JsonNode document;
        try {
            document = Json.read(body);
        } catch (Json.UnreadableException e) {
            return e.objection();
        }
        Object found = found(document);
        String where = "value at " + path;
        if (compiled.isDefinite() || !(found instanceof JsonNode all) || all.isEmpty()) {
            boolean none = !compiled.isDefinite() && found instanceof JsonNode;
            return value.objection(where, none ? null : text(found));
        }
        for (JsonNode each : all) {
            String objection = value.objection(where, Json.text(each));
            if (objection != null) {
                return objection;
            }
        }
        return null;
    }

    /** What a function of a path returns, such as a length, is no node. */
    private static @Nullable String text(@Nullable Object found) {
        return found instanceof JsonNode node ? Json.text(node) : found == null ? null : found.toString();
    }

    private @Nullable Object found(JsonNode document) {
        Configuration configuration = Configuration.builder()
                .jsonProvider(new Jackson3JsonNodeJsonProvider(Json.MAPPER))
                .mappingProvider(new Jackson3MappingProvider(Json.MAPPER))
                .build();
        try {
            return compiled.read(document, configuration);
        } catch (PathNotFoundException e) {
            return null;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonPathExpectation that && path.equals(that.path) && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, value);
    }

    @Override
    public String toString() {
        return "JSON path " + path + " " + value;
    }
}
