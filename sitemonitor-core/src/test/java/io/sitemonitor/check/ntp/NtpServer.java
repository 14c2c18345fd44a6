package io.sitemonitor.check.ntp;

import io.sitemonitor.check.DatagramServer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Supplier;

/** A small time server on the loopback address, which answers as RFC 5905 says unless a test wants something else. */
final class NtpServer implements AutoCloseable {

    private static final long FROM_1900_TO_1970 = 2_208_988_800L;

    private final DatagramServer server;
    private volatile Supplier<Instant> clock = Instant::now;
    private volatile int leap;
    private volatile int version = 4;
    private volatile int stratum = 2;
    private volatile int poll = 6;
    private volatile byte[] reference = {(byte) 192, 0, 2, 1};

    NtpServer() {
        server = new DatagramServer((question, reply) -> reply.send(answer(question)));
    }

    int port() {
        return server.port();
    }

    int received() {
        return server.received();
    }

    NtpServer clock(Supplier<Instant> other) {
        clock = other;
        return this;
    }

    NtpServer leap(int other) {
        leap = other;
        return this;
    }

    NtpServer version(int other) {
        version = other;
        return this;
    }

    NtpServer stratum(int other) {
        stratum = other;
        return this;
    }

    /** Has only a word to say. */
    NtpServer kiss(String word, int interval) {
        stratum = 0;
        poll = interval;
        return reference(word);
    }

    NtpServer reference(String name) {
        reference = name.getBytes(StandardCharsets.US_ASCII);
        return this;
    }

    /** The question must be one of a client of version 4. */
    byte[] answer(byte[] question) {
        ByteBuffer asked = ByteBuffer.wrap(question);
        if (question.length != 48 || asked.get(0) != 0x23) {
            throw new IllegalArgumentException("not the question of a client of version 4");
        }
        long time = time(clock.get());
        return ByteBuffer.allocate(48)
                .put(0, (byte) (leap << 6 | version << 3 | 4))
                .put(1, (byte) stratum)
                .put(2, (byte) poll)
                .put(3, (byte) -20)
                .put(12, reference)
                .putLong(16, time)
                .putLong(24, asked.getLong(40))
                .putLong(32, time)
                .putLong(40, time)
                .array();
    }

    /** Written in another way than the client does it. */
    private static long time(Instant instant) {
        long seconds = (instant.getEpochSecond() + FROM_1900_TO_1970) % (1L << 32);
        return (seconds << 32) + (long) (instant.getNano() / 1e9 * (1L << 32));
    }

    @Override
    public void close() {
        server.close();
    }
}
