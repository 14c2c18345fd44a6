package io.sitemonitor.amqp.message;

import java.time.Instant;
import java.util.Objects;

/**
 * Where a message on the exchange of events comes from, and its place in the order of what comes from there.
 *
 * @param epoch the id of this start of the publisher; every start has another one
 * @param started when that was, by the clock of the publisher
 * @param number counts up from 1 within an epoch; a follower that knows something of a check with a higher number keeps that
 */
public record EventOrigin(String epoch, Instant started, long number) {

    /** The longest epoch, in characters. */
    public static final int MAX_EPOCH = 100;

    /** Creates the origin of a message. */
    public EventOrigin {
        Objects.requireNonNull(epoch, "epoch");
        Objects.requireNonNull(started, "started");
    }

    /**
     * Returns the id of the message: the same whenever it is read.
     *
     * @return epoch and number
     */
    public String id() {
        return epoch + "-" + number;
    }
}
