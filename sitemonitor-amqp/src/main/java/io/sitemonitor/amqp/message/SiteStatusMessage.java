package io.sitemonitor.amqp.message;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.check.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A site went down or came back: the message of {@code alert_queue}, a flat JSON object of strings. Its first four
 * fields are those its readers have always known, and are always there. The others are ours; each may be missing.
 *
 * <pre>{@code
 * {"site_name":"storefront","site_status":"down","email":"owner@shop.example","timestamp":"2026-11-22T09:15:30Z",
 *  "alert_id":"…","incident_id":"…","monitor":"shop","kind":"DOWN","since":"2026-11-22T09:15:00Z","duration":"PT30S",
 *  "failure":"STATUS","summary":"…","target":"https://shop.example/","contacts":"owner@shop.example +254700000000"}
 * }</pre>
 *
 * <p>It can say {@link AlertKind#DOWN}, {@link AlertKind#RECOVERED} and {@link AlertKind#ENDED}, of which the last two
 * are both {@code up} to a reader of four fields. {@link AlertKind#FLAPPING} and {@link AlertKind#FLAPPING_ENDED} are
 * {@code down} if the check is down at that moment, and {@code up} otherwise. It has no word for degradations, nor for the
 * monitor itself being offline, which is about no site.
 *
 * <p>Instants are cut to milliseconds. Evidence and labels of an alert do not travel.
 *
 * @param siteName the name of the check
 * @param siteStatus up or down
 * @param email whom it concerns; empty if nobody is known
 * @param timestamp when it was decided
 * @param alertId the id of the alert; null if the sender gave none
 * @param incidentId the id of the incident; null if the sender gave none
 * @param monitor the name of the monitor; null if the sender gave none
 * @param kind what is said; null if the sender gave none, or one that is not known here
 * @param since when the outage began; null if the sender did not say
 * @param duration how long it has lasted, or lasted in all; null if the sender did not say
 * @param failure in which way the check failed; null if it did not, or the way is not known here
 * @param summary one line for people; null if the sender gave none
 * @param target what is probed; null if the sender gave none
 * @param contacts everybody whom it concerns, {@code email} included; empty if the sender gave none
 */
public record SiteStatusMessage(
        String siteName,
        SiteStatus siteStatus,
        String email,
        Instant timestamp,
        @Nullable String alertId,
        @Nullable String incidentId,
        @Nullable String monitor,
        @Nullable AlertKind kind,
        @Nullable Instant since,
        @Nullable Duration duration,
        @Nullable FailureKind failure,
        @Nullable String summary,
        @Nullable String target,
        List<String> contacts) {

    /** The type given to messages of this form. */
    public static final String TYPE = "site_status";

    /** The longest message that is read, in bytes. */
    public static final int MAX_BYTES = 65_536;

    /** The longest text in a message, in characters. */
    public static final int MAX_TEXT = 4_000;

    /** What the monitor is called in alerts made from messages that do not name it. */
    public static final String UNNAMED_MONITOR = "site_monitor";

    /** Creates a message. */
    public SiteStatusMessage {
        Objects.requireNonNull(siteName, "siteName");
        Objects.requireNonNull(siteStatus, "siteStatus");
        Objects.requireNonNull(email, "email");
        Objects.requireNonNull(timestamp, "timestamp");
        contacts = List.copyOf(contacts);
    }

    /**
     * Says what an alert says.
     *
     * @param alert the alert
     * @return the message
     * @throws UndeliverableAlertException if the alert is about a degradation or the isolation of the monitor, for which
     *     this form has no word
     */
    public static SiteStatusMessage of(Alert alert) throws UndeliverableAlertException {
        return AlertForm.message(alert);
    }

    /**
     * Reads a message. Fields that are not known are ignored.
     *
     * @param json the body of the message, UTF-8
     * @return the message
     * @throws UnreadableMessageException if it is longer than {@link #MAX_BYTES}, is not a JSON object, lacks one of the
     *     first four fields, one of its known fields is not a string of the right form, or its {@code kind} contradicts its
     *     {@code site_status} or is one that this form has no word for; the text says which and why
     */
    public static SiteStatusMessage decode(byte[] json) throws UnreadableMessageException {
        return SiteStatusJson.decode(json);
    }

    /**
     * Writes the message, its fields in the order of the components; those that are null are left out.
     *
     * @return the body of the message, UTF-8
     */
    public byte[] encode() {
        return SiteStatusJson.encode(this);
    }

    /**
     * Says it as an alert. What the sender did not say follows from the rest: the monitor is then called
     * {@value #UNNAMED_MONITOR}, the outage began at the timestamp, and the id is made of the name of the site, its status
     * and the timestamp, so that it is the same whenever the message comes again.
     *
     * @param messageId the id that the message was sent with, used if it has none inside; null if there was none
     * @return the alert
     */
    public Alert toAlert(@Nullable String messageId) {
        return AlertForm.alert(this, messageId);
    }
}
