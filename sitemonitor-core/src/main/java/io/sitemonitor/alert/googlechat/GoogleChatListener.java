package io.sitemonitor.alert.googlechat;

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
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import okhttp3.HttpUrl;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Posts alerts to a space of Google Chat through an
 * <a href="https://developers.google.com/workspace/chat/quickstart/webhooks">incoming webhook</a>.
 *
 * <pre>{@code
 * .alert(GoogleChatListener.webhook(url))
 * }</pre>
 *
 * <p>A message is a card: subject and text of {@link AlertTexts}, and what happened, where and since when. All alerts of an incident, the
 * recovery too, stand in one thread, whose key is the id of the incident. Texts are escaped as
 * <a href="https://developers.google.com/workspace/chat/format-messages">cards want it</a>: they mention nobody and forge no
 * link; and they are cut so that a message stays below the 32,000 bytes that it may have.
 *
 * <p><b>At least once:</b> a webhook does not know of a repetition; an attempt whose answer was lost may have arrived.
 *
 * <p><b>Failure:</b> Google answers <a href="https://developers.google.com/workspace/chat/limits">429</a> beyond about one message a
 * second; with {@code Retry-After} it says when to come again. 400, 413 and 422 refuse this very alert for good; everything else is tried
 * again.
 *
 * <p><b>Threads:</b> safe for use by any number of threads; the options are copies.
 */
public final class GoogleChatListener implements AlertListener {

    /** How long an attempt may take: 8 seconds, less than the 10 that an alert listener has. */
    public static final Duration DEFAULT_TIMEOUT = HttpDelivery.DEFAULT_TIMEOUT;

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_TITLE = 200;
    private static final int MAX_TEXT = 3_000;
    private static final int MAX_DETAIL = 1_000;

    private final HttpDelivery delivery;
    private final AlertTexts texts;

    private GoogleChatListener(HttpDelivery delivery, AlertTexts texts) {
        this.delivery = delivery;
        this.texts = texts;
    }

    /**
     * Posts through an incoming webhook.
     *
     * @param url its URL, which is a secret: no more than its host is ever shown
     * @return a listener that posts to the space of the webhook
     * @throws IllegalArgumentException if it is not an https URL, or an http URL of this machine
     */
    public static GoogleChatListener webhook(String url) {
        HttpUrl parsed = HttpAddress.service(
                "the URL of a Google Chat webhook", url, "https://chat.googleapis.com/v1/spaces/…/messages?…", null);
        HttpUrl threaded = parsed.newBuilder()
                .setQueryParameter("messageReplyOption", "REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD")
                .build();
        // What was added is no secret; hidden it would hide the same words in an answer.
        HttpDelivery delivery = HttpDelivery.to(threaded).hiding(HttpAddress.secretsOf(parsed));
        return new GoogleChatListener(delivery, AlertTexts.DEFAULT);
    }

    /**
     * Says something else. What is said is text, not markup.
     *
     * <p>Default {@link AlertTexts#DEFAULT}.
     *
     * @param other what to say
     * @return a copy that does so
     */
    public GoogleChatListener texts(AlertTexts other) {
        return new GoogleChatListener(delivery, Objects.requireNonNull(other, "texts"));
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
    public GoogleChatListener timeout(Duration timeout) {
        return new GoogleChatListener(delivery.timeout(timeout), texts);
    }

    /**
     * Posts an alert.
     *
     * @param alert the alert
     * @throws RetryAlertException if Google Chat says when to come again
     * @throws UndeliverableAlertException if Google Chat refuses this very alert
     * @throws IOException if Google Chat did not take it for another reason
     */
    @Override
    public void onAlert(Alert alert) throws IOException, RetryAlertException, UndeliverableAlertException {
        delivery.post(form(alert, AlertMessage.of(alert, texts)));
    }

    /** Shows the host. */
    @Override
    public String toString() {
        return "GoogleChatListener[" + delivery.host() + ']';
    }

    private static ObjectNode form(Alert alert, AlertMessage message) {
        String headline = Markup.UNMENTIONED.write(message.headline(), MAX_TITLE);
        ObjectNode form = JSON.createObjectNode();
        form.putObject("thread").put("threadKey", SafeIds.of(alert.incidentId()));
        form.put("fallbackText", headline);
        ObjectNode named = form.putArray("cardsV2").addObject();
        named.put("cardId", SafeIds.of(alert.id()));
        ObjectNode card = named.putObject("card");
        card.putObject("header").put("title", headline);
        ArrayNode widgets = card.putArray("sections").addObject().putArray("widgets");
        widgets.addObject().putObject("textParagraph").put("text", Markup.ENTITIES.write(message.text(), MAX_TEXT));
        message.details()
                .forEach((name, value) -> widgets.addObject()
                        .putObject("decoratedText")
                        .put("topLabel", name)
                        .put("text", Markup.ENTITIES.write(value, MAX_DETAIL))
                        .put("wrapText", true));
        return form;
    }
}
