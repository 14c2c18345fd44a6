package io.sitemonitor.alert;

import io.sitemonitor.check.SafeText;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What people read in an alert: for each kind a subject and a text, both {@linkplain MessageTemplate templates}. E-mail
 * uses both, SMS the text.
 *
 * <table>
 * <caption>What is said unless changed</caption>
 * <tr><th>kind</th><th>subject</th><th>text</th></tr>
 * <tr><td>{@code DOWN}</td><td>Site X is DOWN!</td><td>Site X has gone down at T</td></tr>
 * <tr><td>{@code RECOVERED}</td><td>Site X is back UP!</td><td>Site X is back UP at T</td></tr>
 * <tr><td>{@code ENDED}</td><td>Site X is no longer monitored</td><td>Site X was removed at T while it was down</td></tr>
 * <tr><td>{@code DEGRADED}</td><td>Site X is DEGRADED!</td><td>Site X works, but not well, at T</td></tr>
 * <tr><td>{@code DEGRADATION_ENDED}</td><td>Site X works well again</td><td>Site X works well again at T</td></tr>
 * <tr><td>{@code FLAPPING}</td><td>Site X is FLAPPING!</td><td>Site X goes up and down, at T: why</td></tr>
 * <tr><td>{@code FLAPPING_ENDED}</td><td>Site X has calmed and is UP</td><td>Site X has calmed and is UP at T</td></tr>
 * <tr><td>{@code ISOLATED}</td><td>Monitor M is OFFLINE!</td><td>Monitor M is offline at T: why</td></tr>
 * <tr><td>{@code ISOLATION_ENDED}</td><td>Monitor M is back ONLINE!</td><td>Monitor M is back online at T</td></tr>
 * <tr><td>{@code REMINDER}</td><td>Reminder: what was told</td><td>Reminder, after D: what was told</td></tr>
 * <tr><td>{@code ACKNOWLEDGED}</td><td>X is acknowledged by N</td><td>X is acknowledged by N, at T</td></tr>
 * <tr><td>{@code DIGEST}</td><td>Monitor M: how many checks are down</td><td>Monitor M at T: which, and what they have in common</td></tr>
 * <tr><td>{@code DIGEST_ENDED}</td><td>Monitor M: all that was down is back</td><td>Monitor M at T: which are back</td></tr>
 * </table>
 *
 * <p><b>Threads:</b> immutable.
 */
public final class AlertTexts {

    /** The longest subject, in characters; what is longer ends in an ellipsis. */
    public static final int MAX_SUBJECT = 200;

    /** What is said unless changed; X is the name of the check, T the time of the decision, D how long it has lasted. */
    public static final AlertTexts DEFAULT = new AlertTexts(defaults());

    private final Map<AlertKind, Text> texts;

    private AlertTexts(Map<AlertKind, Text> texts) {
        this.texts = texts;
    }

    /**
     * Says something else for one kind.
     *
     * @param kind the kind of alert
     * @param subject the template of the subject: one line
     * @param text the template of the text: one line or several
     * @return a copy that says so
     * @throws IllegalArgumentException if the subject has several lines, or one of them is not a
     *     {@linkplain MessageTemplate#of(String) template}
     */
    public AlertTexts with(AlertKind kind, String subject, String text) {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(text, "text");
        if (subject.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(
                    "the subject for " + kind + " must be one line, but was '" + SafeText.line(subject, 200) + "'");
        }
        Map<AlertKind, Text> changed = new EnumMap<>(texts);
        changed.put(kind, new Text(MessageTemplate.of(subject), MessageTemplate.of(text)));
        return new AlertTexts(changed);
    }

    /**
     * Writes times as they are in another place.
     *
     * <p>Default UTC.
     *
     * @param zone where the readers live
     * @return a copy that does so, for the texts it has now
     */
    public AlertTexts zone(ZoneId zone) {
        Objects.requireNonNull(zone, "zone");
        Map<AlertKind, Text> changed = new EnumMap<>(texts);
        changed.replaceAll(
                (kind, text) -> new Text(text.subject().zone(zone), text.body().zone(zone)));
        return new AlertTexts(changed);
    }

    /**
     * Returns the subject of an alert.
     *
     * @param alert the alert
     * @return one line without control characters, at most {@value #MAX_SUBJECT} characters long
     */
    public String subject(Alert alert) {
        return SafeText.line(of(alert).subject().render(alert), MAX_SUBJECT);
    }

    /**
     * Returns the text of an alert.
     *
     * @param alert the alert
     * @return the text, without control characters other than the line feeds of its template
     */
    public String text(Alert alert) {
        return of(alert).body().render(alert);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AlertTexts that && texts.equals(that.texts);
    }

    @Override
    public int hashCode() {
        return texts.hashCode();
    }

    @Override
    public String toString() {
        return texts.toString();
    }

    private Text of(Alert alert) {
        return Objects.requireNonNull(texts.get(alert.kind()), "text");
    }

    private static Map<AlertKind, Text> defaults() {
        Map<AlertKind, Text> texts = new EnumMap<>(AlertKind.class);
        for (AlertKind kind : AlertKind.values()) {
            texts.put(kind, defaultOf(kind));
        }
        return texts;
    }

    private static Text defaultOf(AlertKind kind) {
        return switch (kind) {
            case DOWN -> text("Site {check} is DOWN!", "Site {check} has gone down at {at}");
            case RECOVERED -> text("Site {check} is back UP!", "Site {check} is back UP at {at}");
            case ENDED ->
                text("Site {check} is no longer monitored", "Site {check} was removed at {at} while it was down");
            case DEGRADED -> text("Site {check} is DEGRADED!", "Site {check} works, but not well, at {at}");
            case DEGRADATION_ENDED -> text("Site {check} works well again", "Site {check} works well again at {at}");
            case FLAPPING -> text("Site {check} is FLAPPING!", "Site {check} goes up and down, at {at}: {summary}");
            case FLAPPING_ENDED ->
                text("Site {check} has calmed and is {to}", "Site {check} has calmed and is {to} at {at}");
            case ISOLATED -> text("Monitor {monitor} is OFFLINE!", "Monitor {monitor} is offline at {at}: {summary}");
            case ISOLATION_ENDED ->
                text("Monitor {monitor} is back ONLINE!", "Monitor {monitor} is back online at {at}");
            case REMINDER -> text("Reminder: {summary}", "Reminder, after {duration}: {summary}");
            case ACKNOWLEDGED -> text("{summary}", "{summary}, at {at}");
            case DIGEST -> text("Monitor {monitor}: {summary}", "Monitor {monitor} at {at}: {summary}");
            case DIGEST_ENDED -> text("Monitor {monitor}: {summary}", "Monitor {monitor} at {at}: {summary}");
        };
    }

    private static Text text(String subject, String body) {
        return new Text(MessageTemplate.of(subject), MessageTemplate.of(body));
    }

    private record Text(MessageTemplate subject, MessageTemplate body) {

        @Override
        public String toString() {
            return subject + " | " + body;
        }
    }
}
