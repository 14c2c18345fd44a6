package io.sitemonitor.amqp.message;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Messages as they are on the wire, and what may become of them. */
final class Golden {

    private static final byte[] LIKELY = "{}[]\",:0-9aPTZ\\u\n ".getBytes(StandardCharsets.UTF_8);

    private Golden() {}

    static String file(String name) {
        try (InputStream file = Golden.class.getResourceAsStream("/io/sitemonitor/amqp/message/" + name + ".json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** One of them cut short, with a piece of another in it, or with other bytes in it; or as it was. */
    static byte[] mutated(byte[][] all, Random random) {
        byte[] one = all[random.nextInt(all.length)];
        byte[] other = all[random.nextInt(all.length)];
        byte[] bytes = Arrays.copyOf(one, random.nextInt(10) == 0 ? random.nextInt(one.length) : one.length);
        if (random.nextInt(3) == 0 && bytes.length > 1) {
            int at = random.nextInt(Math.min(bytes.length, other.length) - 1);
            int length = random.nextInt(Math.min(bytes.length, other.length) - at);
            System.arraycopy(other, at, bytes, at, length);
        }
        for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
            bytes[random.nextInt(bytes.length)] =
                    random.nextBoolean() ? LIKELY[random.nextInt(LIKELY.length)] : (byte) random.nextInt(256);
        }
        return bytes;
    }
}
