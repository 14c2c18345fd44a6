package io.sitemonitor.check.tcp;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.SocketCheck;
import io.sitemonitor.check.SocketOptions;
import io.sitemonitor.check.StartTls;
import io.sitemonitor.check.TlsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Passes if a TCP connection can be made and, if anything is to be said over it, the server answers as expected.
 *
 * <pre>{@code
 * TcpCheck.connect("mail.internal", 2525)
 *         .expectLine(containing("220 "))
 *         .send("QUIT\r\n")
 *         .expectLine(matching("^221 "))
 * }</pre>
 *
 * <p>Each run looks up the name (within what the Java runtime caches), tries its addresses one after the other until one
 * accepts, and closes the connection. Without anything to say or to expect, nothing is sent and nothing is read.
 *
 * <p><b>Time:</b> each address gets a fair share of what is left of the timeout, so that one silent address does not take
 * it all.
 *
 * <p><b>Failure:</b> {@code DNS}, {@code CONNECT} (refused, unreachable, silent while another address is left, or lost),
 * {@code TIMEOUT}, {@code TLS}, {@code ASSERTION} (an answer or the latency), {@code PROTOCOL} (an answer that ends too soon, or has no
 * end of a line where one is expected), {@code TOO_LARGE}, {@code REFUSED_BY_POLICY}. <b>Evidence:</b> address and how
 * long the phases {@code dns}, {@code connect}, {@code tls} and {@code dialogue} took; the last line received.
 *
 * <p>Immutable: each option returns a copy. Two checks with the same options are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class TcpCheck extends SocketCheck<TcpCheck> {

    private static final int MAX_STEPS = 64;

    private final List<Step> steps;

    private TcpCheck(SocketOptions options, List<Step> steps) {
        super(options);
        this.steps = steps;
    }

    /**
     * Checks that a connection can be made.
     *
     * @param host a name, or an address of IPv4 or IPv6, the latter with or without brackets
     * @param port the port, from 1 to 65535
     * @return the check
     * @throws IllegalArgumentException if the host is empty, longer than 255 characters or holds spaces or control
     *     characters, or the port is outside its range
     */
    public static TcpCheck connect(String host, int port) {
        return new TcpCheck(SocketOptions.of(host, port), List.of());
    }

    /**
     * Sends a text in UTF-8 as the next step.
     *
     * <p>Default: nothing is sent.
     *
     * @param text the text, with the ends of its lines; from 1 to 16,384 bytes
     * @return a copy with that step
     * @throws IllegalArgumentException if the text is empty or too long, or there are more than 64 steps
     */
    public TcpCheck send(String text) {
        return send(Objects.requireNonNull(text, "text").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends bytes as the next step.
     *
     * <p>Default: nothing is sent.
     *
     * @param bytes from 1 to 16,384 bytes
     * @return a copy with that step
     * @throws IllegalArgumentException if there are none or too many, or there are more than 64 steps
     */
    public TcpCheck send(byte[] bytes) {
        if (bytes.length < 1 || bytes.length > Conversation.MAX_SENT) {
            throw new IllegalArgumentException(
                    "what is sent must have 1 to " + Conversation.MAX_SENT + " bytes, but has " + bytes.length);
        }
        return with(new Step.Send(new String(bytes, StandardCharsets.ISO_8859_1)));
    }

    /**
     * Reads a line as the next step, in UTF-8 and without its end, and expects something of it.
     *
     * <p>Default: nothing is read.
     *
     * @param expectation what is expected, such as {@link io.sitemonitor.check.TextExpectation#containing}
     * @return a copy with that step
     * @throws IllegalArgumentException if there are more than 64 steps
     */
    public TcpCheck expectLine(Expectation<? super String> expectation) {
        return with(new Step.Line(Objects.requireNonNull(expectation, "expectation")));
    }

    /**
     * Reads as the next step until a text comes, exactly as written, whatever stands before it: at most 65,536 bytes.
     *
     * <p>Default: nothing is read.
     *
     * @param text the text; from 1 to 1,000 bytes in UTF-8
     * @return a copy with that step
     * @throws IllegalArgumentException if the text is empty or too long, or there are more than 64 steps
     */
    public TcpCheck expect(String text) {
        int length = Objects.requireNonNull(text, "text").getBytes(StandardCharsets.UTF_8).length;
        if (length < 1 || length > Step.MAX_TEXT) {
            throw new IllegalArgumentException(
                    "the text expected must have 1 to " + Step.MAX_TEXT + " bytes, but has " + length);
        }
        return with(new Step.Text(text));
    }

    /**
     * Encrypts the connection as another protocol does that begins in plain text, and trusts whom the Java runtime
     * trusts. The steps follow after that.
     *
     * <p>Default: no TLS.
     *
     * @param protocol how to ask for it
     * @return a copy that does
     */
    public TcpCheck startTls(StartTls protocol) {
        return startTls(protocol, TlsSettings.system());
    }

    /**
     * Encrypts the connection as another protocol does that begins in plain text. The steps follow after that.
     *
     * <p>Default: no TLS.
     *
     * @param protocol how to ask for it
     * @param settings whom to trust, and what to show
     * @return a copy that does
     */
    @Override
    public TcpCheck startTls(StartTls protocol, TlsSettings settings) {
        return super.startTls(protocol, settings);
    }

    private TcpCheck with(Step step) {
        if (steps.size() == MAX_STEPS) {
            throw new IllegalArgumentException("a TCP check can have at most " + MAX_STEPS + " steps");
        }
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new TcpCheck(options(), List.copyOf(more));
    }

    @Override
    protected TcpCheck with(SocketOptions other) {
        return new TcpCheck(other, steps);
    }

    @Override
    protected CheckResult converse(Conversation server) throws IOException {
        if (steps.isEmpty()) {
            return CheckResult.pass("connected");
        }
        CheckResult warning = null;
        for (Step step : steps) {
            CheckResult result = step.take(server);
            if (result != null && result.failure() != null) {
                return result;
            }
            warning = warning == null ? result : warning;
        }
        return warning == null ? CheckResult.pass("answered as expected") : warning;
    }

    @Override
    protected Object settings() {
        return steps;
    }

    @Override
    public String kind() {
        return "tcp";
    }
}
