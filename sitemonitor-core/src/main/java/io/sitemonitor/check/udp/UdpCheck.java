package io.sitemonitor.check.udp;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.IpFamily;
import io.sitemonitor.check.Resolver;
import io.sitemonitor.check.internal.Endpoint;
import io.sitemonitor.check.internal.Expectations;
import io.sitemonitor.check.internal.UdpExchange;
import io.sitemonitor.check.internal.Wording;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Passes if a server answers a datagram as expected.
 *
 * <pre>{@code
 * UdpCheck.send("game.internal", 27015, "status\n").expectText(containing("players"))
 * }</pre>
 *
 * <p><b>Without an answer UDP proves nothing.</b> A datagram that is lost, one that a firewall swallows and one that a
 * server takes in silence look the same from here. So {@link #send} alone is no check yet: it has to be said what is
 * expected, an answer or, for servers that never answer, {@link Question#expectNoRefusal} with the little that it tells.
 *
 * <p>Each run looks up the name (within what the Java runtime caches), sends the datagram from a port of its own, and takes
 * the first datagram that comes back from there as the answer. If the port is refused, the next address of the name is
 * asked. Datagrams get lost without anybody's fault, so the same one is sent again while there is no answer, after a
 * quarter and after half of the time by default: what is sent must do no harm when it comes twice.
 *
 * <p><b>Time:</b> the timeout of the run bounds all of it. <b>Memory:</b> one answer, which has at most 64 KiB.
 *
 * <p><b>Failure:</b> {@code DNS}, {@code CONNECT} (nobody listens at the port, or there is no way there), {@code TIMEOUT}
 * (no answer), {@code ASSERTION} (the answer or the latency), {@code REFUSED_BY_POLICY}.
 *
 * <p><b>Evidence:</b> the address; the phases {@code dns} and {@code exchange}; the fact {@code bytes}, the length of the
 * answer.
 *
 * <p><b>Secrets:</b> what is sent is shown nowhere, and neither is the answer unless {@link #showAnswer} says so.
 *
 * <p>Immutable: each option returns a copy. Two checks with the same options are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class UdpCheck implements Check {

    /** How often a datagram is sent again unless {@link #sendAgain} says otherwise. */
    public static final int DEFAULT_REPEATS = UdpExchange.USUAL_REPEATS;

    /** The most that {@link #sendAgain} takes. */
    public static final int MOST_REPEATS = 8;

    /** The largest datagram that can be sent, in bytes. */
    public static final int LARGEST_DATAGRAM = 65_507;

    private final Endpoint endpoint;
    private final Exchange exchange;

    private UdpCheck(Endpoint endpoint, Exchange exchange) {
        this.endpoint = endpoint;
        this.exchange = exchange;
    }

    /**
     * Sends a text in UTF-8.
     *
     * @param host a name, or an address of IPv4 or IPv6, the latter with or without brackets
     * @param port the port, from 1 to 65535
     * @param text the text, from 1 to 65,507 bytes; the Java runtime sends no empty datagram to whom it is to hear alone
     * @return the beginning of a check, which lacks what is expected
     * @throws IllegalArgumentException if host, port or text are not as they must be
     */
    public static Question send(String host, int port, String text) {
        return send(host, port, Objects.requireNonNull(text, "text").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends bytes.
     *
     * @param host a name, or an address of IPv4 or IPv6, the latter with or without brackets
     * @param port the port, from 1 to 65535
     * @param bytes what is sent, from 1 to 65,507 bytes
     * @return the beginning of a check, which lacks what is expected
     * @throws IllegalArgumentException if host, port or bytes are not as they must be
     */
    public static Question send(String host, int port, byte[] bytes) {
        Objects.requireNonNull(bytes, "bytes");
        if (bytes.length < 1 || bytes.length > LARGEST_DATAGRAM) {
            throw new IllegalArgumentException(
                    "a datagram must have 1 to " + LARGEST_DATAGRAM + " bytes, but has " + bytes.length);
        }
        return new Question(Endpoint.of(host, port), new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /**
     * What is sent, which is no check as long as nothing is expected of it.
     *
     * <p>Immutable and safe for use by any number of threads.
     */
    public static final class Question {

        private final Endpoint endpoint;
        private final String datagram;

        private Question(Endpoint endpoint, String datagram) {
            this.endpoint = endpoint;
            this.datagram = datagram;
        }

        /**
         * Expects any answer.
         *
         * @return the check
         */
        public UdpCheck expectAnswer() {
            return expect(new AnswerExpectation.Any());
        }

        /**
         * Expects something of the answer, read as UTF-8.
         *
         * @param expectation what is expected, such as {@link io.sitemonitor.check.TextExpectation#containing}
         * @return the check
         */
        public UdpCheck expectText(Expectation<? super String> expectation) {
            return expect(text(expectation));
        }

        /**
         * Expects bytes somewhere in the answer.
         *
         * @param part the bytes, at least one
         * @return the check
         * @throws IllegalArgumentException if there are none
         */
        public UdpCheck expectBytes(byte[] part) {
            return expect(bytes(part));
        }

        /**
         * Expects something of the answer.
         *
         * @param expectation what is expected; it may keep the array
         * @return the check
         */
        public UdpCheck expect(Expectation<byte[]> expectation) {
            return new UdpCheck(
                    endpoint,
                    new Exchange(datagram, DEFAULT_REPEATS, Expectations.append(List.of(), expectation), null, false));
        }

        /**
         * Expects no answer, only that nobody says that the port is closed, for servers that take datagrams in silence.
         *
         * <p>The run fails with {@code CONNECT} if the port is refused or there is no way to the host. Otherwise it
         * passes: at once if there is an answer after all, or when the time is over. <b>That proves little:</b> a host
         * that is switched off and a firewall that swallows datagrams refuse nothing either.
         *
         * @param wait how long a refusal may take to come, from 1 millisecond to 1 hour. A run with less time than that
         *     is inconclusive
         * @return the check
         * @throws IllegalArgumentException if the wait is outside its range
         */
        public UdpCheck expectNoRefusal(Duration wait) {
            return new UdpCheck(
                    endpoint,
                    new Exchange(
                            datagram,
                            DEFAULT_REPEATS,
                            List.of(),
                            Wording.requireLimit("expectNoRefusal", wait),
                            false));
        }
    }

    /**
     * Expects something more of the answer, read as UTF-8. All expectations must hold.
     *
     * @param expectation what is expected, such as {@link io.sitemonitor.check.TextExpectation#containing}
     * @return a copy with that expectation
     * @throws IllegalArgumentException if there are more than 32 expectations
     * @throws IllegalStateException if no answer is expected
     */
    public UdpCheck expectText(Expectation<? super String> expectation) {
        return expect(text(expectation));
    }

    /**
     * Expects some more bytes somewhere in the answer. All expectations must hold.
     *
     * @param part the bytes, at least one
     * @return a copy with that expectation
     * @throws IllegalArgumentException if there are none, or there are more than 32 expectations
     * @throws IllegalStateException if no answer is expected
     */
    public UdpCheck expectBytes(byte[] part) {
        return expect(bytes(part));
    }

    /**
     * Expects something more of the answer. All expectations must hold.
     *
     * @param expectation what is expected; it may keep the array
     * @return a copy with that expectation
     * @throws IllegalArgumentException if there are more than 32 expectations
     * @throws IllegalStateException if no answer is expected
     */
    public UdpCheck expect(Expectation<byte[]> expectation) {
        return new UdpCheck(endpoint, exchange.expect(expectation));
    }

    /**
     * Sends the datagram again while there is no answer, this often, the first time when the n-th part of the time is
     * over, where n is two more than this.
     *
     * <p>Default 2, from 0 to 8. Zero means that it is sent once, for what must not come twice.
     *
     * @param times how often
     * @return a copy that does
     * @throws IllegalArgumentException if the number is outside its range
     */
    public UdpCheck sendAgain(int times) {
        if (times < 0 || times > MOST_REPEATS) {
            throw new IllegalArgumentException(
                    "sendAgain must be from 0 to " + MOST_REPEATS + " times, but was " + times);
        }
        return new UdpCheck(endpoint, exchange.repeats(times));
    }

    /**
     * Keeps the beginning of an answer that is not as expected in the evidence, for anybody to read.
     *
     * <p>Default: off, since servers like to repeat what they were sent.
     *
     * @return a copy that does
     */
    public UdpCheck showAnswer() {
        return new UdpCheck(endpoint, exchange.shown());
    }

    /**
     * Sends over one version of the Internet Protocol only.
     *
     * <p>Default: {@link IpFamily#EITHER}.
     *
     * @param family which
     * @return a copy that does
     */
    public UdpCheck family(IpFamily family) {
        return new UdpCheck(endpoint.family(family), exchange);
    }

    /**
     * Asks somebody else than the system for the addresses of the host.
     *
     * <p>Default: the system.
     *
     * @param resolver whom to ask
     * @return a copy that asks it
     */
    public UdpCheck resolver(Resolver resolver) {
        return new UdpCheck(endpoint.resolver(resolver), exchange);
    }

    /**
     * Warns if it takes longer than this from the beginning of the run to the answer.
     *
     * <p>Default: no limit; from 1 millisecond to 1 hour.
     *
     * @param limit the longest time without a warning
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not less than {@link #failAbove}, or no answer is expected
     */
    public UdpCheck warnAbove(Duration limit) {
        exchange.requireAnswer("warnAbove");
        return new UdpCheck(endpoint.warnAbove(limit), exchange);
    }

    /**
     * Fails with {@code ASSERTION} if it takes longer than this from the beginning of the run to the answer.
     *
     * <p>Default: no limit; from 1 millisecond to 1 hour.
     *
     * @param limit the longest time without a failure
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not more than {@link #warnAbove}, or no answer is expected
     */
    public UdpCheck failAbove(Duration limit) {
        exchange.requireAnswer("failAbove");
        return new UdpCheck(endpoint.failAbove(limit), exchange);
    }

    @Override
    public CheckResult run(CheckContext context) {
        return new UdpRun(endpoint, exchange, context).run();
    }

    @Override
    public String kind() {
        return "udp";
    }

    /**
     * Returns host and port.
     *
     * @return such as {@code game.internal:27015}
     */
    @Override
    public String target() {
        return endpoint.toString();
    }

    /**
     * Returns the host to which the datagram is sent.
     *
     * @return the host in lower case; an address of IPv6 without brackets
     */
    @Override
    public String host() {
        return endpoint.hostInLowerCase();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UdpCheck that && endpoint.equals(that.endpoint) && exchange.equals(that.exchange);
    }

    @Override
    public int hashCode() {
        return Objects.hash(endpoint, exchange);
    }

    @Override
    public String toString() {
        return "UDP " + endpoint;
    }

    private static Expectation<byte[]> text(Expectation<? super String> expectation) {
        return new AnswerExpectation.Text(Objects.requireNonNull(expectation, "expectation"));
    }

    private static Expectation<byte[]> bytes(byte[] part) {
        if (Objects.requireNonNull(part, "bytes").length == 0) {
            throw new IllegalArgumentException("the bytes expected in an answer must be at least one");
        }
        return new AnswerExpectation.Bytes(new String(part, StandardCharsets.ISO_8859_1));
    }
}
