package io.sitemonitor.alert;

import io.sitemonitor.check.SafeText;
import java.time.ZoneId;
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
 * <tr><td>{@code {excerpt}}</td><td>the beginning of the answer; may be missing</td></tr>
 * <tr><td>{@code {contacts}}</td><td>whom it concerns, with commas between them; may be missing</td></tr>
 * <tr><td>{@code {label.<name>}}</td><td>a label, such as {@code {label.team}}; may be missing</td></tr>
 * <tr><td>{@code {fact.<name>}}</td><td>what the run saw, such as {@code {fact.status}}; may be missing</td></tr>
 * <tr><td>{@code {phase.<name>}}</td><td>how long a phase took, such as {@code {phase.connect}}: {@code 12 ms}; may be
 * missing</td></tr>
 * </table>
 *
 * <p>What is missing becomes nothing. <code>{{</code> and <code>}}</code> stand for a single brace. Values are data: they
 * are put in as they are, with control characters removed and cut after {@value #MAX_VALUE} characters, and what looks
 * like a placeholder in them stays as it is. Times are written as in RFC 3339, in whole seconds and in UTC unless
 * {@link #zone(ZoneId) said otherwise}.
 *
 * <p>{@link #mustache(String)} reads templates that can leave out a part: <code>{{#failure}}…{{/failure}}</code>. The
 * variables are the same.
 *
 * <p><b>Threads:</b> immutable.
 */
public final class MessageTemplate {

    /** The longest template, in characters. */
    public static final int MAX_LENGTH = 10_000;

    /** The longest value put in, in characters; what is longer ends in an ellipsis. */
    public static final int MAX_VALUE = 1_000;

    private final String template;
    private final TemplateForm form;
    private final Style style;

    private MessageTemplate(String template, TemplateForm form, Style style) {
        this.template = template;
        this.form = form;
        this.style = style;
    }

    /**
     * Reads a template whose placeholders stand in single braces.
     *
     * @param template the text with its placeholders; may have several lines
     * @return the template
     * @throws IllegalArgumentException if it is longer than {@value #MAX_LENGTH} characters, holds control characters
     *     other than line feeds, names an unknown placeholder, or has a brace without its partner
     */
    public static MessageTemplate of(String template) {
        requireText(template);
        return new MessageTemplate(template, BraceForm.of(template), Style.DEFAULT);
    }

    /**
     * Reads a template of mustache: <code>{{failure}}</code> puts in a value, <code>{{#failure}}…{{/failure}}</code> is
     * there if there is one, <code>{{^failure}}…{{/failure}}</code> if there is none, <code>{{! a remark}}</code> is
     * left out. Needs {@code com.samskivert:jmustache} on the class path.
     *
     * <p>Values are data here, too, and nothing but the variables of the table can be reached. There are no partials, no
     * blocks and no loops. Text is not escaped, whether with two braces or with three.
     *
     * @param template the text with its tags; may have several lines
     * @return the template
     * @throws IllegalArgumentException if it is longer than {@value #MAX_LENGTH} characters, holds control characters
     *     other than line feeds, names an unknown variable, is not mustache, or has a partial or a block
     * @throws IllegalStateException if {@code com.samskivert:jmustache} is not on the class path
     */
    public static MessageTemplate mustache(String template) {
        requireText(template);
        try {
            return new MessageTemplate(template, MustacheForm.of(template), Style.DEFAULT);
        } catch (NoClassDefFoundError e) { // the class names types of the library, so it cannot look for it itself
            throw new IllegalStateException(
                    "MessageTemplate.mustache needs com.samskivert:jmustache on the class path", e);
        }
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
        return new MessageTemplate(template, form, style.zone(Objects.requireNonNull(zone, "zone")));
    }

    /**
     * Puts in what an alert says.
     *
     * @param alert the alert
     * @return the text
     */
    public String render(Alert alert) {
        return render(alert, style);
    }

    /** The same in the style of the texts that this belongs to. */
    String render(Alert alert, Style style) {
        Objects.requireNonNull(alert, "alert");
        return form.render(name -> Variables.value(name, alert, style));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MessageTemplate that
                && template.equals(that.template)
                && form.getClass() == that.form.getClass()
                && style.equals(that.style);
    }

    @Override
    public int hashCode() {
        return Objects.hash(template, style);
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

    private static void requireText(String template) {
        Objects.requireNonNull(template, "template");
        if (template.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a template must have at most " + MAX_LENGTH + " characters, but has "
                    + template.length() + " ('" + SafeText.line(template, 40) + "')");
        }
        if (!SafeText.isLine(template.replace('\n', ' '))) {
            throw new IllegalArgumentException("a template must not contain control characters other than line feeds,"
                    + " but was '" + SafeText.line(template, 80) + "'");
        }
    }
}
