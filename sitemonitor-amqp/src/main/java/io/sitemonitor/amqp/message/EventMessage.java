package io.sitemonitor.amqp.message;

import io.sitemonitor.event.CheckEvent;
import io.sitemonitor.event.MonitorEvent;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that happened in a monitor, told to whoever wants to know: the messages of the topic exchange
 * {@code sitemonitor.events}, a versioned JSON object.
 *
 * <pre>{@code
 * {"version":1,"epoch":"…","started":"2026-11-22T09:00:00Z","number":17,"event":"state","monitor":"shop",
 *  "check":"storefront","at":"2026-11-22T09:15:30Z","from":"UP","to":"DOWN","since":"2026-11-22T09:15:00Z","runs":3,
 *  "result":{"verdict":"FAIL","failure":"STATUS","message":"HTTP 503"}}
 * }</pre>
 *
 * <p>There are {@code state}, {@code incident_opened}, {@code incident_closed}, {@code condition}, {@code check} (added,
 * replaced, removed, paused, resumed), {@code run}, {@code started}, {@code closed} and {@code isolation}. Nothing waits for
 * such a message and nobody repeats it: what is lost is made up for by the next {@link SnapshotMessage}.
 *
 * <p><b>Versions:</b> within version {@value #VERSION} fields and kinds of events may be added; readers ignore those that they
 * do not know. A higher version is not read.
 *
 * @param origin where it comes from
 * @param event what happened
 */
public record EventMessage(EventOrigin origin, MonitorEvent event) {

    /** The type given to messages of this form. */
    public static final String TYPE = "io.sitemonitor.event";

    /** The version that is written, and the highest that is read. */
    public static final int VERSION = 1;

    /** The longest message that is written or read, in bytes. */
    public static final int MAX_BYTES = 262_144;

    /** The {@code $id} of the schema. */
    public static final String SCHEMA_ID = "urn:sitemonitor:event:v1";

    /** What stands for the check in the key of an event of the whole monitor. */
    private static final String WHOLE_MONITOR = "_";

    /** Creates a message. */
    public EventMessage {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(event, "event");
    }

    /**
     * Tells whether there is a message for events of a type.
     *
     * @param type a record that implements {@link MonitorEvent}
     * @return whether such events can be sent
     */
    public static boolean carries(Class<? extends MonitorEvent> type) {
        return EventJson.carries(type);
    }

    /**
     * Reads a message. Fields that are not known are ignored. A failure kind that is not known is read as
     * {@code CHECK_ERROR}, since what has failed has a kind.
     *
     * @param json the body of the message, UTF-8
     * @return the message; empty if it tells of an event, a condition or a change that is not known here
     * @throws UnreadableMessageException if it is longer than {@link #MAX_BYTES}, is not a JSON object, has another version,
     *     lacks a field, or one of its fields is not of the right form; the text says which and why
     */
    public static Optional<EventMessage> decode(byte[] json) throws UnreadableMessageException {
        return EventJson.decode(json);
    }

    /**
     * Writes the message. Texts are made harmless lines of at most {@value SiteStatusMessage#MAX_TEXT} characters; the evidence of
     * a result is left out if the message would be longer than {@link #MAX_BYTES} with it.
     *
     * @return the body of the message, UTF-8
     * @throws IllegalArgumentException if there is no message for events of this type, see {@link #carries}
     */
    public byte[] encode() {
        return EventJson.encode(this);
    }

    /**
     * Returns the JSON Schema of this form, in the dialect of 2020-12.
     *
     * @return the schema, whose {@code $id} is {@value #SCHEMA_ID}
     */
    public static String schema() {
        return Schemas.read("event-v1.schema.json");
    }

    /**
     * Returns what the message is in the attributes of CloudEvents 1.0, see {@link AlertMessage#headers()}. The type is
     * {@value #TYPE} and the word of the event, such as {@code io.sitemonitor.event.state}; the subject is the check, or the
     * monitor if it is about no check.
     *
     * @return the headers by their names
     */
    public Map<String, String> headers() {
        return CloudEvent.headers(
                origin.id(),
                MessageJson.text(event.monitor(), SiteStatusMessage.MAX_TEXT),
                TYPE + '.' + EventJson.word(event),
                MessageJson.text(
                        event instanceof CheckEvent check ? check.check() : event.monitor(),
                        SiteStatusMessage.MAX_TEXT),
                event.at(),
                SCHEMA_ID);
    }

    /**
     * Returns the key for a topic exchange.
     *
     * @return {@code monitor.check.event}, such as {@code shop.storefront.state}, or {@code shop._.closed} if it is about no
     *     check; see {@link RoutingKeys}
     */
    public String routingKey() {
        return RoutingKeys.of(
                event.monitor(),
                event instanceof CheckEvent check ? check.check() : WHOLE_MONITOR,
                EventJson.word(event));
    }
}
