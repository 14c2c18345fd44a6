package io.sitemonitor.alert;

import io.sitemonitor.alert.internal.Wording;
import io.sitemonitor.check.SafeText;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A text with placeholders for what an alert says: {@code Site {check} is {status} since {since}}.
 *
 * <table>
 * <caption>Placeholders</caption>
 * <tr><th>placeholder</th><th>what it becomes</th></tr>
 * <tr><td>{@code {id}}</td><td>the id of the alert</td></tr>
 * <tr><td>{@code {incident}}</td><td>the id that the opening and the closing alert share</td></tr>
 * <tr><td>{@code {monitor}}</td><td>the name of the monitor</td></tr>
 * <tr><td>{@code {check}}</td><td>the name of the check</td></tr>
 * <tr><td>{@code {kind}}</td><td>the {@link AlertKind}, such as {@code RECOVERED}</td></tr>
 * <tr><td>{@code {severity}}</td><td>the {@link Severity}, such as {@code CRITICAL}</td></tr>
 * <tr><td>{@code {status}}, {@code {to}}</td><td>the state from now on, such as {@code DOWN}</td></tr>
 * <tr><td>{@code {from}}</td><td>the state before</td></tr>
 * <tr><td>{@code {since}}</td><td>when it began, such as {@code 2026-11-22T12:00:00Z}</td></tr>
 * <tr><td>{@code {at}}</td><td>when this was decided, written like that, too</td></tr>
 * <tr><td>{@code {duration}}</td><td>how long it lasted, such as {@code 4 min 12 s}</td></tr>
 * <tr><td>{@code {failure}}</td><td>the failure kind, such as {@code STATUS}; may be missing</td></tr>
 * <tr><td>{@code {summary}}</td><td>one line that says what happened</td></tr>
 * <tr><td>{@code {target}}</td><td>what is probed; may be missing</td></tr>
 * <tr><td>{@code {address}}</td><td>the address connected to; may be missing</td></tr>
 * <tr><td>{@code {label.team}}</td><td>the label {@code team}, or any other; may be missing</td></tr>
 * </table>
 *
 * <p>What is missing becomes nothing. <code>{{</code> and <code>}}</code> stand for a single brace. Values are data: they
 * are put in as they are, with control characters removed and cut after {@value #MAX_VALUE} characters, and what looks
 * like a placeholder in them stays as it is. Times are written as in RFC 3339, in whole seconds and in UTC unless
 * {@link #zone(ZoneId) said otherwise}.
 *
 * <p><b>Threads:</b> immutable.
 */
public final class MessageTemplate {

    /** The longest template, in characters. */
    public static final int MAX_LENGTH = 10_000;

    /** The longest value put in, in characters; what is longer ends in an ellipsis. */
    public static final int MAX_VALUE = 1_000;

    private static final String LABEL = "label.";
    private static final Map<String, Part> VARIABLES = variables();

    private final String template;
    private final List<Part> parts;
    private final ZoneId zone;

    private MessageTemplate(String template, List<Part> parts, ZoneId zone) {
        this.template = template;
        this.parts = parts;
        this.zone = zone;
    }

    /**
     * Reads a template.
     *
     * @param template the text with its placeholders; may have several lines
     * @return the template
     * @throws IllegalArgumentException if it is longer than {@value #MAX_LENGTH} characters, holds control characters
     *     other than line feeds, names an unknown placeholder, or has a brace without its partner
     */
    public static MessageTemplate of(String template) {
        Objects.requireNonNull(template, "template");
        if (template.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a template must have at most " + MAX_LENGTH + " characters, but has "
                    + template.length() + " ('" + SafeText.line(template, 40) + "')");
        }
        if (!SafeText.isLine(template.replace('\n', ' '))) {
            throw new IllegalArgumentException("a template must not contain control characters other than line feeds,"
                    + " but was '" + SafeText.line(template, 80) + "'");
        }
        return new MessageTemplate(template, List.copyOf(parse(template)), ZoneOffset.UTC);
    }

    /**
     * Writes times as they are in another place.
     *
     * <p>Default UTC.
     *
     * @param zone where the readers live
     * @return a copy that does so
     */
    public MessageTemplate zone(ZoneId zone) {
        return new MessageTemplate(template, parts, Objects.requireNonNull(zone, "zone"));
    }

    /**
     * Puts in what an alert says.
     *
     * @param alert the alert
     * @return the text
     */
    public String render(Alert alert) {
        Objects.requireNonNull(alert, "alert");
        StringBuilder text = new StringBuilder(template.length() + 64);
        for (Part part : parts) {
            String value = part.of(alert, zone);
            if (value != null) {
                text.append(part instanceof Literal ? value : SafeText.line(value, MAX_VALUE));
            }
        }
        return text.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MessageTemplate that && template.equals(that.template) && zone.equals(that.zone);
    }

    @Override
    public int hashCode() {
        return Objects.hash(template, zone);
    }

    /**
     * Returns the text it was read from.
     *
     * @return the template with its placeholders
     */
    @Override
    public String toString() {
        return template;
    }

    private static List<Part> parse(String template) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int i = 0;
        while (i < template.length()) {
            char c = template.charAt(i);
            boolean doubled = i + 1 < template.length() && template.charAt(i + 1) == c;
            if ((c == '{' || c == '}') && doubled) {
                literal.append(c);
                i += 2;
            } else if (c == '{') {
                int end = template.indexOf('}', i);
                if (end < 0) {
                    throw new IllegalArgumentException("'{' at position " + i + " is never closed in template '"
                            + SafeText.line(template, 200) + "'; write '{{' for a brace");
                }
                addLiteral(parts, literal);
                parts.add(variable(template, template.substring(i + 1, end)));
                i = end + 1;
            } else if (c == '}') {
                throw new IllegalArgumentException("'}' at position " + i + " closes nothing in template '"
                        + SafeText.line(template, 200) + "'; write '}}' for a brace");
            } else {
                literal.append(c);
                i++;
            }
        }
        addLiteral(parts, literal);
        return parts;
    }

    private static void addLiteral(List<Part> parts, StringBuilder literal) {
        if (!literal.isEmpty()) {
            parts.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private static Part variable(String template, String name) {
        if (name.startsWith(LABEL) && name.length() > LABEL.length()) {
            String label = name.substring(LABEL.length());
            return (alert, zone) -> alert.labels().get(label);
        }
        Part variable = VARIABLES.get(name);
        if (variable == null) {
            throw new IllegalArgumentException("unknown placeholder {" + SafeText.line(name, 60) + "} in template '"
                    + SafeText.line(template, 200) + "'; known are {" + String.join("}, {", VARIABLES.keySet())
                    + "}, {label.<name>}; write '{{' for a brace");
        }
        return variable;
    }

    private static Map<String, Part> variables() {
        Map<String, Part> known = new LinkedHashMap<>();
        known.put("id", (alert, zone) -> alert.id());
        known.put("incident", (alert, zone) -> alert.incidentId());
        known.put("monitor", (alert, zone) -> alert.monitor());
        known.put("check", (alert, zone) -> alert.check());
        known.put("kind", (alert, zone) -> alert.kind().name());
        known.put("severity", (alert, zone) -> alert.severity().name());
        known.put("status", (alert, zone) -> alert.to().name());
        known.put("from", (alert, zone) -> alert.from().name());
        known.put("to", (alert, zone) -> alert.to().name());
        known.put("since", (alert, zone) -> Wording.time(alert.since(), zone));
        known.put("at", (alert, zone) -> Wording.time(alert.at(), zone));
        known.put("duration", (alert, zone) -> Wording.duration(alert.duration()));
        known.put(
                "failure",
                (alert, zone) ->
                        alert.failure() == null ? null : alert.failure().name());
        known.put("summary", (alert, zone) -> alert.summary());
        known.put("target", (alert, zone) -> alert.target());
        known.put("address", (alert, zone) -> alert.evidence().address());
        return known;
    }

    @FunctionalInterface
    private interface Part {

        @Nullable
        String of(Alert alert, ZoneId zone);
    }

    private record Literal(String text) implements Part {

        @Override
        public String of(Alert alert, ZoneId zone) {
            return text;
        }
    }
}
