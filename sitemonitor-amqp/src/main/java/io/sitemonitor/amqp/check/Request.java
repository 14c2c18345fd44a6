package io.sitemonitor.amqp.check;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes what is sent, in the types of AMQP 0-9-1 (section 4.2.5). For one thread. */
final class Request {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Request octet(int value) {
        bytes.write(value);
        return this;
    }

    Request number16(int value) {
        return octet(value >> 8).octet(value);
    }

    Request number32(long value) {
        return number16((int) (value >> 16)).number16((int) value);
    }

    Request number64(long value) {
        return number32(value >> 32).number32(value);
    }

    /** Writes at most 255 bytes of text; what is written so has been measured before. */
    Request shortText(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return octet(encoded.length).raw(encoded);
    }

    Request longText(String text) {
        return sized(text.getBytes(StandardCharsets.UTF_8));
    }

    Request table(Map<String, ?> entries) {
        Request table = new Request();
        entries.forEach((name, value) -> {
            table.shortText(name);
            if (value instanceof Map<?, ?> flags) {
                Request inner = new Request();
                flags.forEach((flag, on) ->
                        inner.shortText(String.valueOf(flag)).octet('t').octet(1));
                table.octet('F').sized(inner.bytes());
            } else {
                table.octet('S').longText(String.valueOf(value));
            }
        });
        return sized(table.bytes());
    }

    Request raw(byte[] other) {
        bytes.writeBytes(other);
        return this;
    }

    private Request sized(byte[] other) {
        return number32(other.length).raw(other);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
