package io.sitemonitor.check.http;

import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.TlsConnection;
import io.sitemonitor.check.internal.Wording;
import io.sitemonitor.check.internal.http.Phases;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The expectations that {@link HttpExpectation} makes. */
final class HttpExpectations {

    private static final int MAX_SHOWN = 100;

    private HttpExpectations() {}

    record Header(String name, Expectation<? super String> value) implements Expectation<HttpAnswer> {
        Header {
            requireName(name);
        }

        @Override
        public @Nullable String objection(HttpAnswer answer) throws Exception {
            List<String> values = answer.headers().getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
            String first = null;
            for (String each : values) {
                String objection = value.objection(each);
                if (objection == null) {
                    return null;
                }
                first = first == null ? objection : first;
            }
            return first == null ? "header " + name + " is missing" : "header " + name + ": " + first;
        }

        @Override
        public boolean onlyWarns() {
            return value.onlyWarns();
        }
    }

    record ExactHeader(String name, String value) implements Expectation<HttpAnswer> {
        ExactHeader {
            requireName(name);
        }

        @Override
        public @Nullable String objection(HttpAnswer answer) {
            List<String> values = answer.headers().getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
            if (values.contains(value)) {
                return null;
            }
            return values.isEmpty()
                    ? "header " + name + " is missing"
                    : "header " + name + " is '" + SafeText.line(values.get(0), MAX_SHOWN) + "', not '"
                            + SafeText.line(value, MAX_SHOWN) + "'";
        }
    }

    record NoHeader(String name) implements Expectation<HttpAnswer> {
        NoHeader {
            requireName(name);
        }

        @Override
        public @Nullable String objection(HttpAnswer answer) {
            String value = answer.header(name);
            return value == null ? null : "header " + name + " is '" + SafeText.line(value, MAX_SHOWN) + "'";
        }
    }

    record ProtocolVersion(String protocol) implements Expectation<HttpAnswer> {

        private static final List<String> KNOWN = List.of("HTTP/1.1", "HTTP/2");

        ProtocolVersion {
            if (!KNOWN.contains(protocol)) {
                throw new IllegalArgumentException(
                        "the protocol expected must be one of " + KNOWN + ", but was '" + protocol + "'");
            }
        }

        @Override
        public @Nullable String objection(HttpAnswer answer) {
            return answer.protocol().equals(protocol)
                    ? null
                    : "server speaks " + answer.protocol() + ", not " + protocol;
        }
    }

    record PhaseLimit(String phase, Duration limit) implements Expectation<HttpAnswer> {

        PhaseLimit {
            if (!Phases.NAMES.contains(phase)) {
                throw new IllegalArgumentException(
                        "the phase must be one of " + Phases.NAMES + ", but was '" + phase + "'");
            }
        }

        @Override
        public @Nullable String objection(HttpAnswer answer) {
            Duration took = answer.phases().get(phase);
            return took == null || took.compareTo(limit) <= 0
                    ? null
                    : "phase " + phase + " took " + Wording.duration(took) + ", more than " + Wording.duration(limit);
        }
    }

    record BodySize(long least, long most) implements Expectation<HttpAnswer> {
        BodySize {
            if (least < 0 || most < least) {
                throw new IllegalArgumentException(
                        "bodySize must be from 0 bytes up, the smaller first, but was " + least + " to " + most);
            }
        }

        @Override
        public @Nullable String objection(HttpAnswer answer) {
            long size = answer.bodySize();
            if (size < least) {
                return "body has " + size + " bytes, less than " + least;
            }
            return size > most ? "body has more than " + most + " bytes" : null;
        }
    }

    record Encryption(Expectation<? super TlsConnection> expectation) implements Expectation<HttpAnswer> {
        @Override
        public @Nullable String objection(HttpAnswer answer) throws Exception {
            TlsConnection tls = answer.tls();
            return tls == null ? "connection is not encrypted" : expectation.objection(tls);
        }

        @Override
        public boolean onlyWarns() {
            return expectation.onlyWarns();
        }
    }

    private static void requireName(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a header must not be empty");
        }
    }
}
