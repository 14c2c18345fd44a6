package io.sitemonitor.check.http;

import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.internal.PatternText;
import io.sitemonitor.check.internal.http.Json;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Where in an answer a step of {@link HttpSteps} finds a value. Any lambda will do. */
@FunctionalInterface
public interface Taken {

    /**
     * Finds a value.
     *
     * @param answer the answer without its body
     * @param body its body as text
     * @return the value, or null if there is none, which fails the run
     */
    @Nullable
    String from(HttpAnswer answer, String body);

    /**
     * Finds a value in a body of JSON.
     *
     * @param pointer a JSON Pointer (RFC 6901), such as {@code /access_token}
     * @return where to find it
     * @throws IllegalArgumentException if it is no JSON Pointer
     */
    static Taken json(String pointer) {
        JsonPointerExpectation.compile(pointer);
        return (answer, body) -> {
            try {
                return Json.text(Json.read(body).at(pointer));
            } catch (Json.UnreadableException e) {
                return null;
            }
        };
    }

    /**
     * Finds the first value of a header.
     *
     * @param name its name, in any case
     * @return where to find it
     */
    static Taken header(String name) {
        Objects.requireNonNull(name, "name");
        return (answer, body) -> answer.header(name);
    }

    /**
     * Finds what the first group of a regular expression fits in the body.
     *
     * @param regex an expression with a group, such as {@code name="csrf" value="([^"]+)"}
     * @return where to find it
     * @throws IllegalArgumentException if it is no regular expression with a group
     */
    static Taken matching(String regex) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(Objects.requireNonNull(regex, "regex"));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "regex must be a regular expression, but was '" + SafeText.line(regex, 100) + "'", e);
        }
        if (pattern.matcher("").groupCount() < 1) {
            throw new IllegalArgumentException("regex must have a group in round brackets, but was '" + regex + "'");
        }
        return (answer, body) -> {
            Matcher matcher = pattern.matcher(PatternText.bounded(body));
            return matcher.find() ? matcher.group(1) : null;
        };
    }
}
