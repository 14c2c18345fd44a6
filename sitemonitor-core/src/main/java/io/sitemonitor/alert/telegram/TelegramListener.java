package io.sitemonitor.alert.telegram;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.alert.internal.AlertMessage;
import io.sitemonitor.alert.internal.HttpAddress;
import io.sitemonitor.alert.internal.HttpDelivery;
import io.sitemonitor.alert.internal.Markup;
import io.sitemonitor.check.SafeText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends alerts to a chat of Telegram as a bot, by its
 * <a href="https://core.telegram.org/bots/api#sendmessage">Bot API</a>.
 *
 * <pre>{@code
 * .alert(TelegramListener.bot(token).chat("-1001234567890").thread(42))
 * }</pre>
 *
 * <p>A message is plain text: subject and text of {@link AlertTexts}, and what happened, where and since when, cut to the 4,096
 * characters that a message holds. There is no markup in it, names behind {@code @} are no mentions, and no preview is made of
 * links, so Telegram's servers do not call the target. A recovery is a message of its own.
 *
 * <p><b>At least once:</b> Telegram does not know of a repetition; an attempt whose answer was lost may have arrived.
 *
 * <p><b>Failure:</b> 429 says in <a href="https://core.telegram.org/bots/api#responseparameters">{@code parameters.retry_after}</a> when
 * to come again; 400 refuses this very alert for good, and so does a chat that is not there; everything else is tried again, also 401 for a
 * wrong token and 403 for a chat that does not want the bot.
 *
 * <p><b>Threads:</b> safe for use by any number of threads; the options are copies.
 */
public final class TelegramListener implements AlertListener {

    /** How long an attempt may take: 8 seconds, less than the 10 that an alert listener has. */
    public static final Duration DEFAULT_TIMEOUT = HttpDelivery.DEFAULT_TIMEOUT;

    private static final String SERVER = "https://api.telegram.org";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern TOKEN = Pattern.compile("[0-9]{3,20}:[-_A-Za-z0-9]{10,100}");
    private static final Pattern CHAT = Pattern.compile("-?[0-9]{1,18}|@[A-Za-z0-9_]{3,64}");
    private static final int MAX_TEXT = 4_096;

    private final Options options;

    private TelegramListener(Options options) {
        this.options = options;
    }

    /**
     * Begins with a bot.
     *
     * @param token its token, as BotFather gave it; shown nowhere
     * @return the bot, which needs a chat
     * @throws IllegalArgumentException if it is no token
     */
    public static Bot bot(String token) {
        if (!TOKEN.matcher(Objects.requireNonNull(token, "token")).matches()) {
            throw new IllegalArgumentException(
                    "the token of a bot must be digits, a colon and letters, digits, '-' or '_'");
        }
        return new Bot(token);
    }

    /** A bot that does not know yet where to speak. Immutable. */
    public static final class Bot {

        private final String token;

        private Bot(String token) {
            this.token = token;
        }

        /**
         * Names the chat.
         *
         * @param id the id of a chat, which is negative for groups, or the name of a public channel with {@code @} before it
         * @return a listener that sends there
         * @throws IllegalArgumentException if it is neither
         */
        public TelegramListener chat(String id) {
            if (!CHAT.matcher(Objects.requireNonNull(id, "id")).matches()) {
                throw new IllegalArgumentException(
                        "a chat must be a number, or the name of a channel with '@' before it, but" + " was '"
                                + SafeText.line(id, 60) + "'");
            }
            HttpDelivery delivery =
                    HttpDelivery.to(address(HttpUrl.get(SERVER), token)).hiding(List.of(token));
            return new TelegramListener(new Options(delivery, token, id, 0, false, AlertTexts.DEFAULT));
        }

        /** Shows nothing of the token. */
        @Override
        public String toString() {
            return "Bot";
        }
    }

    /**
     * Sends to a topic of a forum.
     *
     * <p>Default: to the chat itself.
     *
     * @param id the id of the topic, at least 1
     * @return a copy that does so
     * @throws IllegalArgumentException if it is less
     */
    public TelegramListener thread(long id) {
        if (id < 1) {
            throw new IllegalArgumentException("the id of a topic must be at least 1, but was " + id);
        }
        Options o = options;
        return new TelegramListener(new Options(o.delivery(), o.token(), o.chat(), id, o.silent(), o.texts()));
    }

    /**
     * Makes no sound.
     *
     * <p>Default: with a sound.
     *
     * @return a copy that does so
     */
    public TelegramListener silent() {
        Options o = options;
        return new TelegramListener(new Options(o.delivery(), o.token(), o.chat(), o.thread(), true, o.texts()));
    }

    /**
     * Sends through another server of the Bot API, such as one's own.
     *
     * <p>Default {@code https://api.telegram.org}.
     *
     * @param url where it is: {@code https}, or {@code http} to this machine
     * @return a copy that does so
     * @throws IllegalArgumentException if it is not such an address
     */
    public TelegramListener server(String url) {
        HttpUrl parsed = HttpAddress.service("the server", url, SERVER, null);
        return with(options.delivery().at(address(parsed, options.token())));
    }

    /**
     * Says something else. What is said is text, not markup.
     *
     * <p>Default {@link AlertTexts#DEFAULT}.
     *
     * @param texts what to say
     * @return a copy that does so
     */
    public TelegramListener texts(AlertTexts texts) {
        Objects.requireNonNull(texts, "texts");
        Options o = options;
        return new TelegramListener(new Options(o.delivery(), o.token(), o.chat(), o.thread(), o.silent(), texts));
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
    public TelegramListener timeout(Duration timeout) {
        return with(options.delivery().timeout(timeout));
    }

    /**
     * Sends an alert.
     *
     * @param alert the alert
     * @throws RetryAlertException if Telegram says when to come again
     * @throws UndeliverableAlertException if Telegram refuses this very alert
     * @throws IOException if Telegram did not take it for another reason
     */
    @Override
    public void onAlert(Alert alert) throws IOException, RetryAlertException, UndeliverableAlertException {
        AlertMessage message = AlertMessage.of(alert, options.texts());
        ObjectNode form = JSON.createObjectNode();
        form.put("chat_id", options.chat());
        if (options.thread() > 0) {
            form.put("message_thread_id", options.thread());
        }
        form.put("text", Markup.UNMENTIONED.write(message.headline() + '\n' + message.plain(), MAX_TEXT));
        form.put("disable_notification", options.silent());
        form.putObject("link_preview_options").put("is_disabled", true);
        options.delivery().post(form);
    }

    /** Shows host and chat. */
    @Override
    public String toString() {
        return "TelegramListener[" + options.delivery().host() + ", chat " + options.chat() + ']';
    }

    private static HttpUrl address(HttpUrl server, String token) {
        return server.newBuilder()
                .addPathSegment("bot" + token)
                .addPathSegment("sendMessage")
                .build();
    }

    private TelegramListener with(HttpDelivery delivery) {
        Options o = options;
        return new TelegramListener(new Options(delivery, o.token(), o.chat(), o.thread(), o.silent(), o.texts()));
    }

    private record Options(
            HttpDelivery delivery, String token, String chat, long thread, boolean silent, AlertTexts texts) {}
}
