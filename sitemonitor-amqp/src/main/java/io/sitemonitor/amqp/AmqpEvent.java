package io.sitemonitor.amqp;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something happened between us and the broker.
 *
 * @param kind what
 * @param name the name of the publisher or consumer, or of the monitor that is followed
 * @param role {@code publisher}, {@code consumer}, {@code events} of an {@link AmqpEventPublisher}, {@code remote} of a {@link
 *     RemoteMonitor}, or another word for what the connection is for
 * @param at when, by the wall clock
 * @param messageId of the message that it is about; null if it is about the connection
 * @param detail more of it in one line, without secrets; may be empty
 */
public record AmqpEvent(
        Kind kind,
        String name,
        String role,
        Instant at,
        @Nullable String messageId,
        String detail) {

    /** What can happen. New kinds may be added in any version. */
    public enum Kind {
        /** The connection is made, and what is needed is there. */
        CONNECTED,
        /** The connection, or its channel, is lost or could not be made, for the first time since it was connected last. */
        DISCONNECTED,
        /** The broker takes no messages any more. */
        BLOCKED,
        /** The broker takes messages again. */
        UNBLOCKED,
        /** A message came back because no queue is there for it. Told once for each message, however often it is tried. */
        UNROUTABLE,
        /** The broker refused a message. Told once for each message, however often it is tried. */
        REFUSED,
        /** A message went to the dead letters. */
        DEAD_LETTER
    }

    /** Creates an event. */
    public AmqpEvent {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(detail, "detail");
    }
}
