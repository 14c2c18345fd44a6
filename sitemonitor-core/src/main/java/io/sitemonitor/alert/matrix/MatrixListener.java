package io.sitemonitor.alert.matrix;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.alert.internal.AlertMessage;
import io.sitemonitor.alert.internal.HttpAddress;
import io.sitemonitor.alert.internal.HttpDelivery;
import io.sitemonitor.alert.internal.Markup;
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
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends alerts to a room of Matrix, by the
 * <a href="https://spec.matrix.org/latest/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid">client-server API</a>.
 *
 * <pre>{@code
 * .alert(MatrixListener.homeserver("https://matrix.internal").accessToken(token).room("!alerts:internal"))
 * }</pre>
 *
 * <p>A message has subject and text of {@link AlertTexts}, and what happened, where and since when, plain and as HTML. Texts are escaped, and
 * {@code m.mentions} names nobody unless asked to, so no text can mention anybody. The room must not be encrypted. A recovery is a message
 * of its own.
 *
 * <p><b>Exactly once:</b> the transaction id is the id of the alert, so the server drops a repetition of the same access token.
 *
 * <p><b>Addresses:</b> a server of one's own may be reached by http; the token and the alerts are then readable on the way.
 *
 * <p><b>Failure:</b> 429 says in {@code Retry-After} or {@code retry_after_ms} when to come again; 400, 413 and 422 refuse this very alert
 * for good; everything else is tried again, also 401 for a wrong token and 403 for a room that the account has not joined.
 *
 * <p><b>Threads:</b> safe for use by any number of threads; the options are copies.
 */
public final class MatrixListener implements AlertListener {

    /** How long an attempt may take: 8 seconds, less than the 10 that an alert listener has. */
    public static final Duration DEFAULT_TIMEOUT = HttpDelivery.DEFAULT_TIMEOUT;

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern ROOM = Pattern.compile("![^\\s:/?#]{1,200}(:[-.:\\[\\]A-Za-z0-9]{1,200})?");
    private static final int MAX_TEXT = 8_000;

    private final Options options;

    private MatrixListener(Options options) {
        this.options = options;
    }

    /**
     * Begins with a server.
     *
     * @param url where its client-server API is: an https URL, or an http URL, which everybody on the way can read
     * @return the server, which needs an access token
     * @throws IllegalArgumentException if it is no such URL, or holds credentials
     */
    public static Homeserver homeserver(String url) {
        return new Homeserver(
                HttpAddress.own("the URL of a homeserver", url, "https://matrix.internal", "accessToken(…)"));
    }

    /** A server of Matrix that nobody has signed in to yet. Immutable. */
    public static final class Homeserver {

        private final HttpUrl url;

        private Homeserver(HttpUrl url) {
            this.url = url;
        }

        /**
         * Signs in.
         *
         * @param token the access token of the account that sends; shown nowhere
         * @return the account, which needs a room
         * @throws IllegalArgumentException if it is empty or has characters that no token has
         */
        public Account accessToken(String token) {
            Objects.requireNonNull(token, "token");
            if (token.isEmpty() || !token.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
                throw new IllegalArgumentException("an access token must consist of visible ASCII characters");
            }
            return new Account(url, token);
        }

        /** Shows the host. */
        @Override
        public String toString() {
            return "Homeserver[" + url.host() + ']';
        }
    }

    /** An account that does not know yet where to speak. Immutable. */
    public static final class Account {

        private final HttpUrl url;
        private final String token;

        private Account(HttpUrl url, String token) {
            this.url = url;
            this.token = token;
        }

        /**
         * Names the room.
         *
         * @param id the id of the room, such as {@code !alerts:internal}; an alias, which begins with {@code #}, will not do
         * @return a listener that sends there
         * @throws IllegalArgumentException if it is no such id
         */
        public MatrixListener room(String id) {
            if (!ROOM.matcher(Objects.requireNonNull(id, "id")).matches()) {
                throw new IllegalArgumentException("a room must be named by its id, such as !alerts:internal, but was '"
                        + SafeText.line(id, 80) + "'");
            }
            HttpUrl send = url.newBuilder()
                    .addPathSegments("_matrix/client/v3/rooms")
                    .addPathSegment(id)
                    .addPathSegments("send/m.room.message")
                    .build();
            HttpDelivery delivery = HttpDelivery.to(send).hiding(List.of(token));
            return new MatrixListener(new Options(delivery, token, id, AlertTexts.DEFAULT, false));
        }

        /** Shows the host. */
        @Override
        public String toString() {
            return "Account[" + url.host() + ']';
        }
    }

    /**
     * Calls everybody in the room when something critical is told or still lasts.
     *
     * <p>Default: nobody is called.
     *
     * @return a copy that does so
     */
    public MatrixListener mentionRoomWhenCritical() {
        return new MatrixListener(
                new Options(options.delivery(), options.token(), options.room(), options.texts(), true));
    }

    /**
     * Says something else. What is said is text, not markup.
     *
     * <p>Default {@link AlertTexts#DEFAULT}.
     *
     * @param texts what to say
     * @return a copy that does so
     */
    public MatrixListener texts(AlertTexts texts) {
        Objects.requireNonNull(texts, "texts");
        return new MatrixListener(
                new Options(options.delivery(), options.token(), options.room(), texts, options.mentions()));
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
    public MatrixListener timeout(Duration timeout) {
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
    public MatrixListener tls(TlsSettings settings) {
        return with(options.delivery().tls(settings));
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
        HttpDelivery delivery = options.delivery();
        HttpUrl transaction = delivery.url()
                .newBuilder()
                .addPathSegment(SafeIds.of(alert.id()))
                .build();
        Request request = delivery.request()
                .url(transaction)
                .header("Authorization", "Bearer " + options.token())
                .put(HttpDelivery.body(form(AlertMessage.of(alert, options.texts()))))
                .build();
        delivery.deliver(request);
    }

    /** Shows host and room. */
    @Override
    public String toString() {
        return "MatrixListener[" + options.delivery().host() + ", room " + options.room() + ']';
    }

    private ObjectNode form(AlertMessage message) {
        boolean calls = options.mentions() && message.isUrgent();
        String call = calls ? "@room " : "";
        ObjectNode form = JSON.createObjectNode();
        form.put("msgtype", "m.text");
        form.put("body", call + Markup.UNMENTIONED.write(message.headline() + '\n' + message.plain(), MAX_TEXT));
        form.put("format", "org.matrix.custom.html");
        form.put("formatted_body", call + html(message));
        ObjectNode mentions = form.putObject("m.mentions");
        if (calls) {
            mentions.put("room", true);
        }
        return form;
    }

    private static String html(AlertMessage message) {
        StringBuilder html = new StringBuilder("<strong>")
                .append(Markup.ENTITIES.write(message.headline(), MAX_TEXT))
                .append("</strong><br>")
                .append(Markup.ENTITIES.write(message.text(), MAX_TEXT).replace("\n", "<br>"))
                .append("<ul>");
        message.details()
                .forEach((name, value) -> html.append("<li>")
                        .append(name)
                        .append(": ")
                        .append(Markup.ENTITIES.write(value, MAX_TEXT))
                        .append("</li>"));
        return html.append("</ul>").toString();
    }

    private MatrixListener with(HttpDelivery delivery) {
        return new MatrixListener(
                new Options(delivery, options.token(), options.room(), options.texts(), options.mentions()));
    }

    private record Options(HttpDelivery delivery, String token, String room, AlertTexts texts, boolean mentions) {}
}
