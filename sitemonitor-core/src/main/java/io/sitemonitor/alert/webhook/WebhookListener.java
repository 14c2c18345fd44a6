package io.sitemonitor.alert.webhook;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.MessageTemplate;
import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.alert.internal.HttpAddress;
import io.sitemonitor.alert.internal.HttpAnswer;
import io.sitemonitor.alert.internal.HttpDelivery;
import io.sitemonitor.alert.internal.SafeIds;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.TlsSettings;
import io.sitemonitor.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sends alerts to any server by HTTP.
 *
 * <pre>{@code
 * .alert(WebhookListener.post("https://hooks.shop.example/alerts").signedWith(key))
 * }</pre>
 *
 * <p><b>The form.</b> Unless {@link #json(String)} or {@link #text(String)} says otherwise, the body is a JSON object. Its
 * fields are stable: a later version may add some, and takes none away without another {@code version}.
 *
 * <table>
 * <caption>Version 1</caption>
 * <tr><th>field</th><th>type</th><th>meaning</th></tr>
 * <tr><td>{@code version}</td><td>number</td><td>1</td></tr>
 * <tr><td>{@code id}</td><td>string</td><td>of this alert; the same on every attempt and after every restart</td></tr>
 * <tr><td>{@code incidentId}</td><td>string</td><td>the same for what opens and what closes</td></tr>
 * <tr><td>{@code monitor}, {@code check}</td><td>string</td><td>their names, at most 200 characters each</td></tr>
 * <tr><td>{@code kind}</td><td>string</td><td>an {@link io.sitemonitor.alert.AlertKind}, such as {@code RECOVERED}</td></tr>
 * <tr><td>{@code severity}</td><td>string</td><td>a {@link io.sitemonitor.alert.Severity}, such as {@code CRITICAL}</td></tr>
 * <tr><td>{@code from}, {@code to}</td><td>string</td><td>the states before and after, such as {@code DOWN}</td></tr>
 * <tr><td>{@code since}</td><td>string</td><td>when it began, by RFC 3339 in UTC</td></tr>
 * <tr><td>{@code at}</td><td>string</td><td>when this was decided, written like that, too</td></tr>
 * <tr><td>{@code duration}</td><td>number</td><td>how long it lasted, in seconds with three digits behind the point</td></tr>
 * <tr><td>{@code failure}</td><td>string or null</td><td>a {@link io.sitemonitor.check.FailureKind}, such as {@code STATUS}</td></tr>
 * <tr><td>{@code summary}</td><td>string</td><td>one line for people, at most 1,000 characters</td></tr>
 * <tr><td>{@code target}</td><td>string or null</td><td>what is probed, at most 2,000 characters</td></tr>
 * <tr><td>{@code evidence}</td><td>object</td><td>{@code address} (string or null), {@code phases} (seconds by name),
 * {@code facts} (strings by name) and {@code excerpt} (string or null) of the deciding run</td></tr>
 * <tr><td>{@code labels}</td><td>object</td><td>strings by name</td></tr>
 * <tr><td>{@code contacts}</td><td>array</td><td>strings</td></tr>
 * </table>
 *
 * <p><b>Signatures.</b> Each request has {@code webhook-id}, the id of the alert, and {@code webhook-timestamp}, the time of
 * this attempt in seconds since 1970. {@link #signedWith(String, String...)} adds {@code webhook-signature}. A receiver
 * verifies it as the
 * <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a>
 * specification says:
 *
 * <ol>
 * <li>refuse a timestamp more than five minutes away from now;
 * <li>compute HMAC-SHA-256 over {@code webhook-id}, a full stop, {@code webhook-timestamp}, a full stop and the body as it came,
 *     byte by byte, with the bytes that stand in base64 behind {@code whsec_} in the key;
 * <li>compare {@code v1,} and the base64 of that with each part of {@code webhook-signature}, which are separated by spaces,
 *     in constant time; one must be equal;
 * <li>drop what has a {@code webhook-id} that was handled before.
 * </ol>
 *
 * <p><b>Failure:</b> every status from 200 to 299 is success. 400, 410, 413 and 422 refuse this very alert, which is then
 * {@linkplain UndeliverableAlertException undeliverable}; 429 and 503 with {@code Retry-After} say when to come again; everything else
 * is tried again. Redirects are not followed.
 *
 * <p><b>Threads:</b> safe for use by any number of threads; the options are copies.
 */
public final class WebhookListener implements AlertListener {

    /** How long an attempt may take: 8 seconds, less than the 10 that an alert listener has. */
    public static final Duration DEFAULT_TIMEOUT = HttpDelivery.DEFAULT_TIMEOUT;

    private static final MediaType TEXT = MediaType.get("text/plain; charset=utf-8");
    private static final int GONE = 410;

    /** What the listener or the client says itself. */
    private static final Set<String> TAKEN = Set.of(
            "content-length",
            "content-type",
            "host",
            "transfer-encoding",
            "connection",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature");

    private final Options options;
    private final TimeSource time;

    private WebhookListener(Options options, TimeSource time) {
        this.options = options;
        this.time = time;
    }

    /**
     * Sends by POST.
     *
     * @param url where to: an address of https, or of http, which everybody on the way can read. No more than its host is ever
     *     shown
     * @return a listener that posts its own form of JSON there
     * @throws IllegalArgumentException if it is no such address, or holds credentials
     */
    public static WebhookListener post(String url) {
        return to("POST", url);
    }

    /**
     * Sends by PUT.
     *
     * @param url where to, as with {@link #post(String)}
     * @return a listener that puts its own form of JSON there
     * @throws IllegalArgumentException if it is no such address, or holds credentials
     */
    public static WebhookListener put(String url) {
        return to("PUT", url);
    }

    private static WebhookListener to(String method, String url) {
        HttpUrl parsed = HttpAddress.own(
                "the URL of a webhook", url, "https://hooks.shop.example/alerts", "header(\"Authorization\", …)");
        Options options =
                new Options(HttpDelivery.toSecret(parsed), method, List.of(), alert -> json(AlertJson.of(alert)), null);
        return new WebhookListener(options, TimeSource.system());
    }

    /**
     * Adds a field to the head of each request, or changes it.
     *
     * @param name the name of the field
     * @param value its value: visible ASCII characters and spaces; may be shown
     * @return a copy that does so
     * @throws IllegalArgumentException if one of them is none, or the field is one that the listener sets itself
     */
    public WebhookListener header(String name, String value) {
        requireHeader(name, value);
        return with(new Header(name, Secret.of(value), false));
    }

    /**
     * Adds a field to the head of each request, or changes it, whose value is shown nowhere.
     *
     * @param name the name of the field, such as {@code Authorization}
     * @param value its value: visible ASCII characters and spaces, such as {@code Bearer …}
     * @return a copy that does so
     * @throws IllegalArgumentException if one of them is none, or the field is one that the listener sets itself
     */
    public WebhookListener header(String name, Secret value) {
        requireHeader(name, value.reveal());
        return with(new Header(name, value, true));
    }

    /**
     * Sends another form of JSON. Placeholders of {@link MessageTemplate} stand in its strings; braces elsewhere are JSON. Values
     * are data: whatever they hold, they stay within their string.
     *
     * <pre>{@code
     * .json("""
     *         {"title": "{check} is {status}", "tags": ["{label.team}"], "lasted": "{duration}"}""")
     * }</pre>
     *
     * @param template an object or an array, of at most 10,000 characters
     * @return a copy that does so
     * @throws IllegalArgumentException if it is not JSON, or one of its strings is not a template
     */
    public WebhookListener json(String template) {
        JsonTemplate parsed = JsonTemplate.of(template);
        return with(alert -> json(parsed.render(alert)));
    }

    /**
     * Sends a plain text.
     *
     * @param template the text with its placeholders
     * @return a copy that does so
     * @throws IllegalArgumentException if it is not a {@linkplain MessageTemplate#of(String) template}
     */
    public WebhookListener text(String template) {
        MessageTemplate parsed = MessageTemplate.of(template);
        return with(alert -> new Content(parsed.render(alert), TEXT));
    }

    /**
     * Signs each request, so that the receiver can tell that it comes from here and is not old. To change the key, sign with the new
     * and the old one for as long as there are receivers that know the old one only.
     *
     * <p>Default: not signed.
     *
     * @param key {@code whsec_} and 24 to 64 random bytes in base64; shown nowhere
     * @param older further keys, for each of which a signature is added
     * @return a copy that does so
     * @throws IllegalArgumentException if one of them is no such key
     */
    public WebhookListener signedWith(String key, String... older) {
        Options o = options;
        Signer signer = Signer.of(key, older);
        List<String> keys = new ArrayList<>(List.of(older));
        keys.add(key);
        HttpDelivery hiding = o.delivery().hiding(keys).hiding(Signer.bare(keys));
        return new WebhookListener(new Options(hiding, o.method(), o.headers(), o.form(), signer), time);
    }

    /**
     * Bounds an attempt.
     *
     * <p>Default 8 seconds, from 1 millisecond to 5 minutes. Should be shorter than the timeout of the
     * {@link io.sitemonitor.alert.AlertPolicy}.
     *
     * @param timeout the longest time from the name lookup to the end of the answer
     * @return a copy that does so
     * @throws IllegalArgumentException if it is shorter or longer than allowed
     */
    public WebhookListener timeout(Duration timeout) {
        return with(options.delivery().timeout(timeout));
    }

    /**
     * Trusts a certificate authority of one's own, or shows a certificate.
     *
     * <p>Default {@link TlsSettings#system()}.
     *
     * @param settings whom to trust, and what to show
     * @return a copy that does so
     */
    public WebhookListener tls(TlsSettings settings) {
        return with(options.delivery().tls(settings));
    }

    /**
     * Sends an alert.
     *
     * @param alert the alert
     * @throws RetryAlertException if the server says when to come again
     * @throws UndeliverableAlertException if it refuses this very alert
     * @throws IOException if it did not take it for another reason
     */
    @Override
    public void onAlert(Alert alert) throws IOException, RetryAlertException, UndeliverableAlertException {
        Content content = options.form().of(alert);
        byte[] body = content.text().getBytes(StandardCharsets.UTF_8);
        Request.Builder request =
                options.delivery().request().method(options.method(), RequestBody.create(body, content.type()));
        List<String> secrets = new ArrayList<>();
        for (Header header : options.headers()) {
            String value = header.value().reveal();
            requireHeader(header.name(), value);
            request.header(header.name(), value);
            if (header.isHidden()) {
                secrets.add(value);
                secrets.add(value.substring(value.indexOf(' ') + 1));
            }
        }
        sign(request, SafeIds.of(alert.id()), body);
        HttpAnswer answer = options.delivery().hiding(secrets).send(request.build());
        if (answer.status() == GONE) {
            throw new UndeliverableAlertException(answer.description());
        }
        answer.requireSuccess();
    }

    /** Shows the method and the host. */
    @Override
    public String toString() {
        return "WebhookListener[" + options.method() + ' ' + options.delivery().host()
                + (options.signer() == null ? "" : ", signed") + ']';
    }

    /** Tells another time, for tests. */
    WebhookListener time(TimeSource other) {
        return new WebhookListener(options, other);
    }

    private void sign(Request.Builder request, String id, byte[] body) {
        long timestamp = time.now().getEpochSecond();
        request.header("webhook-id", id).header("webhook-timestamp", Long.toString(timestamp));
        if (options.signer() != null) {
            request.header("webhook-signature", options.signer().sign(id, timestamp, body));
        }
    }

    private static Content json(JsonNode document) {
        return new Content(document.toString(), HttpDelivery.JSON);
    }

    private WebhookListener with(Header header) {
        List<Header> headers = new ArrayList<>(options.headers());
        headers.removeIf(other -> other.name().equalsIgnoreCase(header.name()));
        headers.add(header);
        Options o = options;
        return new WebhookListener(
                new Options(o.delivery(), o.method(), List.copyOf(headers), o.form(), o.signer()), time);
    }

    private WebhookListener with(Form form) {
        Options o = options;
        return new WebhookListener(new Options(o.delivery(), o.method(), o.headers(), form, o.signer()), time);
    }

    private WebhookListener with(HttpDelivery delivery) {
        Options o = options;
        return new WebhookListener(new Options(delivery, o.method(), o.headers(), o.form(), o.signer()), time);
    }

    private static void requireHeader(String name, String value) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        boolean isToken = !name.isEmpty()
                && name.chars().allMatch(c -> c > 0x20 && c < 0x7F && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
        if (!isToken || TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "the name of a header must be a token, and none that the listener sets itself, but" + " was '"
                            + SafeText.line(name, 60) + "'");
        }
        if (value.isEmpty() || !value.chars().allMatch(c -> c >= 0x20 && c < 0x7F)) {
            throw new IllegalArgumentException(
                    "the value of header '" + name + "' must be visible ASCII characters and spaces");
        }
    }

    @FunctionalInterface
    private interface Form {

        Content of(Alert alert);
    }

    private record Content(String text, MediaType type) {}

    private record Header(String name, Secret value, boolean isHidden) {}

    private record Options(
            HttpDelivery delivery,
            String method,
            List<Header> headers,
            Form form,
            @Nullable Signer signer) {}
}
