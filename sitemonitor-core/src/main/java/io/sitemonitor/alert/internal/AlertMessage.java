package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.Severity;
import io.sitemonitor.check.SafeText;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What people read of an alert in a chat or on a telephone, before it is written in the markup of the place.
 *
 * @param look what it looks like
 * @param title one line that says it all
 * @param text the text, possibly of several lines; never blank
 * @param details what is told beside it, by name, in order; each value one harmless line
 * @param isUrgent whether somebody may be called by name: something critical lasts and nobody has taken it on
 */
public record AlertMessage(AlertLook look, String title, String text, Map<String, String> details, boolean isUrgent) {

    private static final int MAX_DETAIL = 500;

    /**
     * Words an alert.
     *
     * @param alert the alert
     * @param texts what to say
     * @return the message
     */
    public static AlertMessage of(Alert alert, AlertTexts texts) {
        String title = texts.subject(alert);
        String text = texts.text(alert);
        boolean lasts = !alert.kind().isClosing() && alert.kind() != AlertKind.ACKNOWLEDGED;
        return new AlertMessage(
                AlertLook.of(alert),
                title,
                text.isBlank() ? (title.isBlank() ? alert.kind().name() : title) : text,
                details(alert),
                lasts && alert.severity() == Severity.CRITICAL);
    }

    /**
     * Returns the title with the sign of the alert before it.
     *
     * @return such as {@code 🔴 Site storefront is DOWN!}
     */
    public String headline() {
        return look.emoji() + ' ' + title;
    }

    /**
     * Returns text and details without any markup.
     *
     * @return the text and a line for each detail
     */
    public String plain() {
        StringBuilder plain = new StringBuilder(text);
        details.forEach(
                (name, value) -> plain.append('\n').append(name).append(": ").append(value));
        return plain.toString();
    }

    /** What happened, where, since when. */
    private static Map<String, String> details(Alert alert) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("What", alert.summary());
        if (alert.target() != null) {
            details.put("Target", alert.target());
        }
        if (alert.failure() != null) {
            details.put("Failure", alert.failure().name());
        }
        details.put("Since", Wording.time(alert.since()));
        details.put("Lasted", Wording.duration(alert.duration()));
        details.put("Monitor", alert.monitor());
        details.replaceAll((name, value) -> SafeText.line(value, MAX_DETAIL));
        return details;
    }
}
