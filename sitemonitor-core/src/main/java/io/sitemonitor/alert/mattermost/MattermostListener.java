package io.sitemonitor.alert.mattermost;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.alert.internal.AlertMessage;
import io.sitemonitor.alert.internal.HttpAddress;
import io.sitemonitor.alert.internal.HttpAnswer;
import io.sitemonitor.alert.internal.HttpDelivery;
import io.sitemonitor.alert.internal.Markup;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.TlsSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Posts alerts to a channel of Mattermost through an
 * <a href="https://developers.mattermost.com/integrate/webhooks/incoming/">incoming webhook</a>, or of Rocket.Chat through
 * <a href="https://docs.rocket.chat/docs/integrations">one of its own</a>, which takes the same form.
 *
 * <pre>{@code
 * .alert(MattermostListener.webhook("https://chat.internal/hooks/…").channel("alerts"))
 * .alert(MattermostListener.rocketChat("https://chat.internal/hooks/…/…"))
 * }</pre>
 *
 * <p>A message is an <a href="https://developers.mattermost.com/integrate/reference/message-attachments/">attachment</a> in the colour of the
 * alert: subject and text of {@link AlertTexts}, and what happened, where and since when; its title leads to the target if that is a web
 * address. Texts are escaped: they mention nobody, forge no link and are cut far below the 16,383 characters of a message. A
 * recovery is a message of its own.
 *
 * <p><b>Addresses:</b> a server of one's own may be reached by http; the webhook and the alerts are then readable on the way.
 *
 * <p><b>At least once:</b> a webhook does not know of a repetition; an attempt whose answer was lost may have arrived.
 *
 * <p><b>Failure:</b> 429 with {@code Retry-After} says when to come again; 400, 413 and 422 refuse this very alert for good; everything
 * else is tried again, also an answer of Rocket.Chat that says {@code "success": false}.
 *
 * <p><b>Threads:</b> safe for use by any number of threads; the options are copies.
 */
public final class MattermostListener implements AlertListener {

    /** How long an attempt may take: 8 seconds, less than the 10 that an alert listener has. */
    public static final Duration DEFAULT_TIMEOUT = HttpDelivery.DEFAULT_TIMEOUT;

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern CHANNEL = Pattern.compile("[#@]?[-_.A-Za-z0-9]{1,64}");
    private static final Pattern WHOM = Pattern.compile("[-_.A-Za-z0-9]{1,64}");
    private static final int MAX_TITLE = 300;
    private static final int MAX_TEXT = 3_000;
    private static final int MAX_FIELD = 600;

    private final Options options;

    private MattermostListener(Options options) {
        this.options = options;
    }

    /**
     * Posts through an incoming webhook of Mattermost.
     *
     * @param url its URL, which is a secret: no more than its host is ever shown
     * @return a listener that posts to the channel of the webhook
     * @throws IllegalArgumentException if it is not an https or http URL, or holds credentials
     */
    public static MattermostListener webhook(String url) {
        return to("the URL of a Mattermost webhook", url, "https://chat.internal/hooks/…");
    }

    /**
     * Posts through an incoming webhook of Rocket.Chat.
     *
     * @param url its URL, which is a secret: no more than its host is ever shown
     * @return a listener that posts to the channel of the webhook
     * @throws IllegalArgumentException if it is not an https or http URL, or holds credentials
     */
    public static MattermostListener rocketChat(String url) {
        return to("the URL of a Rocket.Chat webhook", url, "https://chat.internal/hooks/…/…");
    }

    private static MattermostListener to(String what, String url, String example) {
        HttpDelivery delivery = HttpDelivery.toSecret(HttpAddress.own(what, url, example, null));
        return new MattermostListener(new Options(delivery, AlertTexts.DEFAULT, null, ""));
    }

