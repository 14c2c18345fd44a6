package io.sitemonitor.amqp.message;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.UndeliverableAlertException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * An alert as it is: the rich form, a versioned JSON object with every field of an {@link Alert}. What is read equals what
 * was written.
 *
 * <pre>{@code
 * {"version":1,"id":"…","incident_id":"…","monitor":"shop","check":"storefront","kind":"DOWN","severity":"CRITICAL",
 *  "from":"UP","to":"DOWN","since":"2026-11-22T09:15:00Z","at":"2026-11-22T09:15:30.25Z","duration":"PT30.25S",
 *  "failure":"STATUS","summary":"…","target":"https://shop.example/",
 *  "evidence":{"address":"192.0.2.7:443","phases":{"connect":"PT0.012S"},"facts":{"status":"503"},"excerpt":"…"},
 *  "labels":{"team":"web"},"contacts":["owner@shop.example"]}
 * }</pre>
 *
 * <p>Instants and durations are in ISO 8601 with up to nine decimals. {@code failure}, {@code target} and, in the evidence,
 * {@code address} and {@code excerpt} are left out if there are none. {@code severity} is for readers that do not know the rule
 * of {@link Alert#severity()}, which follows from the other fields; it is not read.
 *
 * <p><b>Versions:</b> within version {@value #VERSION} fields may be added, and readers ignore those that they do not know. A
 * higher version is not read.
 *
 * <p><b>What cannot be written as it is:</b> texts are made harmless lines of at most
 * {@value SiteStatusMessage#MAX_TEXT} characters, which those of a {@code Monitor} are already; a negative duration becomes
 * zero. If all of it is longer than {@link #MAX_BYTES}, the evidence is left out.
 *
 * @param alert the alert, its texts fit to be sent
 */
public record AlertMessage(Alert alert) {

    /** The type given to messages of this form. */
    public static final String TYPE = "io.sitemonitor.alert";

    /** The content type of messages of this form. */
    public static final String CONTENT_TYPE = "application/json";

    /** The version that is written, and the highest that is read. */
    public static final int VERSION = 1;

    /** The longest message that is written or read, in bytes. */
    public static final int MAX_BYTES = 262_144;

    /** The {@code $id} of the schema. */
    public static final String SCHEMA_ID = "urn:sitemonitor:alert:v1";

    /** Creates a message. */
    public AlertMessage {
        Objects.requireNonNull(alert, "alert");
        alert = AlertJson.sendable(alert);
    }

    /**
     * Reads a message. Fields that are not known are ignored, and an unknown {@code failure} is read as none. An unknown
     * {@code kind} or state is refused: nobody could say whether it opens or closes something, and whoever hands the message
     * to a newer reader loses nothing.
     *
     * @param json the body of the message, UTF-8
     * @return the message
     * @throws UnreadableMessageException if it is longer than {@link #MAX_BYTES}, is not a JSON object, has another version,
     *     lacks a field other than {@code severity}, {@code failure}, {@code target}, {@code evidence}, {@code labels} and
     *     {@code contacts}, or one of its fields is not of the right form; the text says which and why
     */
    public static AlertMessage decode(byte[] json) throws UnreadableMessageException {
        return new AlertMessage(AlertJson.decode(json));
    }

    /**
     * Writes the message.
     *
     * @return the body of the message, UTF-8
     * @throws UndeliverableAlertException if it is longer than {@link #MAX_BYTES} even without its evidence
     */
    public byte[] encode() throws UndeliverableAlertException {
        return AlertJson.encode(alert);
    }

    /**
     * Returns the JSON Schema of this form, in the dialect of 2020-12. Every message that is written validates against it, and
     * so does every later one of the same version.
     *
     * @return the schema, whose {@code $id} is {@value #SCHEMA_ID}
     */
    public static String schema() {
        return Schemas.read("alert-v1.schema.json");
    }

    /**
     * Returns what the message is in the attributes of CloudEvents 1.0, to be sent as headers beside the body: its binary
     * mode, with the prefix {@code cloudEvents:} of the "AMQP Protocol Binding for CloudEvents - Version 1.0.2", section 3.1.3.1.
     * The type is {@value #TYPE} and the kind in lower case, such as {@code io.sitemonitor.alert.down}; the source is the monitor, such
     * as {@code /monitors/shop}; the subject is the check.
     *
     * @return the headers by their names
     */
    public Map<String, String> headers() {
        return CloudEvent.headers(
                alert.id(), alert.monitor(), TYPE + '.' + word(alert.kind()), alert.check(), alert.at(), SCHEMA_ID);
    }

    /**
     * Returns the key for a topic exchange.
     *
     * @return {@code monitor.check.kind}, see {@link RoutingKeys}
     */
    public String routingKey() {
        return RoutingKeys.of(alert);
    }

    private static String word(AlertKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
