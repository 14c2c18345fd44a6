package io.sitemonitor.amqp.internal;

import io.sitemonitor.check.SafeText;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The names of AMQP: of exchanges, queues, users and the like. */
public final class ShortText {

    private static final int MOST = 255;

    private ShortText() {}

    /**
     * Refuses what is no such name.
     *
     * @param what whose name it is, for the message
     * @param value the name
     * @return the name
     * @throws IllegalArgumentException if it is empty, longer than 255 bytes or holds control characters
     */
    public static String require(String what, String value) {
        Objects.requireNonNull(value, what);
        int length = value.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > MOST) {
            throw new IllegalArgumentException(what + " must have from 1 to " + MOST + " bytes, but has " + length);
        }
        if (!SafeText.isLine(value)) {
            throw new IllegalArgumentException(
                    what + " must not contain control characters, but was '" + SafeText.line(value, MOST) + "'");
        }
        return value;
    }
}