    /**
     * Posts to another channel than that of the webhook, if the webhook is not bound to it.
     *
     * <p>Default: that of the webhook.
     *
     * @param name the name of the channel as it stands in its address, or {@code @} and a user
     * @return a copy that does so
     * @throws IllegalArgumentException if it is no such name
     */
    public MattermostListener channel(String name) {
        if (!CHANNEL.matcher(Objects.requireNonNull(name, "name")).matches()) {
            throw new IllegalArgumentException(
                    "a channel must be named by at most 64 letters, digits, '-', '_' or '.', but" + " was '"
                            + SafeText.line(name, 80) + "'");
        }
        return new MattermostListener(new Options(options.delivery(), options.texts(), name, options.mention()));
    }

    /**
     * Calls somebody by name when something critical is told or still lasts.
     *
     * <p>Default: nobody is called.
     *
     * @param whom {@code here}, {@code channel}, {@code all}, or the name of a user or a group, without {@code @}
     * @return a copy that does so
     * @throws IllegalArgumentException if it is no such name
     */
    public MattermostListener mentionWhenCritical(String whom) {
        if (!WHOM.matcher(Objects.requireNonNull(whom, "whom")).matches()) {
            throw new IllegalArgumentException(
                    "whom to mention must be a name without '@', but was '" + SafeText.line(whom, 80) + "'");
        }
        return new MattermostListener(new Options(options.delivery(), options.texts(), options.channel(), '@' + whom));
    }

    /**
     * Says something else. What is said is text, not markup.
     *
     * <p>Default {@link AlertTexts#DEFAULT}.
     *
     * @param texts what to say
     * @return a copy that does so
     */
    public MattermostListener texts(AlertTexts texts) {
        Objects.requireNonNull(texts, "texts");
        return new MattermostListener(new Options(options.delivery(), texts, options.channel(), options.mention()));
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
    public MattermostListener timeout(Duration timeout) {
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
    public MattermostListener tls(TlsSettings settings) {
        return with(options.delivery().tls(settings));
    }

    /**
     * Posts an alert.
     *
     * @param alert the alert
     * @throws RetryAlertException if the server says when to come again
     * @throws UndeliverableAlertException if the server refuses this very alert
     * @throws IOException if the server did not take it for another reason
     */
    @Override
    public void onAlert(Alert alert) throws IOException, RetryAlertException, UndeliverableAlertException {
        HttpAnswer answer = options.delivery().post(form(alert, AlertMessage.of(alert, options.texts())));
        if (answer.json().path("success").isBoolean()
                && !answer.json().path("success").booleanValue()) {
            throw answer.failure();
        }
    }

    /** Shows the host. */
    @Override
    public String toString() {
        return "MattermostListener[" + options.delivery().host() + ']';
    }

    private ObjectNode form(Alert alert, AlertMessage message) {
        ObjectNode form = JSON.createObjectNode();
        if (options.channel() != null) {
            form.put("channel", options.channel());
        }
        if (message.isUrgent() && !options.mention().isEmpty()) {
            form.put("text", options.mention());
        }
        ObjectNode attachment = form.putArray("attachments").addObject();
        attachment.put("fallback", Markup.UNMENTIONED.write(message.headline(), MAX_TITLE));
        attachment.put("color", message.look().hex());
        attachment.put("title", Markup.MARKDOWN.write(message.headline(), MAX_TITLE));
        String link = HttpAddress.link(alert.target());
        if (link != null && link.length() <= MAX_FIELD) {
            attachment.put("title_link", link);
        }
        attachment.put("text", Markup.MARKDOWN.write(message.text(), MAX_TEXT));
        ArrayNode fields = attachment.putArray("fields");
        message.details()
                .forEach((name, value) -> fields.addObject()
                        .put("title", name)
                        .put("value", Markup.MARKDOWN.write(value, MAX_FIELD))
                        .put("short", !name.equals("What") && !name.equals("Target")));
        return form;
    }

    private MattermostListener with(HttpDelivery delivery) {
        return new MattermostListener(new Options(delivery, options.texts(), options.channel(), options.mention()));
    }

    private record Options(
            HttpDelivery delivery,
            AlertTexts texts,
            @Nullable String channel,
            String mention) {}
}
