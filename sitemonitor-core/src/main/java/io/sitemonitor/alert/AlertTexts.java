package io.sitemonitor.alert;

import io.sitemonitor.check.SafeText;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 * <p>They can be told in another language: by {@linkplain #from(ResourceBundle) a bundle} of the host. What a check
 * itself says, its {@code {summary}}, stays as it is.
 *
 * <p><b>Threads:</b> immutable.
 */
public final class AlertTexts {

    /** The longest subject, in characters; what is longer ends in an ellipsis. */
    public static final int MAX_SUBJECT = 200;

    /** What is said unless changed; X is the name of the check, T the time of the decision, D how long it has lasted. */
    public static final AlertTexts DEFAULT = new AlertTexts(defaults(), Style.DEFAULT);

    private static final Pattern TEXT_KEY = Pattern.compile("([A-Z_]+)\\.(?:subject|text)");

    private final Map<AlertKind, AlertText> texts;
    private final Style style;

    private AlertTexts(Map<AlertKind, AlertText> texts, Style style) {
        this.texts = texts;
        this.style = style;
    }

    /**
     * Tells alerts in the words of a bundle. It may hold these keys, and others that are of no concern here; for what it
     * lacks, the text is the default one.
     *
     * <table>
     * <caption>Keys</caption>
     * <tr><th>key</th><th>what it says</th></tr>
     * <tr><td>{@code DOWN.subject}, {@code DOWN.text}, …</td><td>the templates of a kind</td></tr>
     * <tr><td>{@code state.DOWN}, {@code kind.DOWN}, {@code severity.CRITICAL}, {@code failure.TIMEOUT}, …</td><td>what
     * is put in for {@code {to}}, {@code {kind}}, {@code {severity}}, {@code {failure}}</td></tr>
     * <tr><td>{@code unit.d}, {@code unit.h}, {@code unit.min}, {@code unit.s}, {@code unit.ms}</td><td>the units of
     * durations</td></tr>
     * <tr><td>{@code times}</td><td>how times are written, as a pattern of {@link DateTimeFormatter}</td></tr>
     * <tr><td>{@code word.since}, …</td><td>the {@linkplain #word(String) words} around the values of an e-mail</td></tr>
     * </table>
     *
     * @param bundle the texts of one language; read once, here
     * @return texts that say so
     * @throws IllegalArgumentException if one of these keys has no text or a wrong one, or is for a kind that there is not;
     *     names key and bundle
     */
    public static AlertTexts from(ResourceBundle bundle) {
        return from(bundle, MessageTemplate::of);
    }

    /**
     * Tells alerts in the words of a bundle whose templates are for another engine:
     * {@code AlertTexts.from(bundle, MessageTemplate::mustache)}.
     *
     * @param bundle the texts of one language, with the keys of {@link #from(ResourceBundle)}; read once, here
     * @param engine reads its templates
     * @return texts that say so
     * @throws IllegalArgumentException if one of these keys has no text or a wrong one, or is for a kind that there is not;
     *     names key and bundle
     */
    public static AlertTexts from(ResourceBundle bundle, Function<String, MessageTemplate> engine) {
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(engine, "engine");
        for (String key : bundle.keySet()) {
            Matcher text = TEXT_KEY.matcher(key);
            if (text.matches()
                    && Arrays.stream(AlertKind.values()).noneMatch(k -> k.name().equals(text.group(1)))) {
                throw new IllegalArgumentException("no alert is of the kind " + text.group(1) + " (" + key + " of "
                        + Words.shown(bundle) + "); there are " + Arrays.toString(AlertKind.values()));
            }
        }
        Map<AlertKind, AlertText> texts = defaults();
        texts.replaceAll((kind, text) -> {
            MessageTemplate subject = read(bundle, kind + ".subject", engine, text.subject());
            MessageTemplate body = read(bundle, kind + ".text", engine, text.body());
            return new AlertText(subject, body);
        });
        Words words = Words.from(bundle);
        String times = Words.read(bundle, "times");
        AlertTexts told = new AlertTexts(texts, Style.DEFAULT.words(words));
        if (times == null) {
            return told;
        }
        try {
            return told.times(DateTimeFormatter.ofPattern(times, words.locale()));
        } catch (IllegalArgumentException e) {
            throw refusal("times", bundle, e);
        }
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
        return with(kind, MessageTemplate.of(subject), MessageTemplate.of(text));
    }

    /**
     * Says something else for one kind, by templates of any engine.
     *
     * @param kind the kind of alert
     * @param subject the template of the subject: one line
     * @param text the template of the text: one line or several
     * @return a copy that says so, with times as all of its texts have them
     * @throws IllegalArgumentException if the subject has several lines
     */
    public AlertTexts with(AlertKind kind, MessageTemplate subject, MessageTemplate text) {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(text, "text");
        if (subject.toString().indexOf('\n') >= 0) {
            throw new IllegalArgumentException("the subject for " + kind + " must be one line, but was '"
                    + SafeText.line(subject.toString(), 200) + "'");
        }
        Map<AlertKind, AlertText> changed = new EnumMap<>(texts);
        changed.put(kind, new AlertText(subject, text));
        return new AlertTexts(changed, style);
    }

    /**
     * Gives all alerts the same subject, whatever their kind: for mail services that show mails as one conversation only if
     * their subjects are alike, as Gmail does.
     *
     * <p>Default: each kind has its own.
     *
     * @param subject the template of the subject: one line, such as {@code [{monitor}] {check}}; nothing in it should change
     *     from the beginning of an incident to its end
     * @return a copy that does so, for the texts it has now
     * @throws IllegalArgumentException if it has several lines or is not a {@linkplain MessageTemplate#of(String) template}
     */
    public AlertTexts sameSubject(String subject) {
        AlertTexts changed = this;
        for (Map.Entry<AlertKind, AlertText> text : texts.entrySet()) {
            changed = changed.with(
                    text.getKey(), MessageTemplate.of(subject), text.getValue().body());
        }
        return changed;
    }

    /**
     * Writes times as they are in another place.
     *
     * <p>Default UTC.
     *
     * @param zone where the readers live
     * @return a copy that does so
     */
    public AlertTexts zone(ZoneId zone) {
        return new AlertTexts(texts, style.zone(Objects.requireNonNull(zone, "zone")));
    }

    /**
     * Writes times in another form.
     *
     * <p>Default as in RFC 3339, in whole seconds: {@code 2026-11-22T12:00:00Z}. A pattern should hold the zone or its
     * offset.
     *
     * @param times how; if it has a zone of its own, that counts and not {@link #zone(ZoneId)}
     * @return a copy that does so
     * @throws IllegalArgumentException if it asks for more than date, time and zone
     */
    public AlertTexts times(DateTimeFormatter times) {
        return new AlertTexts(texts, style.times(Objects.requireNonNull(times, "times")));
    }

    /**
     * Returns the subject of an alert.
     *
     * @param alert the alert
     * @return one line without control characters, at most {@value #MAX_SUBJECT} characters long
     */
    public String subject(Alert alert) {
        return SafeText.line(of(alert).subject().render(alert, style), MAX_SUBJECT);
    }

    /**
     * Returns the text of an alert.
     *
     * @param alert the alert
     * @return the text, without control characters other than the line feeds of its template
     */
    public String text(Alert alert) {
        return of(alert).body().render(alert, style);
    }

    /**
     * Returns a single value as the texts have it: times in their zone and form, states and units in their words.
     *
     * @param alert the alert
     * @param variable a name of the table of {@link MessageTemplate}, without braces, such as {@code since}
     * @return one line without control characters; null if the alert has no such value
     * @throws IllegalArgumentException if there is no such variable
     */
    public @Nullable String value(Alert alert, String variable) {
        Objects.requireNonNull(alert, "alert");
        return Variables.value(Objects.requireNonNull(variable, "variable"), alert, style);
    }

    /**
     * Returns a single word of the language of these texts. For e-mail there are {@code word.since}, {@code .duration},
     * {@code .failure}, {@code .summary}, {@code .target}, {@code .incident}, {@code .address}, {@code .facts},
     * {@code .phases}, {@code .answer}, {@code .labels}, {@code .checks} and {@code .monitor}; besides them those of states,
     * kinds, severities, failures and units.
     *
     * @param key such as {@code word.since} or {@code state.DOWN}
     * @return the word, such as {@code Since}
     * @throws IllegalArgumentException if there is no such word
     */
    public String word(String key) {
        return style.words().of(Objects.requireNonNull(key, "key"));
    }

    /**
     * Returns the language of these texts.
     *
     * @return that of the bundle, which is {@link Locale#ROOT} if it does not say; otherwise English
     */
    public Locale locale() {
        return style.words().locale();
    }

    /**
     * Shows what would be said: the subject and the text for an alert of this kind as a shop would get it.
     *
     * @param kind the kind of alert
     * @return what would be said
     */
    public Preview preview(AlertKind kind) {
        Alert alert = SampleAlert.of(Objects.requireNonNull(kind, "kind"));
        return new Preview(alert, subject(alert), text(alert));
    }

    /**
     * Shows what would be said for alerts of every kind.
     *
     * @return what would be said, in the order of the kinds
     */
    public List<Preview> preview() {
        return Arrays.stream(AlertKind.values()).map(this::preview).toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AlertTexts that && texts.equals(that.texts) && style.equals(that.style);
    }

    @Override
    public int hashCode() {
        return Objects.hash(texts, style);
    }

    @Override
    public String toString() {
        return texts.toString();
    }

    private AlertText of(Alert alert) {
        return Objects.requireNonNull(texts.get(alert.kind()), "text");
    }

    private static MessageTemplate read(
            ResourceBundle bundle, String key, Function<String, MessageTemplate> engine, MessageTemplate otherwise) {
        String text = Words.read(bundle, key);
        if (text == null) {
            return otherwise;
        }
        try {
            MessageTemplate template = Objects.requireNonNull(engine.apply(text), "template");
            if (key.endsWith(".subject") && text.indexOf('\n') >= 0) {
                throw new IllegalArgumentException(
                        "a subject must be one line, but was '" + SafeText.line(text, 200) + "'");
            }
            return template;
        } catch (IllegalArgumentException e) {
            throw refusal(key, bundle, e);
        }
    }

    private static IllegalArgumentException refusal(String key, ResourceBundle bundle, IllegalArgumentException e) {
        return new IllegalArgumentException(key + " of " + Words.shown(bundle) + ": " + e.getMessage(), e);
    }

    private static Map<AlertKind, AlertText> defaults() {
        Map<AlertKind, AlertText> texts = new EnumMap<>(AlertKind.class);
        for (AlertKind kind : AlertKind.values()) {
            texts.put(kind, AlertText.defaultOf(kind));
        }
        return texts;
    }

    /**
     * What would be said for an alert.
     *
     * @param alert the alert, which is made up
     * @param subject its subject
     * @param text its text
     */
    public record Preview(Alert alert, String subject, String text) {}
}
