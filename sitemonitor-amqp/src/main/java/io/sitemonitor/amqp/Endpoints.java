package io.sitemonitor.amqp;

import java.time.Duration;
import java.util.Objects;

/** What publisher and consumer have in common: the rules for their options. */
final class Endpoints {

    private Endpoints() {}

    static Duration within(String what, Duration value, Duration most) {
        Objects.requireNonNull(value, what);
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + " must be from PT0.001S to " + most + ", but was " + value);
        }
        return value;
    }
}
