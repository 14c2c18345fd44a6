package io.sitemonitor.alert.teams;

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
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Posts alerts to a channel or chat of Microsoft Teams through a
 * <a href="https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using">workflow</a>
 * that begins when a webhook request is received.
 *
 * <pre>{@code
 * .alert(TeamsListener.workflow(url))
 * }</pre>
 *
 * <p>A message is an Adaptive Card: subject of {@link AlertTexts} in the colour of the alert, its text, and what happened, where and since
 * when. All of it stands in <a href="https://learn.microsoft.com/en-us/adaptive-cards/schema-explorer/text-run">text runs</a>, which
 * know no Markdown, and the card names nobody, so no text can mention anybody or forge a link. Texts are cut so that a card
 * stays below the 28 KB that Teams takes. A recovery is a card of its own: a workflow gives no id back.
 *
 * <p><b>At least once:</b> a workflow does not know of a repetition; an attempt whose answer was lost may have arrived.
 *
 * <p><b>Failure:</b> 429 with {@code Retry-After} says when to come again; 400, 413 and 422 refuse this very alert for good; everything
 * else is tried again, an answer of success that holds an error of Teams included.
 *
 * <p><b>Threads:</b> safe for use by any number of threads; the options are copies.
 */
public final class TeamsListener implements AlertListener {

    /** How long an attempt may take: 8 seconds, less than the 10 that an alert listener has. */
    public static final Duration DEFAULT_TIMEOUT = HttpDelivery.DEFAULT_TIMEOUT;

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_TITLE = 200;
    private static final int MAX_TEXT = 3_000;
    private static final int MAX_DETAIL = 500;
    private static final String FAILED_BEHIND = "Microsoft Teams endpoint returned HTTP error";

    private final HttpDelivery delivery;
    private final AlertTexts texts;

    private TeamsListener(HttpDelivery delivery, AlertTexts texts) {
        this.delivery = delivery;
        this.texts = texts;
    }

    /**
     * Posts through a workflow.
     *
     * @param url the URL that the workflow shows, which is a secret: no more than its host is ever shown
     * @return a listener that posts to where the workflow does
     * @throws IllegalArgumentException if it is not an https URL, or an http URL of this machine
     */
    public static TeamsListener workflow(String url) {
        return new TeamsListener(
                HttpDelivery.toSecret(HttpAddress.service(
                        "the URL of a Teams workflow", url, "https://….api.powerplatform.com/…/invoke?…", null)),
                AlertTexts.DEFAULT);
    }

    /**
     * Says something else. What is said is text, not markup.
     *
     * <p>Default {@link AlertTexts#DEFAULT}.
     *
     * @param other what to say
     * @return a copy that does so
     */
    public TeamsListener texts(AlertTexts other) {
        return new TeamsListener(delivery, Objects.requireNonNull(other, "texts"));
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
    public TeamsListener timeout(Duration timeout) {
        return new TeamsListener(delivery.timeout(timeout), texts);
    }

    /**
     * Posts an alert.
     *
     * @param alert the alert
     * @throws RetryAlertException if the workflow says when to come again
     * @throws UndeliverableAlertException if the workflow refuses this very alert
     * @throws IOException if the workflow did not take it for another reason
     */
    @Override
    public void onAlert(Alert alert) throws IOException, RetryAlertException, UndeliverableAlertException {
        HttpAnswer answer = delivery.post(form(alert, AlertMessage.of(alert, texts)));
        if (answer.body().contains(FAILED_BEHIND)) {
            throw answer.failure();
        }
    }

    /** Shows the host. */
    @Override
    public String toString() {
        return "TeamsListener[" + delivery.host() + ']';
    }

    private static ObjectNode form(Alert alert, AlertMessage message) {
        ObjectNode form = JSON.createObjectNode();
        form.put("type", "message");
        ObjectNode attachment = form.putArray("attachments").addObject();
        attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
        attachment.putNull("contentUrl");
        ObjectNode card = attachment.putObject("content");
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        card.put("type", "AdaptiveCard");
        card.put("version", "1.4");
        card.putObject("msteams").put("width", "Full");
        ArrayNode body = card.putArray("body");
        ObjectNode head = body.addObject();
        head.put("type", "Container").put("style", style(alert)).put("bleed", true);
        run(block(head.putArray("items")), message.headline(), MAX_TITLE)
                .put("weight", "Bolder")
                .put("size", "Large");
        run(block(body), message.text(), MAX_TEXT);
        message.details().forEach((name, value) -> {
            ArrayNode runs = block(body);
            run(runs, name + ": ", MAX_DETAIL).put("weight", "Bolder");
            run(runs, value, MAX_DETAIL);
        });
        return form;
    }

    private static ArrayNode block(ArrayNode where) {
        return where.addObject().put("type", "RichTextBlock").putArray("inlines");
    }

    private static ObjectNode run(ArrayNode runs, String text, int limit) {
        return runs.addObject().put("type", "TextRun").put("text", Markup.PLAIN.write(text, limit));
    }

    /** A card has no colours, but words for them. */
    private static String style(Alert alert) {
        if (alert.kind().isClosing()) {
            return "good";
        }
        return switch (alert.severity()) {
            case CRITICAL, ERROR -> "attention";
            case WARNING -> "warning";
            case INFO -> "accent";
        };
    }
}
