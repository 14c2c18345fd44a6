package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.TlsSettings;
import io.sitemonitor.check.internal.Mask;
import io.sitemonitor.check.internal.UserAgent;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.databind.JsonNode;

/**
 * Sends the requests of one listener: each over a connection of its own, within one limit for everything from the name
 * lookup to the end of the answer, and no request twice. What it throws names the host and the status and shows no
 * secret. Immutable; safe for use by any number of threads.
 */
public final class HttpDelivery {

    /** How long an attempt may take: 8 seconds, less than the 10 that an alert listener has. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(8);

    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(5);
    private static final int MAX_ANSWER = 64 * 1024;

    /** The type of documents. */
    public static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

    private final HttpUrl url;
    private final Duration timeout;
    private final TlsSettings tls;
    private final OkHttpClient client;
    private final List<String> secrets;

    private HttpDelivery(HttpUrl url, Duration timeout, TlsSettings tls, OkHttpClient client, List<String> secrets) {
        this.url = url;
        this.timeout = timeout;
        this.tls = tls;
        this.client = client;
        this.secrets = secrets;
    }

    /**
     * Sends to an address.
     *
     * @param url the address, judged by {@link HttpAddress}
     * @return a delivery with the default timeout that hides nothing yet
     */
    public static HttpDelivery to(HttpUrl url) {
        TlsSettings system = TlsSettings.system();
        return new HttpDelivery(url, DEFAULT_TIMEOUT, system, HttpClients.within(DEFAULT_TIMEOUT, system), List.of());
    }

    /**
     * Sends to an address of which everything but the host is a secret.
     *
     * @param url the address, judged by {@link HttpAddress}
     * @return a delivery with the default timeout
     */
    public static HttpDelivery toSecret(HttpUrl url) {
        return to(url).hiding(HttpAddress.secretsOf(url));
    }

    /**
     * Sends somewhere else.
     *
     * @param other the address, judged by {@link HttpAddress}
     * @return a copy that does so
     */
    public HttpDelivery at(HttpUrl other) {
        return new HttpDelivery(other, timeout, tls, client, secrets);
    }

    /**
     * Hides what the destination may repeat and nobody may read.
     *
     * @param more secrets
     * @return a copy that hides them, too
     */
    public HttpDelivery hiding(List<String> more) {
        List<String> all = new ArrayList<>(secrets);
        all.addAll(more);
        return new HttpDelivery(url, timeout, tls, client, List.copyOf(all));
    }

    /**
     * Bounds an attempt.
     *
     * @param other the longest time from the name lookup to the end of the answer, from 1 millisecond to 5 minutes
     * @return a copy that does so
     * @throws IllegalArgumentException if it is shorter or longer than allowed
     */
    public HttpDelivery timeout(Duration other) {
        Objects.requireNonNull(other, "timeout");
        if (other.compareTo(SHORTEST_TIMEOUT) < 0 || other.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "timeout must be from PT0.001S to " + LONGEST_TIMEOUT + ", but was " + other);
        }
        return other.equals(timeout)
                ? this
                : new HttpDelivery(url, other, tls, HttpClients.within(other, tls), secrets);
    }

    /**
     * Trusts somebody else, or shows a certificate.
     *
     * @param settings whom to trust, and what to show
     * @return a copy that does so
     */
    public HttpDelivery tls(TlsSettings settings) {
        Objects.requireNonNull(settings, "tls");
        return new HttpDelivery(url, timeout, settings, HttpClients.within(timeout, settings), secrets);
    }

    /**
     * Returns the limit of an attempt.
     *
     * @return the timeout
     */
    public Duration timeout() {
        return timeout;
    }

    /**
     * Returns where it sends to.
     *
     * @return the address, which may be a secret
     */
    public HttpUrl url() {
        return url;
    }

    /**
     * Returns what may be shown of where it sends to.
     *
     * @return the host
     */
    public String host() {
        return url.host();
    }

    /**
     * Begins a request to its address.
     *
     * @return a request without a method yet
     */
    public Request.Builder request() {
        return new Request.Builder()
                .url(url)
                .header("User-Agent", UserAgent.NAME)
                .header("Accept", "application/json");
    }

    /**
     * Makes a body of a document.
     *
     * @param document the document
     * @return the body
     */
    public static RequestBody body(JsonNode document) {
        return RequestBody.create(document.toString().getBytes(StandardCharsets.UTF_8), JSON);
    }

    /**
     * Posts a document to its address.
     *
     * @param document the document
     * @return the answer: one of success
     * @throws RetryAlertException if the destination says when to come again
     * @throws UndeliverableAlertException if it refuses this very message
     * @throws IOException if it did not take it for another reason
     */
    public HttpAnswer post(JsonNode document) throws IOException, RetryAlertException, UndeliverableAlertException {
        return deliver(request().post(body(document)).build());
    }

    /**
     * Sends a request that must succeed.
     *
     * @param request the request
     * @return the answer: one of success
     * @throws RetryAlertException if the destination says when to come again
     * @throws UndeliverableAlertException if it refuses this very message
     * @throws IOException if it did not take it for another reason
     */
    public HttpAnswer deliver(Request request) throws IOException, RetryAlertException, UndeliverableAlertException {
        HttpAnswer answer = send(request);
        answer.requireSuccess();
        return answer;
    }

    /**
     * Sends a request.
     *
     * @param request the request
     * @return the answer, whatever it says
     * @throws IOException if none came, or not in time; with the interrupt flag set if the thread was interrupted
     */
    public HttpAnswer send(Request request) throws IOException {
        Call call = client.newCall(request);
        try (Response response = call.execute()) {
            try {
                String body = beginning(response.body().byteStream());
                Headers head = HttpClients.asSent(response.headers());
                return new HttpAnswer(
                        request.url(), response.code(), head, Mask.of(secrets).hide(body));
            } finally {
                // otherwise closing would read on, to make the connection fit for another request
                call.cancel();
            }
        } catch (Exception e) {
            throw failure(request.url().host(), e);
        }
    }

    /** Shows the host. */
    @Override
    public String toString() {
        return host();
    }

    /** OkHttp is Kotlin and declares nothing: an interrupt while it connects comes as InterruptedException. */
    private static IOException failure(String host, Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (Thread.currentThread().isInterrupted()) {
            return new IOException("interrupted while waiting for " + host, e);
        }
        if (e instanceof InterruptedIOException) {
            return new IOException("no answer in time from " + host, e);
        }
        return new IOException("no answer from " + host + " (" + SafeText.line(e.toString(), 200) + ')', e);
    }

    private static String beginning(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_ANSWER + 1);
        if (bytes.length > MAX_ANSWER) {
            throw new IOException("the answer is longer than " + MAX_ANSWER + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
