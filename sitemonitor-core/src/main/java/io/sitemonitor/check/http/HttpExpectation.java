package io.sitemonitor.check.http;

import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.TlsConnection;
import io.sitemonitor.check.internal.Wording;
import java.time.Duration;
import java.util.Objects;

/** What an answer should be like, beside its status and its body. */
public final class HttpExpectation {

    private HttpExpectation() {}

    /**
     * Expects a header that is as given. One of several values of the same name will do.
     *
     * @param name its name, in any case
     * @param value what is expected of its value, such as {@link io.sitemonitor.check.TextExpectation#containing}
     * @return the expectation; equal to any other with the same name and an equal expectation
     * @throws IllegalArgumentException if the name is empty
     */
    public static Expectation<HttpAnswer> header(String name, Expectation<? super String> value) {
        return new HttpExpectations.Header(name, Objects.requireNonNull(value, "value"));
    }

    /**
     * Expects a header with exactly this value.
     *
     * @param name its name, in any case
     * @param value its value
     * @return the expectation; equal to any other with the same name and value
     * @throws IllegalArgumentException if the name is empty
     */
    public static Expectation<HttpAnswer> header(String name, String value) {
        return new HttpExpectations.ExactHeader(name, Objects.requireNonNull(value, "value"));
    }

    /**
     * Expects that a header is not there, such as one that tells the version of the server.
     *
     * @param name its name, in any case
     * @return the expectation; equal to any other with the same name
     * @throws IllegalArgumentException if the name is empty
     */
    public static Expectation<HttpAnswer> noHeader(String name) {
        return new HttpExpectations.NoHeader(name);
    }

    /**
     * Expects a version of HTTP.
     *
     * @param protocol {@code HTTP/1.1} or {@code HTTP/2}
     * @return the expectation; equal to any other with the same version
     * @throws IllegalArgumentException if it is neither
     */
    public static Expectation<HttpAnswer> protocol(String protocol) {
        return new HttpExpectations.ProtocolVersion(protocol);
    }

    /**
     * Expects that a phase of the run takes no longer than this. A phase that the run did not pass through holds.
     *
     * @param phase {@code dns}, {@code connect}, {@code tls}, {@code firstByte} or {@code body}
     * @param limit the longest time, from 1 millisecond to 1 hour
     * @return the expectation; equal to any other with the same phase and limit
     * @throws IllegalArgumentException if there is no such phase, or the limit is outside its range
     */
    public static Expectation<HttpAnswer> phase(String phase, Duration limit) {
        return new HttpExpectations.PhaseLimit(phase, Wording.requireLimit("phase", limit));
    }

    /**
     * Expects that the body has at least and at most so many bytes after decompression.
     *
     * @param least the least size, in bytes
     * @param most the largest size, in bytes, at least {@code least}; no more than the check reads
     * @return the expectation; equal to any other with the same sizes
     * @throws IllegalArgumentException if a size is negative, or the first is the larger
     */
    public static Expectation<HttpAnswer> bodySize(long least, long most) {
        return new HttpExpectations.BodySize(least, most);
    }

    /**
     * Expects something of the encryption. A connection that is not encrypted fails.
     *
     * @param expectation such as {@link io.sitemonitor.check.TlsExpectation#validFor}
     * @return the expectation; equal to any other with an equal expectation
     */
    public static Expectation<HttpAnswer> tls(Expectation<? super TlsConnection> expectation) {
        return new HttpExpectations.Encryption(Objects.requireNonNull(expectation, "expectation"));
    }
}
