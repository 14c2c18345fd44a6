package io.sitemonitor.alert.gotify;

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
import io.sitemonitor.check.TlsSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import okhttp3.HttpUrl;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends alerts to a server of <a href="https://gotify.net/docs/pushmsg">Gotify</a>.
 *
 * <pre>{@code
 * .alert(GotifyListener.server("https://push.internal").token(applicationToken))
 * }</pre>
 *
 * <p>A message has the subject of {@link AlertTexts} as its title, and the text, and what happened, where and since when, as
 * <a href="https://gotify.net/docs/msgextras">plain text</a>; a click leads to the target if that is a web address. Its priority
 * follows from the {@linkplain Severity severity}: 8, 6, 5 and 2, and 4 for what closes. A recovery is a message of its own.
 *
 * <p><b>At least once:</b> Gotify does not know of a repetition; an attempt whose answer was lost may have arrived.
 *
 * <p><b>Addresses:</b> a server of one's own may be reached by http; the token and the alerts are then readable on the way.
 *
 * <p><b>Failure:</b> 400, 413 and 422 refuse this very alert for good; 429 and 503 with {@code Retry-After}, from a proxy before it, say when
 * to come again; everything else is tried again.
 *
 * <p><b>Threads:</b> safe for use by any number of threads; the options are copies.
 */
public final class GotifyListener implements AlertListener {

    /** How long an attempt may take: 8 seconds, less than the 10 that an alert listener has. */
    public static final Duration DEFAULT_TIMEOUT = HttpDelivery.DEFAULT_TIMEOUT;

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_TITLE = 250;
    private static final int MAX_MESSAGE = 10_000;

    private final HttpDelivery delivery;
    private final String token;
    private final AlertTexts texts;
    private final Priorities priorities;

    private GotifyListener(HttpDelivery delivery, String token, AlertTexts texts, Priorities priorities) {
        this.delivery = delivery;
        this.token = token;
        this.texts = texts;
        this.priorities = priorities;
    }

    /**
     * Begins with a server.
     *
     * @param url where it is, with its path if it has one: an https URL, or an http URL, which everybody on the way can read
     * @return the server, which needs the token of an application
     * @throws IllegalArgumentException if it is no such URL, or holds credentials
     */
    public static Server server(String url) {
        return new Server(HttpAddress.own("the URL of a Gotify server", url, "https://push.internal", "token(…)"));
    }

    /** A server that nobody has signed in to yet. Immutable. */
    public static final class Server {

        private final HttpUrl url;

        private Server(HttpUrl url) {
            this.url = url;
        }

        /**
         * Signs in as an application.
         *
         * @param token its token; shown nowhere
         * @return a listener that sends as this application
         * @throws IllegalArgumentException if it is empty or has characters that no token has
         */
        public GotifyListener token(String token) {
            Objects.requireNonNull(token, "token");
            if (token.isEmpty() || !token.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
                throw new IllegalArgumentException(
                        "the token of an application must consist of visible ASCII characters");
            }
            HttpUrl messages = url.newBuilder().addPathSegment("message").build();
            return new GotifyListener(
                    HttpDelivery.to(messages).hiding(List.of(token)),
                    token,
                    AlertTexts.DEFAULT,
                    Priorities.of(0, 10, 4, 8, 6, 5, 2));
        }

        /** Shows the host. */
        @Override
        public String toString() {
            return "Server[" + url.host() + ']';
        }
    }

    /**
     * Changes how loud a severity is.
     *
     * <p>Default 8 for what is critical, 6 for errors, 5 for warnings, 2 for what is good to know.
     *
     * @param severity which
     * @param priority from 0 to 10; from 4 on there is a sound, from 8 on a telephone vibrates as well
     * @return a copy that does so
     * @throws IllegalArgumentException if there is no such priority
     */
    public GotifyListener priority(Severity severity, int priority) {
        return new GotifyListener(delivery, token, texts, priorities.with(severity, priority));
    }

    /**
     * Says something else.
     *
     * <p>Default {@link AlertTexts#DEFAULT}.
     *
     * @param other what to say
     * @return a copy that does so
     */
    public GotifyListener texts(AlertTexts other) {
        return new GotifyListener(delivery, token, Objects.requireNonNull(other, "texts"), priorities);
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
    public GotifyListener timeout(Duration timeout) {
        return new GotifyListener(delivery.timeout(timeout), token, texts, priorities);
    }

    /**
     * Trusts a certificate authority of one's own, or shows a certificate.
     *
     * <p>Default {@link TlsSettings#system()}.
     *
     * @param settings whom to trust, and what to show
     * @return a copy that does so
     */
    public GotifyListener tls(TlsSettings settings) {
        return new GotifyListener(delivery.tls(settings), token, texts, priorities);
    }

    /**
     * Sends an alert.
     *
     * @param alert the alert
     * @throws RetryAlertException if the server says when to come again
     * @throws UndeliverableAlertException if the server refuses this very alert
     * @throws IOException if the server did not take it for another reason
     */
    @Override
    public void onAlert(Alert alert) throws IOException, RetryAlertException, UndeliverableAlertException {
        AlertMessage message = AlertMessage.of(alert, texts);
        ObjectNode form = JSON.createObjectNode();
        form.put("title", Markup.PLAIN.write(message.headline(), MAX_TITLE));
        form.put("message", Markup.PLAIN.write(message.plain(), MAX_MESSAGE));
        form.put("priority", priorities.of(alert));
        ObjectNode extras = form.putObject("extras");
        extras.putObject("client::display").put("contentType", "text/plain");
        String link = HttpAddress.link(alert.target());
        if (link != null) {
            extras.putObject("client::notification").putObject("click").put("url", link);
        }
        delivery.deliver(delivery.request()
                .header("X-Gotify-Key", token)
                .post(HttpDelivery.body(form))
                .build());
    }

    /** Shows the host. */
    @Override
    public String toString() {
        return "GotifyListener[" + delivery.host() + ']';
    }
}
