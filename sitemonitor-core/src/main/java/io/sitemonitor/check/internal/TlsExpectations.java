package io.sitemonitor.check.internal;

import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.TlsConnection;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What may be expected of an encrypted connection. */
public final class TlsExpectations {

    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final int MAX_SHOWN = 100;

    private TlsExpectations() {}

    /**
     * Each certificate is valid for a while yet.
     *
     * @param least the least time that must be left
     */
    public record ValidFor(Duration least) implements Expectation<TlsConnection> {

        /** Creates an expectation. */
        public ValidFor {
            if (least.isNegative() || least.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("validFor must be from PT0S to " + LONGEST + ", but was " + least);
            }
        }

        @Override
        public @Nullable String objection(TlsConnection connection) {
            if (connection.validFor().compareTo(least) >= 0) {
                return null;
            }
            for (X509Certificate certificate : connection.chain()) {
                Duration left = Duration.between(
                        connection.at(), certificate.getNotAfter().toInstant());
                if (left.compareTo(least) < 0) {
                    return "certificate of "
                            + certificate.getSubjectX500Principal().getName()
                            + (left.isNegative() ? " has expired" : " expires in " + days(left)) + ", on "
                            + certificate.getNotAfter().toInstant();
                }
            }
            return null;
        }

        private static String days(Duration left) {
            return left.toHours() >= 48 ? left.toDays() + " days" : left.toHours() + " h";
        }
    }

    /**
     * The issuer of the server's certificate has a text in its name.
     *
     * @param part the text
     */
    public record IssuedBy(String part) implements Expectation<TlsConnection> {

        /** Creates an expectation. */
        public IssuedBy {
            if (Objects.requireNonNull(part, "issuer").isBlank()) {
                throw new IllegalArgumentException("the issuer expected of a certificate must not be empty");
            }
        }

        @Override
        public @Nullable String objection(TlsConnection connection) {
            String issuer = connection.certificate().getIssuerX500Principal().getName();
            return issuer.contains(part)
                    ? null
                    : "certificate was issued by " + issuer + ", not by '" + SafeText.line(part, MAX_SHOWN) + "'";
        }
    }

    /**
     * The connection has a version.
     *
     * @param protocol its name
     */
    public record Version(String protocol) implements Expectation<TlsConnection> {

        private static final List<String> KNOWN = List.of("TLSv1.2", "TLSv1.3");

        /** Creates an expectation. */
        public Version {
            if (!KNOWN.contains(protocol)) {
                throw new IllegalArgumentException(
                        "the version expected of TLS must be one of " + KNOWN + ", but was '" + protocol + "'");
            }
        }

        @Override
        public @Nullable String objection(TlsConnection connection) {
            return connection.protocol().equals(protocol)
                    ? null
                    : "connection speaks " + connection.protocol() + ", not " + protocol;
        }
    }

    /**
     * The server shows a certain certificate.
     *
     * @param sha256 its SHA-256 as hexadecimal digits
     */
    public record Fingerprint(String sha256) implements Expectation<TlsConnection> {

        /** Creates an expectation. */
        public Fingerprint {
            String given = sha256;
            sha256 = given.replace(":", "").toLowerCase(Locale.ROOT);
            if (sha256.length() != 64 || !sha256.chars().allMatch(HexFormat::isHexDigit)) {
                throw new IllegalArgumentException("the fingerprint expected of a certificate must be a SHA-256 of 64"
                        + " hexadecimal digits, but was '" + SafeText.line(given, MAX_SHOWN) + "'");
            }
        }

        @Override
        public @Nullable String objection(TlsConnection connection) throws GeneralSecurityException {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(connection.certificate().getEncoded());
            String found = HexFormat.of().formatHex(digest);
            return found.equals(sha256) ? null : "certificate has another fingerprint: " + found;
        }
    }
}
