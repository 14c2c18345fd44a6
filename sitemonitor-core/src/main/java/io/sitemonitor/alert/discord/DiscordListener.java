package io.sitemonitor.alert.discord;

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
import okhttp3.HttpUrl;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Posts alerts to a channel of Discord through a
 * <a href="https://docs.discord.com/developers/resources/webhook#execute-webhook">webhook</a>.
 *
 * <pre>{@code
 * .alert(DiscordListener.webhook(url).mentionWhenCritical("1122334455667788990"))
 * }</pre>
 *
 * <p>A message is an embed in the colour of the alert: subject and text of {@link AlertTexts}, and what happened, where and since when;
 * its title leads to the target if that is a web address. Texts are escaped, nobody but the role named is allowed to be mentioned, and
 * they are cut to what
 * <a href="https://docs.discord.com/developers/resources/message#embed-object-embed-limits">an embed holds</a>. Discord is asked to answer when the
 * message has been saved. A recovery is a message of its own.
 *
 * <p><b>At least once:</b> a webhook does not know of a repetition; an attempt whose answer was lost may have arrived.
 *
 * <p><b>Failure:</b> 429 says in its body or head <a href="https://docs.discord.com/developers/topics/rate-limits">when to come
 * again</a>. It does so in seconds since version 8 of the API only, so an address without a version, as Discord shows it, is taken for
 * one of version 10. 400, 413 and 422 refuse this very alert for good; everything else is tried again.
 *
 * <p><b>Threads:</b> safe for use by any number of threads; the options are copies.
 */
public final class DiscordListener implements AlertListener {

    /** How long an attempt may take: 8 seconds, less than the 10 that an alert listener has. */
    public static final Duration DEFAULT_TIMEOUT = HttpDelivery.DEFAULT_TIMEOUT;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String UNVERSIONED = "/api/webhooks/";
    private static final String VERSIONED = "/api/v10/webhooks/";
    private static final Pattern ID = Pattern.compile("[0-9]{10,25}");
    private static final int MAX_TITLE = 256;
    private static final int MAX_TEXT = 3_000;
    /** With all fields as long as this an embed stays below 6,000 characters. */
    private static final int MAX_FIELD = 400;

    private final HttpDelivery delivery;
    private final AlertTexts texts;
    private final String role;

    private DiscordListener(HttpDelivery delivery, AlertTexts texts, String role) {
        this.delivery = delivery;
        this.texts = texts;
        this.role = role;
    }

    /**
     * Posts through a webhook.
     *
     * @param url its URL, which is a secret: no more than its host is ever shown
     * @return a listener that posts to the channel of the webhook
     * @throws IllegalArgumentException if it is not an https URL, or an http URL of this machine
     */
    public static DiscordListener webhook(String url) {
        HttpUrl parsed =
                HttpAddress.service("the URL of a Discord webhook", url, "https://discord.com/api/webhooks/…", null);
        HttpUrl.Builder asked = parsed.newBuilder().setQueryParameter("wait", "true");
        if (parsed.encodedPath().startsWith(UNVERSIONED)) {
            asked.encodedPath(VERSIONED + parsed.encodedPath().substring(UNVERSIONED.length()));
        }
        return new DiscordListener(HttpDelivery.toSecret(asked.build()), AlertTexts.DEFAULT, "");
    }

    /**
     * Posts to a thread of the channel.
     *
     * <p>Default: to the channel itself.
     *
     * @param id the id of the thread: digits
     * @return a copy that does so
     * @throws IllegalArgumentException if it is no such id
     */
    public DiscordListener thread(String id) {
        HttpUrl url = delivery.url()
                .newBuilder()
                .setQueryParameter("thread_id", requireId("a thread", id))
                .build();
        return new DiscordListener(delivery.at(url), texts, role);
    }

    /**
     * Calls the people of a role when something critical is told or still lasts.
     *
     * <p>Default: nobody is called.
     *
     * @param roleId the id of the role: digits
     * @return a copy that does so
     * @throws IllegalArgumentException if it is no such id
     */
    public DiscordListener mentionWhenCritical(String roleId) {
        return new DiscordListener(delivery, texts, requireId("a role", roleId));
    }

    /**
     * Says something else. What is said is text, not markup.
     *
     * <p>Default {@link AlertTexts#DEFAULT}.
     *
     * @param other what to say
     * @return a copy that does so
     */
    public DiscordListener texts(AlertTexts other) {
        return new DiscordListener(delivery, Objects.requireNonNull(other, "texts"), role);
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
    public DiscordListener timeout(Duration timeout) {
        return new DiscordListener(delivery.timeout(timeout), texts, role);
    }

    /**
     * Posts an alert.
     *
     * @param alert the alert
     * @throws RetryAlertException if Discord says when to come again
     * @throws UndeliverableAlertException if Discord refuses this very alert
     * @throws IOException if Discord did not take it for another reason
     */
    @Override
    public void onAlert(Alert alert) throws IOException, RetryAlertException, UndeliverableAlertException {
        delivery.post(form(alert, AlertMessage.of(alert, texts)));
    }

    /** Shows the host. */
    @Override
    public String toString() {
        return "DiscordListener[" + delivery.host() + ']';
    }

    private ObjectNode form(Alert alert, AlertMessage message) {
        ObjectNode form = JSON.createObjectNode();
        ObjectNode allowed = form.putObject("allowed_mentions");
        allowed.putArray("parse");
        if (message.isUrgent() && !role.isEmpty()) {
            form.put("content", "<@&" + role + '>');
            allowed.putArray("roles").add(role);
        }
        ObjectNode embed = form.putArray("embeds").addObject();
        embed.put("title", Markup.MARKDOWN.write(message.headline(), MAX_TITLE));
        embed.put("description", Markup.MARKDOWN.write(message.text(), MAX_TEXT));
        embed.put("color", message.look().rgb());
        embed.put("timestamp", alert.at().toString());
        String link = HttpAddress.link(alert.target());
        if (link != null && link.length() <= MAX_FIELD) {
            embed.put("url", link);
        }
        ArrayNode fields = embed.putArray("fields");
        message.details()
                .forEach((name, value) -> fields.addObject()
                        .put("name", name)
                        .put("value", Markup.MARKDOWN.write(value, MAX_FIELD))
                        .put("inline", !name.equals("What") && !name.equals("Target")));
        return form;
    }

    private static String requireId(String what, String id) {
        if (!ID.matcher(Objects.requireNonNull(id, "id")).matches()) {
            throw new IllegalArgumentException(
                    "the id of " + what + " must be 10 to 25 digits, but was '" + SafeText.line(id, 60) + "'");
        }
        return id;
    }
}
