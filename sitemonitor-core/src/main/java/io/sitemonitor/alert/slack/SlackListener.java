package io.sitemonitor.alert.slack;

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
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Posts alerts to a channel of Slack through an
 * <a href="https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks">incoming webhook</a>.
 *
 * <pre>{@code
 * .alert(SlackListener.webhook(url).mentionWhenCritical("here"))
 * }</pre>
 *
 * <p>A message has the subject of {@link AlertTexts} as its text, so that notifications show it, and below it, beside a bar in
 * the colour of the alert, the text and what happened, where and since when. Texts are escaped as
 * <a href="https://docs.slack.dev/messaging/formatting-message-text">Slack asks</a>: they mention nobody and hide no link. They are
 * cut to what <a href="https://docs.slack.dev/reference/block-kit/blocks/section-block">a section</a> holds, 3,000 characters.
 * A recovery is a message of its own: a webhook does not tell the id by which the first one could be answered.
 *
 * <p><b>At least once:</b> Slack has no way to tell it of a repetition; an attempt whose answer was lost may have arrived.
 *
 * <p><b>Failure:</b> <a href="https://docs.slack.dev/apis/web-api/rate-limits">429 with {@code Retry-After}</a>, about one message
 * a second, says when to come again; 400 refuses this very alert for good; everything else is tried again, such as 403, 404 and 410 for
 * a channel or webhook that is gone.
 *
 * <p><b>Threads:</b> safe for use by any number of threads; the options are copies.
 */
public final class SlackListener implements AlertListener {

    /** How long an attempt may take: 8 seconds, less than the 10 that an alert listener has. */
    public static final Duration DEFAULT_TIMEOUT = HttpDelivery.DEFAULT_TIMEOUT;

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_TEXT = 3_000;
    private static final int MAX_FIELD = 1_000;
    private static final Pattern GROUP = Pattern.compile("S[A-Z0-9]{6,30}");
    private static final Pattern USER = Pattern.compile("[UW][A-Z0-9]{6,30}");

    private final HttpDelivery delivery;
    private final AlertTexts texts;
    private final String mention;

    private SlackListener(HttpDelivery delivery, AlertTexts texts, String mention) {
        this.delivery = delivery;
        this.texts = texts;
        this.mention = mention;
    }

    /**
     * Posts through an incoming webhook.
     *
     * @param url its URL, which is a secret: no more than its host is ever shown
     * @return a listener that posts to the channel of the webhook
     * @throws IllegalArgumentException if it is not an https URL, or an http URL of this machine
     */
    public static SlackListener webhook(String url) {
        return new SlackListener(
                HttpDelivery.toSecret(HttpAddress.service(
                        "the URL of a Slack webhook", url, "https://hooks.slack.com/services/…", null)),
                AlertTexts.DEFAULT,
                "");
    }

    /**
     * Calls somebody by name when something critical is told or still lasts.
     *
     * <p>Default: nobody is called.
     *
     * @param whom {@code here}, {@code channel}, the id of a user such as {@code U024BE7LH}, or that of a user group such as
     *     {@code SAZ94GDB8}
     * @return a copy that does so
     * @throws IllegalArgumentException if it is none of these
     */
    public SlackListener mentionWhenCritical(String whom) {
        return new SlackListener(delivery, texts, mention(whom));
    }

    /**
     * Says something else. What is said is text, not markup.
     *
     * <p>Default {@link AlertTexts#DEFAULT}.
     *
     * @param other what to say
     * @return a copy that does so
     */
    public SlackListener texts(AlertTexts other) {
        return new SlackListener(delivery, Objects.requireNonNull(other, "texts"), mention);
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
    public SlackListener timeout(Duration timeout) {
        return new SlackListener(delivery.timeout(timeout), texts, mention);
    }

    /**
     * Posts an alert.
     *
     * @param alert the alert
     * @throws RetryAlertException if Slack says when to come again
     * @throws UndeliverableAlertException if Slack refuses this very alert
     * @throws IOException if Slack did not take it for another reason
     */
    @Override
    public void onAlert(Alert alert) throws IOException, RetryAlertException, UndeliverableAlertException {
        delivery.post(form(AlertMessage.of(alert, texts)));
    }

    /** Shows the host. */
    @Override
    public String toString() {
        return "SlackListener[" + delivery.host() + ']';
    }

    private ObjectNode form(AlertMessage message) {
        String headline = Markup.ENTITIES.write(message.headline(), MAX_TEXT);
        ObjectNode form = JSON.createObjectNode();
        form.put("text", message.isUrgent() && !mention.isEmpty() ? headline + ' ' + mention : headline);
        form.put("unfurl_links", false);
        form.put("unfurl_media", false);
        ObjectNode attachment = form.putArray("attachments").addObject();
        attachment.put("color", message.look().hex());
        attachment.put("fallback", headline);
        ArrayNode blocks = attachment.putArray("blocks");
        ObjectNode section = blocks.addObject().put("type", "section");
        mrkdwn(section.putObject("text"), Markup.ENTITIES.write(message.text(), MAX_TEXT));
        ArrayNode fields = blocks.addObject().put("type", "section").putArray("fields");
        message.details()
                .forEach((name, value) ->
                        mrkdwn(fields.addObject(), '*' + name + "*\n" + Markup.ENTITIES.write(value, MAX_FIELD)));
        return form;
    }

    private static void mrkdwn(ObjectNode text, String content) {
        text.put("type", "mrkdwn").put("text", content);
    }

    private static String mention(String whom) {
        Objects.requireNonNull(whom, "whom");
        if (whom.equals("here") || whom.equals("channel")) {
            return "<!" + whom + '>';
        }
        if (GROUP.matcher(whom).matches()) {
            return "<!subteam^" + whom + '>';
        }
        if (USER.matcher(whom).matches()) {
            return "<@" + whom + '>';
        }
        throw new IllegalArgumentException(
                "whom to mention must be 'here', 'channel', or the id of a user or a user group," + " but was '"
                        + SafeText.line(whom, 60) + "'");
    }
}
