package io.sitemonitor.amqp;

/** What the connection of a publisher, consumer or remote monitor is like. */
public enum AmqpState {
    /** There is none, and it is tried to make one; or it is there, but what is needed is not. */
    CONNECTING,
    /** It works. */
    CONNECTED,
    /** It is there, but the broker takes no messages at present, for want of memory or disk. */
    BLOCKED,
    /** It was closed by us, for good. */
    CLOSED
}
