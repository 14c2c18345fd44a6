package io.sitemonitor.amqp.message;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is known of all checks of a monitor at one moment, or a part of that: sent again and again on the exchange of events, so
 * that whoever comes late, or has lost something, knows everything within one period.
 *
 * <pre>{@code
 * {"version":1,"epoch":"…","started":"2026-11-22T09:00:00Z","number":18,"event":"snapshot","monitor":"shop",
 *  "at":"2026-11-22T09:15:35Z","period":"PT5S","part":1,"parts":1,"isolated":false,"checks":[
 *   {"name":"storefront","state":"DOWN","up":false,"since":"2026-11-22T09:15:00Z",
 *    "conditions":[{"kind":"MAINTENANCE","reason":"…","since":"2026-11-22T09:10:00Z","until":"2026-11-22T10:10:00Z"}]}]}
 * }</pre>
 *
 * <p>All parts of a snapshot have the same number, which was taken before the first check was looked at: an event with a higher
 * number is newer than the snapshot, one with a lower number is contained in it. {@code until} is left out if it is not known.
 *
 * @param origin where it comes from
 * @param monitor the name of the monitor
 * @param at when it was taken
 * @param period after how long the next one follows
 * @param part which part this is, from 1
 * @param parts how many parts there are
 * @param isolated whether the monitor seems to be offline itself
 * @param checks what is known of the checks of this part
 */
public record SnapshotMessage(
        EventOrigin origin,
        String monitor,
        Instant at,
        Duration period,
        int part,
        int parts,
        boolean isolated,
        List<CheckStatus> checks) {

    /** The type given to messages of this form. */
    public static final String TYPE = "io.sitemonitor.snapshot";

    /** The version that is written, and the highest that is read. */
    public static final int VERSION = 1;

    /** The most checks in one part. */
    public static final int MAX_CHECKS = 500;

    /** The most parts of one snapshot. */
    public static final int MAX_PARTS = 10_000;

    /** The longest message that is read, in bytes. */
    public static final int MAX_BYTES = 4_194_304;

    /** The {@code $id} of the schema. */
    public static final String SCHEMA_ID = "urn:sitemonitor:snapshot:v1";

    /** Creates a part of a snapshot; the list is copied. */
    public SnapshotMessage {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(monitor, "monitor");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(period, "period");
        checks = List.copyOf(checks);
    }

    /**
     * Reads a message. Fields and conditions that are not known are ignored; names longer than those of a monitor's checks can be
     * are refused, and reasons are cut.
     *
     * @param json the body of the message, UTF-8
     * @return the message
     * @throws UnreadableMessageException if it is longer than {@link #MAX_BYTES}, is not a JSON object, has another version,
     *     lacks a field, has more than {@link #MAX_CHECKS} checks, or one of its fields is not of the right form; the text says
     *     which and why
     */
    public static SnapshotMessage decode(byte[] json) throws UnreadableMessageException {
        return SnapshotJson.decode(json);
    }

    /**
     * Writes the message.
     *
     * @return the body of the message, UTF-8
     */
    public byte[] encode() {
        return SnapshotJson.encode(this);
    }

    /**
     * Returns the JSON Schema of this form, in the dialect of 2020-12.
     *
     * @return the schema, whose {@code $id} is {@value #SCHEMA_ID}
     */
    public static String schema() {
        return Schemas.read("snapshot-v1.schema.json");
    }

    /**
     * Returns what the message is in the attributes of CloudEvents 1.0, see {@link AlertMessage#headers()}.
     *
     * @return the headers by their names
     */
    public Map<String, String> headers() {
        return CloudEvent.headers(origin.id() + "-" + part, monitor, TYPE, monitor, at, SCHEMA_ID);
    }

    /**
     * Returns the key for a topic exchange.
     *
     * @return {@code monitor._.snapshot}, see {@link RoutingKeys}
     */
    public String routingKey() {
        return RoutingKeys.of(monitor, "_", "snapshot");
    }
}
