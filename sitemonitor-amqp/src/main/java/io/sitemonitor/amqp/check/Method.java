package io.sitemonitor.amqp.check;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The methods of AMQP 0-9-1 that a check knows, and RabbitMQ's additions to them: class and number. */
enum Method {
    CONNECTION_START(10, 10),
    CONNECTION_START_OK(10, 11),
    CONNECTION_TUNE(10, 30),
    CONNECTION_TUNE_OK(10, 31),
    CONNECTION_OPEN(10, 40),
    CONNECTION_OPEN_OK(10, 41),
    CONNECTION_CLOSE(10, 50),
    CONNECTION_CLOSE_OK(10, 51),
    CONNECTION_BLOCKED(10, 60),
    CONNECTION_UNBLOCKED(10, 61),
    CHANNEL_OPEN(20, 10),
    CHANNEL_OPEN_OK(20, 11),
    CHANNEL_FLOW(20, 20),
    CHANNEL_FLOW_OK(20, 21),
    CHANNEL_CLOSE(20, 40),
    QUEUE_DECLARE(50, 10),
    QUEUE_DECLARE_OK(50, 11),
    BASIC_CONSUME(60, 20),
    BASIC_CONSUME_OK(60, 21),
    BASIC_CANCEL(60, 30),
    BASIC_PUBLISH(60, 40),
    BASIC_RETURN(60, 50),
    BASIC_DELIVER(60, 60),
    BASIC_ACK(60, 80),
    BASIC_NACK(60, 120),
    CONFIRM_SELECT(85, 10),
    CONFIRM_SELECT_OK(85, 11);

    private static final int CONNECTION = 10;

    private final int type;
    private final int number;

    Method(int type, int number) {
        this.type = type;
        this.number = number;
    }

    /** Finds a method by class and number; null if a check knows none of these. */
    static @Nullable Method of(int type, int number) {
        for (Method method : values()) {
            if (method.type == type && method.number == number) {
                return method;
            }
        }
        return null;
    }

    int type() {
        return type;
    }

    int number() {
        return number;
    }

    /** Returns the name as the specification has it, such as {@code queue.declare-ok}. */
    String shown() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".").replace('_', '-');
    }

    /** The channel that it belongs to. */
    int channel() {
        return type == CONNECTION ? 0 : 1;
    }
}
