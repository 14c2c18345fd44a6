package io.sitemonitor.alert.pagerduty;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.MessageTemplate;
import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.alert.internal.AlertMessage;
import io.sitemonitor.alert.internal.HttpAddress;
import io.sitemonitor.alert.internal.HttpDelivery;
import io.sitemonitor.alert.internal.SafeIds;
import io.sitemonitor.check.SafeText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends alerts to PagerDuty as events of its
 * <a href="https://developer.pagerduty.com/docs/events-api-v2/trigger-events/">Events API v2</a>.
 *
 * <pre>{@code
 * .alert(PagerDutyListener.events(routingKey).group("{label.team}").link("https://wiki.example/runbook", "Runbook"))
 * }</pre>
 *
 * <p>What opens, and what still lasts, triggers; what somebody has taken on acknowledges; what closes resolves. The
 * {@code dedup_key} is the id of the incident, so a repetition changes nothing, and a recovery resolves what was opened. The summary is
 * the subject of {@link AlertTexts}; check, target, evidence and labels are custom details.
 *
 * <p><b>Failure</b>, by the
 * <a href="https://developer.pagerduty.com/docs/events-api-v2/overview/">overview of the API</a>: 400 refuses this very alert for good; 429, 5xx and
 * everything else are tried again.
 *
 * <p><b>Threads:</b> safe for use by any number of threads; the options are copies.
 */
public final class PagerDutyListener implements AlertListener {

    /** How long an attempt may take: 8 seconds, less than the 10 that an alert listener has. */
    public static final Duration DEFAULT_TIMEOUT = HttpDelivery.DEFAULT_TIMEOUT;

    /** How many links an event can have. */
    public static final int MAX_LINKS = 10;

    private static final String ENDPOINT = "https://events.pagerduty.com/v2/enqueue";
    private static final String EUROPE = "https://events.eu.pagerduty.com/v2/enqueue";
    private static final JsonMapper JSON = new JsonMapper();
    private static final int KEY_LENGTH = 32;
    private static final int MAX_SUMMARY = 1_024;
    private static final int MAX_VALUE = 1_000;

    private final Options options;

    private PagerDutyListener(Options options) {
        this.options = options;
    }

