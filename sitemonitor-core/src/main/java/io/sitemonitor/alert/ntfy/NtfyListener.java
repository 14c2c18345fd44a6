package io.sitemonitor.alert.ntfy;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.Severity;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.alert.internal.AlertMessage;
import io.sitemonitor.alert.internal.HttpAddress;
import io.sitemonitor.alert.internal.HttpDelivery;
import io.sitemonitor.alert.internal.Markup;
import io.sitemonitor.alert.internal.Priorities;
import io.sitemonitor.alert.internal.SafeIds;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.TlsSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Publishes alerts to a topic of <a href="https://docs.ntfy.sh/publish/#publish-as-json">ntfy</a>, of which its subscribers get
 * notifications.
 *
 * <pre>{@code
 * .alert(NtfyListener.topic("https://ntfy.sh/shop-alerts-4711").tags("shop"))
 * }</pre>
 *
 * <p>A notification has the subject of {@link AlertTexts} as its title, and the text, and what happened, where and since when, as plain
 * text; a click leads to the target if that is a web address. Its priority follows from the {@linkplain Severity severity}: 5, 4, 3 and
 * 2, and 3 for what closes. Texts are cut to the <a href="https://docs.ntfy.sh/publish/#limitations">4,096 bytes</a> beyond which ntfy would make
 * a file of them, the title to 1,000. A recovery is a notification of its own, or takes the place of the one about the outage
 * ({@link #oneNotificationPerIncident()}).
 *
 * <p><b>At least once:</b> ntfy does not know of a repetition; an attempt whose answer was lost may have arrived.
 *
 * <p><b>Addresses:</b> a server of one's own may be reached by http; the topic, the token and the alerts are then readable on the way. Whoever
 * knows the topic can read and write it unless the server protects it, so it is not shown.
 *
 * <p><b>Failure:</b> 429 tells of a limit, with {@code Retry-After} when to come again; 400, 413 and 422 refuse this very alert for good;
 * everything else is tried again.
 *
 * <p><b>Threads:</b> safe for use by any number of threads; the options are copies.
 */
public final class NtfyListener implements AlertListener {

    /** How long an attempt may take: 8 seconds, less than the 10 that an alert listener has. */
    public static final Duration DEFAULT_TIMEOUT = HttpDelivery.DEFAULT_TIMEOUT;

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern TOPIC = Pattern.compile("[-_A-Za-z0-9]{1,64}");
    private static final Pattern TAG = Pattern.compile("[-_+.A-Za-z0-9]{1,50}");
    private static final int MOST_TAGS = 8;
    private static final int MAX_TITLE = 1_000;
    private static final int MAX_MESSAGE = 4_096;

    private final Options options;

    private NtfyListener(Options options) {
        this.options = options;
    }

    /**
     * Publishes to a topic.
     *
     * @param url the server and the topic, such as {@code https://ntfy.sh/shop-alerts-4711}: an https URL, or an http URL, which
     *     everybody on the way can read
     * @return a listener that publishes there
     * @throws IllegalArgumentException if it is no such URL, or holds credentials
     */
    public static NtfyListener topic(String url) {
        HttpUrl parsed = HttpAddress.own("the URL of a topic", url, "https://ntfy.sh/alerts", "accessToken(…)");
        List<String> path = parsed.pathSegments();
        String topic = path.get(path.size() - 1);
        if (!TOPIC.matcher(topic).matches()) {
            throw new IllegalArgumentException(
                    "the URL of a topic must end in 1 to 64 letters, digits, '-' or '_', but that of " + parsed.host()
                            + " does not");
        }
        HttpUrl server = parsed.newBuilder()
                .setPathSegment(path.size() - 1, "")
                .query(null)
                .build();
        Priorities priorities = Priorities.of(1, 5, 3, 5, 4, 3, 2);
        HttpDelivery delivery = HttpDelivery.to(server).hiding(List.of(topic));
        return new NtfyListener(new Options(delivery, topic, null, AlertTexts.DEFAULT, priorities, List.of(), false));
    }

    /**
     * Signs in.
     *
     * <p>Default: as nobody.
     *
     * @param token an access token, such as {@code tk_…}; shown nowhere
     * @return a copy that does so
     * @throws IllegalArgumentException if it is empty or has characters that no token has
     */
    public NtfyListener accessToken(String token) {
        Objects.requireNonNull(token, "token");
        if (token.isEmpty() || !token.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
            throw new IllegalArgumentException("an access token must consist of visible ASCII characters");
        }
        Options o = options;
        return new NtfyListener(new Options(
                o.delivery().hiding(List.of(token)),
                o.topic(),
                token,
                o.texts(),
                o.priorities(),
                o.tags(),
                o.updates()));
    }

    /**
     * Changes how loud a severity is.
     *
     * <p>Default 5 for what is critical, 4 for errors, 3 for warnings, 2 for what is good to know.
     *
     * @param severity which
     * @param priority from 1, which makes no sound, to 5
     * @return a copy that does so
     * @throws IllegalArgumentException if there is no such priority
     */
    public NtfyListener priority(Severity severity, int priority) {
        Options o = options;
        Priorities changed = o.priorities().with(severity, priority);
        return new NtfyListener(
                new Options(o.delivery(), o.topic(), o.token(), o.texts(), changed, o.tags(), o.updates()));
    }

    /**
     * Adds tags to each notification.
     *
     * <p>Default: none.
     *
     * @param tags words of letters, digits and {@code -_+.}, at most 8
     * @return a copy that has these
     * @throws IllegalArgumentException if one of them is none, or there are more
     */
    public NtfyListener tags(String... tags) {
        for (String tag : tags) {
            if (!TAG.matcher(Objects.requireNonNull(tag, "tag")).matches()) {
                throw new IllegalArgumentException(
                        "a tag must be 1 to 50 letters, digits, '-', '_', '+' or '.', but was '"
                                + SafeText.line(tag, 60) + "'");
            }
        }
        if (tags.length > MOST_TAGS) {
            throw new IllegalArgumentException(
                    "there can be at most " + MOST_TAGS + " tags, but there are " + tags.length);
        }
        Options o = options;
        return new NtfyListener(
                new Options(o.delivery(), o.topic(), o.token(), o.texts(), o.priorities(), List.of(tags), o.updates()));
    }

    /**
     * Lets each alert take the place of the one before it about the same incident, so that a telephone shows how it is now. Needs a
     * server of version 2.16 or newer; an older one shows each alert on its own.
     *
     * <p>Default: each alert is a notification of its own.
     *
     * @return a copy that does so
     */
    public NtfyListener oneNotificationPerIncident() {
        Options o = options;
        return new NtfyListener(
                new Options(o.delivery(), o.topic(), o.token(), o.texts(), o.priorities(), o.tags(), true));
    }

    /**
     * Says something else.
     *
     * <p>Default {@link AlertTexts#DEFAULT}.
     *
     * @param texts what to say
     * @return a copy that does so
     */
    public NtfyListener texts(AlertTexts texts) {
        Objects.requireNonNull(texts, "texts");
        Options o = options;
        return new NtfyListener(
                new Options(o.delivery(), o.topic(), o.token(), texts, o.priorities(), o.tags(), o.updates()));
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
    public NtfyListener timeout(Duration timeout) {
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
    public NtfyListener tls(TlsSettings settings) {
        return with(options.delivery().tls(settings));
    }

    /**
     * Publishes an alert.
     *
     * @param alert the alert
     * @throws RetryAlertException if the server says when to come again
     * @throws UndeliverableAlertException if the server refuses this very alert
     * @throws IOException if the server did not take it for another reason
     */
    @Override
    public void onAlert(Alert alert) throws IOException, RetryAlertException, UndeliverableAlertException {
        Request.Builder request = options.delivery().request();
        if (options.token() != null) {
            request.header("Authorization", "Bearer " + options.token());
        }
        options.delivery().deliver(request.post(HttpDelivery.body(form(alert))).build());
    }

    /** Shows the host. */
    @Override
    public String toString() {
        return "NtfyListener[" + options.delivery().host() + ']';
    }

    private ObjectNode form(Alert alert) {
        AlertMessage message = AlertMessage.of(alert, options.texts());
        ObjectNode form = JSON.createObjectNode();
        form.put("topic", options.topic());
        form.put("title", Markup.bytes(message.headline(), MAX_TITLE));
        form.put("message", Markup.bytes(message.plain(), MAX_MESSAGE));
        form.put("priority", options.priorities().of(alert));
        if (!options.tags().isEmpty()) {
            ArrayNode tags = form.putArray("tags");
            options.tags().forEach(tags::add);
        }
        String link = HttpAddress.link(alert.target());
        if (link != null) {
            form.put("click", link);
        }
        if (options.updates()) {
            form.put("sequence_id", SafeIds.of(alert.incidentId()));
        }
        return form;
    }

    private NtfyListener with(HttpDelivery delivery) {
        Options o = options;
        return new NtfyListener(
                new Options(delivery, o.topic(), o.token(), o.texts(), o.priorities(), o.tags(), o.updates()));
    }

    private record Options(
            HttpDelivery delivery,
            String topic,
            @Nullable String token,
            AlertTexts texts,
            Priorities priorities,
            List<String> tags,
            boolean updates) {}
}
