package io.sitemonitor.check.http;

import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.internal.Expectations;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One of several requests: what it does, what is taken from its answer, and whether it is made in any case. */
record HttpStep(String name, Function<StepValues, HttpCheck> request, List<Take> takes, boolean always) {

    private static final int MAX_NAME = 60;

    /** A value that is taken. */
    record Take(String name, Taken where, boolean secret) {}

    /** A request that depends on nothing. */
    record Fixed(HttpCheck request) implements Function<StepValues, HttpCheck> {
        @Override
        public HttpCheck apply(StepValues values) {
            return request;
        }
    }

    static HttpStep of(String name, Function<StepValues, HttpCheck> request, boolean always) {
        if (Objects.requireNonNull(name, "name").isBlank() || name.length() > MAX_NAME || !SafeText.isLine(name)) {
            throw new IllegalArgumentException("the name of a step must have 1 to " + MAX_NAME
                    + " characters and no control characters, but was '" + SafeText.line(name, MAX_NAME) + "'");
        }
        return new HttpStep(name, request, List.of(), always);
    }

    HttpStep taking(String value, Taken where, boolean secret) {
        Take take = new Take(Objects.requireNonNull(value, "name"), Objects.requireNonNull(where, "where"), secret);
        return new HttpStep(name, request, Expectations.append(takes, take), always);
    }

    /** The request, if it depends on nothing. */
    @Nullable
    HttpCheck fixed() {
        return request instanceof Fixed known ? known.request() : null;
    }
}
