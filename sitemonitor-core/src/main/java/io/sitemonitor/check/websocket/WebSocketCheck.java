package io.sitemonitor.check.websocket;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.SocketCheck;
import io.sitemonitor.check.SocketOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Passes if a server upgrades a connection to WebSocket (RFC 6455) and, if there are steps, says what is expected. Steps
 * are taken in the order in which they were given; pings of the server are answered meanwhile.
 *
 * <pre>{@code
 * WebSocketCheck.connect("wss://shop.example/live")
 *         .header("Authorization", Secret.of("Bearer " + token))
 *         .send("{\"subscribe\":\"orders\"}")
 *         .expectText(containing("subscribed"))
 *         .expectPong()
 * }</pre>
 *
 * <p>At its end the run takes leave with a close frame. No extension is offered, such as one for compression, and no proxy
 * is used.
 *
 * <p><b>Memory:</b> a message of more than 64 KiB fails with {@code TOO_LARGE}, and so does a server that sends more than 1 MiB in
 * all.
 *
 * <p><b>Failure:</b> {@code STATUS} (the server answers the upgrade with anything but 101; the message is {@code HTTP} and the
 * status; or it closes the connection before the run does; the message has the code and what it means), {@code PROTOCOL} (an answer that is
 * none of HTTP or does not belong to the request, a subprotocol or an extension that was not offered, and whatever breaks the rules for frames: masks, reserved bits,
 * unknown kinds, continuations of nothing, control frames that are long or fragmented, text that is no UTF-8, codes that may not be sent, more than 1,024 frames for a
 * message, more than 64 pings), {@code ASSERTION} (an expectation does not hold, or the server speaks no subprotocol that was
 * offered), {@code CHECK_ERROR} (a secret that cannot be sent), and those of every {@link SocketCheck}. <b>Evidence:</b> the
 * address; the phases {@code dns}, {@code connect}, {@code tls}, {@code upgrade}, {@code dialogue}, {@code ping} and {@code
 * close}; the facts {@code status}, {@code subprotocol}, {@code close}, {@code tls} and {@code certificate}; the message
 * last judged, one of bytes in figures.
 *
 * <p><b>Secrets:</b> values of headers other than {@code Host}, {@code Origin}, {@code User-Agent} and {@code
 * Accept-Language}, values of query parameters with names like {@code token} or {@code key}, and what {@link
 * #send(Secret)} sends are shown nowhere, even if the server repeats them.
 *
 * <p>Immutable: each option returns a copy. Two checks with the same options are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class WebSocketCheck extends SocketCheck<WebSocketCheck> {

    private final Settings settings;

    private WebSocketCheck(SocketOptions options, Settings settings) {
        super(options);
        this.settings = settings;
        if (options.isEncrypted() && !settings.endpoint().secure()) {
            throw new IllegalStateException("an address of ws:// is not encrypted; use wss://");
        }
    }

    /**
     * Checks a server.
     *
     * @param url an address that begins with {@code wss://}, for TLS, or {@code ws://}, at most 2,000 characters, without
     *     user and fragment. The usual ports are 443 and 80
     * @return the check
     * @throws IllegalArgumentException if that is no such address
     */
    public static WebSocketCheck connect(String url) {
        Endpoint endpoint = Endpoint.of(url);
        WebSocketCheck check =
                new WebSocketCheck(SocketOptions.of(endpoint.host(), endpoint.port()), Settings.of(endpoint));
        return endpoint.secure() ? check.tls() : check;
    }

    /**
     * Sends a header with the upgrade. One of the same name, whatever its case, is replaced, {@code Host} and {@code
     * User-Agent} included, which is {@code sitemonitor/} and the version otherwise.
     *
     * <p>Default: none; at most 32, and with the address 16,384 bytes in all.
     *
     * @param name the name; not one that belongs to the upgrade, such as {@code Sec-WebSocket-Key}
     * @param value the value: ASCII without control characters, from 1 to 8,000 characters
     * @return a copy with that header
     * @throws IllegalArgumentException if name or value is not allowed, or there are more than 32 headers
     */
    public WebSocketCheck header(String name, String value) {
        return header(name, Settings.requireValue(name, value));
    }

    /**
     * Sends a header whose value is a secret, asked for anew with each run if it is rotated. Otherwise as {@link
     * #header(String, String)}.
     *
     * <p>Default: none; at most 32, and with the address 16,384 bytes in all.
     *
     * @param name the name
     * @param value the value: ASCII without control characters, from 1 to 8,000 characters; another one fails the run with
     *     {@code CHECK_ERROR}
     * @return a copy with that header
     * @throws IllegalArgumentException if the name is not allowed, or there are more than 32 headers
     */
    public WebSocketCheck header(String name, Secret value) {
        return with(settings.header(name, value));
    }

    /**
     * Offers a subprotocol and expects that the server chooses it. Several add up, the one liked best first: any of them will
     * do.
     *
     * <p>Default: none; at most 16.
     *
     * @param name its name such as {@code graphql-transport-ws}, at most 100 letters, digits and signs
     * @return a copy that offers it
     * @throws IllegalArgumentException if it is no such name, or has been offered already, or there are more than 16
     */
    public WebSocketCheck subprotocol(String name) {
        return with(settings.subprotocol(name));
    }

    /**
     * Sends a message of text as the next step.
     *
     * <p>Default: none; at most 64 steps, which send at most 16,000 bytes in all.
     *
     * @param text the text
     * @return a copy with that step
     * @throws IllegalArgumentException if there is too much to be sent, or there are more than 64 steps
     */
    public WebSocketCheck send(String text) {
        return with(settings.step(new Step.SendText(Objects.requireNonNull(text, "text"))));
    }

    /**
     * Sends a message of text that nobody may read as the next step, such as one that signs in. It is asked for anew with each run if it
     * is rotated.
     *
     * <p>Default: none; at most 64 steps. A run that would send more than 16,000 bytes in all fails with {@code
     * CHECK_ERROR}.
     *
     * @param text the text
     * @return a copy with that step
     * @throws IllegalArgumentException if there are more than 64 steps
     */
    public WebSocketCheck send(Secret text) {
        return with(settings.step(new Step.SendSecret(Objects.requireNonNull(text, "text"))));
    }

    /**
     * Sends a message of bytes as the next step.
     *
     * <p>Default: none; at most 64 steps, which send at most 16,000 bytes in all.
     *
     * @param bytes the bytes
     * @return a copy with that step
     * @throws IllegalArgumentException if there is too much to be sent, or there are more than 64 steps
     */
    public WebSocketCheck send(byte[] bytes) {
        return with(settings.step(new Step.SendBytes(new String(bytes, StandardCharsets.ISO_8859_1))));
    }

    /**
     * Expects as the next step that a message comes, that it is a text, and something of it.
     *
     * @param expectation what is expected, such as {@link io.sitemonitor.check.TextExpectation#containing}
     * @return a copy with that step
     * @throws IllegalArgumentException if there are more than 64 steps
     */
    public WebSocketCheck expectText(Expectation<? super String> expectation) {
        return with(settings.step(new Step.Text(Objects.requireNonNull(expectation, "expectation"))));
    }

    /**
     * Expects as the next step that a message comes, that it is one of bytes, and something of it.
     *
     * @param expectation what is expected
     * @return a copy with that step
     * @throws IllegalArgumentException if there are more than 64 steps
     */
    public WebSocketCheck expectBytes(Expectation<? super byte[]> expectation) {
        return with(settings.step(new Step.Bytes(Objects.requireNonNull(expectation, "expectation"))));
    }

    /**
     * Expects that a ping is answered, after all steps. Messages that come in between are passed over.
     *
     * @return a copy that expects it
     */
    public WebSocketCheck expectPong() {
        return with(settings.withPing());
    }

    /**
     * Expects that the server agrees to the end of the connection with a close frame. Messages that come in between are
     * passed over. Many servers that work hang up without it.
     *
     * @return a copy that expects it
     */
    public WebSocketCheck expectClose() {
        return with(settings.withClose());
    }

    private WebSocketCheck with(Settings other) {
        return new WebSocketCheck(options(), other);
    }

    @Override
    protected WebSocketCheck with(SocketOptions other) {
        return new WebSocketCheck(other, settings);
    }

    @Override
    protected CheckResult converse(Conversation server) throws IOException {
        return new Dialogue(settings, server).speak();
    }

    @Override
    protected Object settings() {
        return settings;
    }

    @Override
    protected List<Secret> secrets() {
        return settings.secrets();
    }

    @Override
    protected String scheme() {
        return settings.endpoint().scheme();
    }

    @Override
    public String kind() {
        return "websocket";
    }

    /**
     * Returns the address.
     *
     * @return such as {@code wss://shop.example/live}, with the values of secret parameters masked
     */
    @Override
    public String target() {
        return settings.endpoint().shown();
    }

    /** Returns the kind in capital letters, and the address. */
    @Override
    public String toString() {
        return kind().toUpperCase(Locale.ROOT) + " " + target();
    }
}
