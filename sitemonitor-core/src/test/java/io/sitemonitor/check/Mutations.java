package io.sitemonitor.check;

import java.util.Arrays;
import java.util.Random;

/** Changes what a server says, in the same way for the same seed. */
public final class Mutations {

    private static final int MOST_CHANGES = 4;
    private static final int MOST_REPEATS = 60;
    private static final byte[][] ODD = {
        {'\r', '\n'},
        {'\n'},
        {0},
        {(byte) 0xFF},
        {' '},
        {'-'},
        {'+'},
        {(byte) 0xC3, (byte) 0x28},
        bytes("99999999999"),
        bytes("2147483648"),
    };

    private Mutations() {}

    public static byte[] of(byte[] honest, long seed) {
        Random random = new Random(seed);
        byte[] changed = honest;
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0 && changed.length > 0; changes--) {
            changed = once(changed, random);
        }
        return changed;
    }

    private static byte[] once(byte[] old, Random random) {
        int at = random.nextInt(old.length);
        int end = Math.min(old.length, at + 1 + random.nextInt(8));
        return switch (random.nextInt(9)) {
            case 0 -> spliced(old, at, at + 1, new byte[] {(byte) random.nextInt(256)});
            case 1 -> spliced(old, at, at + 1, new byte[] {(byte) (old[at] ^ 1 << random.nextInt(8))});
            case 2 -> spliced(old, at, end, new byte[0]);
            case 3 -> spliced(old, at, at, new byte[] {(byte) random.nextInt(256)});
            case 4 -> spliced(old, at, at, ODD[random.nextInt(ODD.length)]);
            case 5 ->
                spliced(old, at, at, repeated(Arrays.copyOfRange(old, at, end), 1 + random.nextInt(MOST_REPEATS)));
            case 6 -> Arrays.copyOf(old, at);
            case 7 -> spliced(old, at, at + 1, new byte[] {(byte) ('0' + random.nextInt(10))});
            default -> {
                int from = random.nextInt(old.length);
                yield spliced(old, at, end, Arrays.copyOfRange(old, from, Math.min(old.length, from + end - at)));
            }
        };
    }

    private static byte[] spliced(byte[] old, int from, int to, byte[] between) {
        byte[] changed = Arrays.copyOf(old, old.length - (to - from) + between.length);
        System.arraycopy(between, 0, changed, from, between.length);
        System.arraycopy(old, to, changed, from + between.length, old.length - to);
        return changed;
    }

    private static byte[] repeated(byte[] part, int times) {
        byte[] all = new byte[part.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(part, 0, all, i * part.length, part.length);
        }
        return all;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
