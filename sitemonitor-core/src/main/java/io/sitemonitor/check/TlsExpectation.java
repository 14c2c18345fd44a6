package io.sitemonitor.check;

import io.sitemonitor.check.internal.TlsExpectations;
import java.time.Duration;

/** What an encrypted connection should be like. */
public final class TlsExpectation {

    private TlsExpectation() {}

    /**
     * Expects that each certificate of the chain, as the server shows it, is valid for a while yet. With {@code
     * orWarn()} it becomes a reminder to renew:
     *
     * <pre>{@code
     * .expectTls(validFor(ofDays(21)).orWarn()).expectTls(validFor(ofDays(3)))
     * }</pre>
     *
     * @param least the least time that must be left, from zero to 3650 days
     * @return the expectation; equal to any other with the same time
     * @throws IllegalArgumentException if the time is outside its range
     */
    public static Expectation<TlsConnection> validFor(Duration least) {
        return new TlsExpectations.ValidFor(least);
    }

    /**
     * Expects that the issuer of the server's certificate has a text somewhere in its name, such as {@code Let's Encrypt}.
     *
     * @param part the text, exactly as written
     * @return the expectation; equal to any other with the same text
     * @throws IllegalArgumentException if the text is empty
     */
    public static Expectation<TlsConnection> issuedBy(String part) {
        return new TlsExpectations.IssuedBy(part);
    }

    /**
     * Expects a version.
     *
     * @param protocol {@code TLSv1.2} or {@code TLSv1.3}
     * @return the expectation; equal to any other of the same version
     * @throws IllegalArgumentException if it is neither
     */
    public static Expectation<TlsConnection> version(String protocol) {
        return new TlsExpectations.Version(protocol);
    }

    /**
     * Expects the certificate of the server itself, by its fingerprint.
     *
     * @param sha256 the SHA-256 of the certificate as 64 hexadecimal digits, with or without colons between the bytes
     * @return the expectation; equal to any other with the same fingerprint
     * @throws IllegalArgumentException if it is none
     */
    public static Expectation<TlsConnection> fingerprint(String sha256) {
        return new TlsExpectations.Fingerprint(sha256);
    }
}
