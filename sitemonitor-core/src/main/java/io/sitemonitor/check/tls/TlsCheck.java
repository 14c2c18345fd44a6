package io.sitemonitor.check.tls;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.SocketCheck;
import io.sitemonitor.check.SocketOptions;
import io.sitemonitor.check.StartTls;
import io.sitemonitor.check.TlsConnection;
import io.sitemonitor.check.TlsSettings;
import io.sitemonitor.check.internal.CertificateNames;
import io.sitemonitor.check.internal.TlsExpectations;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Passes if a server shows a certificate that is trusted, made out for its name and valid for a while yet. Only the
 * handshake is made; nothing is asked of what the server is there for.
 *
 * <pre>{@code
 * TlsCheck.connect("shop.example", 443).expectTls(issuedBy("Let's Encrypt").orWarn())
 * TlsCheck.connect("mail.shop.example", 25).startTls(StartTls.SMTP)
 * }</pre>
 *
 * <p>It warns when a certificate of the chain ends within 21 days and fails when it ends within 3 days; {@link
 * #warnBefore} and {@link #failBefore} say otherwise.
 *
 * <p><b>Failure:</b> {@code TLS} (a handshake that fails: an expired certificate, another name, nobody who is trusted, no
 * common version), {@code ASSERTION} (what is expected of it), {@code DNS}, {@code CONNECT}, {@code TIMEOUT}, {@code
 * PROTOCOL}, {@code REFUSED_BY_POLICY}. <b>Evidence:</b> the address; the phases {@code dns}, {@code connect}, {@code
 * starttls} and {@code tls}; the facts {@code tls}, {@code cipher}, {@code certificate}, {@code issuer}, {@code
 * certificate2} and so on for the rest of the chain. If a handshake fails the certificate is there too, as far as one was shown.
 *
 * <p>Immutable: each option returns a copy. Two checks with the same options are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class TlsCheck extends SocketCheck<TlsCheck> {

    /** How long before its end a certificate makes a warning, unless {@link #warnBefore} says otherwise: 21 days. */
    public static final Duration DEFAULT_WARN_BEFORE = Duration.ofDays(21);

    /** How long before its end a certificate makes a failure, unless {@link #failBefore} says otherwise: 3 days. */
    public static final Duration DEFAULT_FAIL_BEFORE = Duration.ofDays(3);

    private static final int MOST_SHOWN = 8;

    private static final Duration LONGEST = Duration.ofDays(3650);

    private final Validity validity;

    private TlsCheck(SocketOptions options, Validity validity) {
        super(options);
        this.validity = validity;
    }

    private record Validity(Duration warnBefore, Duration failBefore) {

        static Validity of(Duration warnBefore, Duration failBefore) {
            require("warnBefore", warnBefore);
            require("failBefore", failBefore);
            return new Validity(warnBefore, failBefore);
        }

        private static void require(String option, Duration time) {
            Objects.requireNonNull(time, option);
            if (time.isNegative() || time.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        option + " must be from " + Duration.ZERO + " to " + LONGEST + ", but was " + time);
            }
        }
    }

    /**
     * Checks a server that speaks TLS from the first byte, and trusts whom the Java runtime trusts.
     *
     * @param host a name, or an address of IPv4 or IPv6, the latter with or without brackets
     * @param port the port, from 1 to 65535
     * @return the check
     * @throws IllegalArgumentException if the host is empty, longer than 255 characters or holds spaces or control
     *     characters, or the port is outside its range
     */
    public static TlsCheck connect(String host, int port) {
        return new TlsCheck(SocketOptions.of(host, port), new Validity(DEFAULT_WARN_BEFORE, DEFAULT_FAIL_BEFORE)).tls();
    }

    /**
     * Begins in plain text as a protocol has it. To be said after {@link #tls(TlsSettings)}, if that is said at all.
     *
     * <p>Default: TLS from the first byte.
     *
     * @param protocol how to ask for TLS
     * @return a copy that does
     */
    public TlsCheck startTls(StartTls protocol) {
        return startTls(protocol, tlsSettings());
    }

    /**
     * Begins in plain text as a protocol has it.
     *
     * <p>Default: TLS from the first byte.
     *
     * @param protocol how to ask for TLS
     * @param settings whom to trust, and what to show
     * @return a copy that does
     */
    @Override
    public TlsCheck startTls(StartTls protocol, TlsSettings settings) {
        return super.startTls(protocol, settings);
    }

    /**
     * Warns if a certificate of the chain ends within this time.
     *
     * <p>Default 21 days, from zero to 3650 days; zero means that there is no warning.
     *
     * @param time the least time that must be left
     * @return a copy with that time
     * @throws IllegalArgumentException if the time is outside its range
     */
    public TlsCheck warnBefore(Duration time) {
        return new TlsCheck(options(), Validity.of(time, validity.failBefore));
    }

    /**
     * Fails with {@code ASSERTION} if a certificate of the chain ends within this time.
     *
     * <p>Default 3 days, from zero to 3650 days; zero means that it fails only once it has ended.
     *
     * @param time the least time that must be left
     * @return a copy with that time
     * @throws IllegalArgumentException if the time is outside its range
     */
    public TlsCheck failBefore(Duration time) {
        return new TlsCheck(options(), Validity.of(validity.warnBefore, time));
    }

    @Override
    protected TlsCheck with(SocketOptions other) {
        return new TlsCheck(other, validity);
    }

    @Override
    protected CheckResult converse(Conversation server) throws IOException {
        TlsConnection seen = Objects.requireNonNull(server.tls());
        server.fact("cipher", seen.cipherSuite());
        server.fact("issuer", seen.certificate().getIssuerX500Principal().getName());
        for (int i = 1; i < seen.chain().size() && i < MOST_SHOWN; i++) {
            server.fact(
                    "certificate" + (i + 1),
                    CertificateNames.described(seen.chain().get(i)));
        }
        String tooShort = objection(validity.failBefore, seen);
        if (tooShort != null) {
            return CheckResult.fail(tooShort);
        }
        String shortly = objection(validity.warnBefore, seen);
        return shortly == null
                ? CheckResult.pass("certificate is valid for " + seen.validFor().toDays() + " days")
                : CheckResult.warn(shortly);
    }

    private static @Nullable String objection(Duration least, TlsConnection seen) {
        return new TlsExpectations.ValidFor(least).objection(seen);
    }

    @Override
    protected Object settings() {
        return validity;
    }

    @Override
    public String kind() {
        return "tls";
    }
}