    /**
     * Sends to the service of an integration.
     *
     * @param routingKey the integration key: 32 letters and digits; shown nowhere
     * @return a listener that sends events to that service
     * @throws IllegalArgumentException if it is no such key
     */
    public static PagerDutyListener events(String routingKey) {
        Objects.requireNonNull(routingKey, "routingKey");
        boolean isKey = routingKey.length() == KEY_LENGTH
                && routingKey.chars().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c));
        if (!isKey) {
            throw new IllegalArgumentException("a routing key must be " + KEY_LENGTH + " letters and digits");
        }
        HttpDelivery delivery = HttpDelivery.to(HttpUrl.get(ENDPOINT)).hiding(List.of(routingKey));
        return new PagerDutyListener(new Options(
                delivery, routingKey, AlertTexts.DEFAULT, null, MessageTemplate.of("{check}"), null, List.of()));
    }

    /**
     * Sends to the service region of the European Union.
     *
     * <p>Default: that of the United States.
     *
     * @return a copy that does so
     */
    public PagerDutyListener europe() {
        return with(options.delivery().at(HttpUrl.get(EUROPE)));
    }

    /**
     * Sends through another address, such as that of a proxy or a test.
     *
     * @param url where events are posted: {@code https}, or {@code http} to this machine
     * @return a copy that does so
     * @throws IllegalArgumentException if it is not such an address
     */
    public PagerDutyListener endpoint(String url) {
        return with(options.delivery().at(HttpAddress.service("the endpoint", url, ENDPOINT, null)));
    }

    /**
     * Names what is affected.
     *
     * <p>Default: the host of the target, or the name of the check if it has none.
     *
     * @param template a template such as {@code {label.host}}; what becomes nothing counts as not said
     * @return a copy that does so
     * @throws IllegalArgumentException if it is not a {@linkplain MessageTemplate#of(String) template}
     */
    public PagerDutyListener source(String template) {
        Options o = options;
        return new PagerDutyListener(new Options(
                o.delivery(), o.key(), o.texts(), MessageTemplate.of(template), o.component(), o.group(), o.links()));
    }

    /**
     * Names the part that is broken.
     *
     * <p>Default <code>{check}</code>.
     *
     * @param template a template; what becomes nothing is left out
     * @return a copy that does so
     * @throws IllegalArgumentException if it is not a {@linkplain MessageTemplate#of(String) template}
     */
    public PagerDutyListener component(String template) {
        Options o = options;
        return new PagerDutyListener(new Options(
                o.delivery(), o.key(), o.texts(), o.source(), MessageTemplate.of(template), o.group(), o.links()));
    }

    /**
     * Names the group it belongs to.
     *
     * <p>Default: none.
     *
     * @param template a template such as {@code {label.team}}; what becomes nothing is left out
     * @return a copy that does so
     * @throws IllegalArgumentException if it is not a {@linkplain MessageTemplate#of(String) template}
     */
    public PagerDutyListener group(String template) {
        Options o = options;
        return new PagerDutyListener(new Options(
                o.delivery(), o.key(), o.texts(), o.source(), o.component(), MessageTemplate.of(template), o.links()));
    }

    /**
     * Adds a link to each incident.
     *
     * @param href where it leads: an https or http URL
     * @param text what it is called
     * @return a copy that does so
     * @throws IllegalArgumentException if it is no such URL, or there are more than {@value #MAX_LINKS}
     */
    public PagerDutyListener link(String href, String text) {
        Objects.requireNonNull(text, "text");
        String checked = HttpAddress.link(Objects.requireNonNull(href, "href"));
        if (checked == null) {
            throw new IllegalArgumentException("a link must be an https or http URL without credentials");
        }
        if (options.links().size() >= MAX_LINKS) {
            throw new IllegalArgumentException("there can be at most " + MAX_LINKS + " links");
        }
        List<Link> links = new ArrayList<>(options.links());
        links.add(new Link(checked, SafeText.line(text, MAX_VALUE)));
        Options o = options;
        return new PagerDutyListener(new Options(
                o.delivery(), o.key(), o.texts(), o.source(), o.component(), o.group(), List.copyOf(links)));
    }

    /**
     * Says something else. The subject is the summary of the event; the text is a custom detail.
     *
     * <p>Default {@link AlertTexts#DEFAULT}.
     *
     * @param texts what to say
     * @return a copy that does so
     */
    public PagerDutyListener texts(AlertTexts texts) {
        Objects.requireNonNull(texts, "texts");
        Options o = options;
        return new PagerDutyListener(
                new Options(o.delivery(), o.key(), texts, o.source(), o.component(), o.group(), o.links()));
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
    public PagerDutyListener timeout(Duration timeout) {
        return with(options.delivery().timeout(timeout));
    }

    /**
     * Sends an alert.
     *
     * @param alert the alert
     * @throws RetryAlertException if PagerDuty says when to come again
     * @throws UndeliverableAlertException if PagerDuty refuses this very alert
     * @throws IOException if PagerDuty did not take it for another reason
     */
    @Override
    public void onAlert(Alert alert) throws IOException, RetryAlertException, UndeliverableAlertException {
        ObjectNode event = JSON.createObjectNode();
        event.put("routing_key", options.key());
        event.put("dedup_key", SafeIds.of(alert.incidentId()));
        if (alert.kind().isClosing()) {
            event.put("event_action", "resolve");
        } else if (alert.kind() == AlertKind.ACKNOWLEDGED) {
            event.put("event_action", "acknowledge");
        } else {
            event.put("event_action", "trigger");
            addPayload(event, alert);
        }
        options.delivery().post(event);
    }

    /** Shows the host. */
    @Override
    public String toString() {
        return "PagerDutyListener[" + options.delivery().host() + ']';
    }

    private void addPayload(ObjectNode event, Alert alert) {
        AlertMessage message = AlertMessage.of(alert, options.texts());
        event.put("client", "sitemonitor");
        ObjectNode payload = event.putObject("payload");
        payload.put("summary", SafeText.line(message.title(), MAX_SUMMARY));
        payload.put("source", source(alert));
        payload.put("severity", alert.severity().name().toLowerCase(Locale.ROOT));
        payload.put("timestamp", alert.at().toString());
        put(payload, "component", options.component(), alert);
        put(payload, "group", options.group(), alert);
        payload.put(
                "class",
                alert.failure() == null ? alert.kind().name() : alert.failure().name());
        ObjectNode details = payload.putObject("custom_details");
        details.put("Text", SafeText.line(message.text(), MAX_VALUE));
        message.details().forEach(details::put);
        if (alert.evidence().address() != null) {
            details.put("Address", SafeText.line(alert.evidence().address(), MAX_VALUE));
        }
        alert.evidence().facts().forEach((name, fact) -> put(details, "Fact ", name, fact));
        alert.labels().forEach((name, value) -> put(details, "Label ", name, value));
        ArrayNode links = options.links().isEmpty() ? null : event.putArray("links");
        if (links != null) {
            options.links()
                    .forEach(link -> links.addObject().put("href", link.href()).put("text", link.text()));
        }
    }

    private String source(Alert alert) {
        if (options.source() != null) {
            String said = options.source().render(alert);
            if (!said.isBlank()) {
                return SafeText.line(said, MAX_VALUE);
            }
        }
        HttpUrl target = alert.target() == null ? null : HttpUrl.parse(alert.target());
        return target == null ? SafeText.line(alert.check(), MAX_VALUE) : target.host();
    }

    private static void put(ObjectNode payload, String name, @Nullable MessageTemplate template, Alert alert) {
        String value = template == null ? "" : template.render(alert);
        if (!value.isBlank()) {
            payload.put(name, SafeText.line(value, MAX_VALUE));
        }
    }

    private static void put(ObjectNode details, String prefix, String name, String value) {
        details.put(prefix + SafeText.line(name, 100), SafeText.line(value, MAX_VALUE));
    }

    private PagerDutyListener with(HttpDelivery delivery) {
        Options o = options;
        return new PagerDutyListener(
                new Options(delivery, o.key(), o.texts(), o.source(), o.component(), o.group(), o.links()));
    }

    private record Link(String href, String text) {}

    private record Options(
            HttpDelivery delivery,
            String key,
            AlertTexts texts,
            @Nullable MessageTemplate source,
            MessageTemplate component,
            @Nullable MessageTemplate group,
            List<Link> links) {}
}
