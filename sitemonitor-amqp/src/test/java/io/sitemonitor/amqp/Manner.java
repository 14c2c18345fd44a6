package io.sitemonitor.amqp;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** How a wire treats the bytes that are given to it. */
@FunctionalInterface
interface Manner {

    /** Forwards them as they are. */
    Manner GOOD = (bytes, out) -> {
        out.write(bytes);
        return true;
    };

    /** Forwards what it will of these bytes; false ends the connection with a reset. */
    boolean forward(byte[] bytes, OutputStream out) throws IOException, InterruptedException;

    /** Forwards each piece so much later. */
    static Manner delaying(Duration delay) {
        return (bytes, out) -> {
            pause(delay.toNanos());
            out.write(bytes);
            return true;
        };
    }

    /** Forwards that many bytes a second. */
    static Manner throttling(int bytesPerSecond) {
        int piece = Math.max(1, bytesPerSecond / 20);
        return (bytes, out) -> {
            for (int at = 0; at < bytes.length; at += piece) {
                int length = Math.min(piece, bytes.length - at);
                out.write(bytes, at, length);
                out.flush();
                pause(Duration.ofSeconds(1).toNanos() * length / bytesPerSecond);
            }
            return true;
        };
    }

    /** Forwards half of the last frame that it is given, then ends the connection: that one, and no later one. */
    static Manner breakingOneFrame() {
        AtomicBoolean broken = new AtomicBoolean();
        return (bytes, out) -> {
            if (!broken.compareAndSet(false, true)) {
                return GOOD.forward(bytes, out);
            }
            int last = 0;
            for (int next = endOfFrame(bytes, 0); next < bytes.length; next = endOfFrame(bytes, next)) {
                last = next;
            }
            out.write(bytes, 0, last + (bytes.length - last) / 2);
            out.flush();
            return false;
        };
    }

    /** Says something that nobody said, after the next piece. */
    static Manner adding(byte[] frame) {
        AtomicBoolean said = new AtomicBoolean();
        return (bytes, out) -> {
            out.write(bytes);
            if (endsWithFrame(bytes) && said.compareAndSet(false, true)) {
                out.write(frame);
            }
            return true;
        };
    }

    /** Where the AMQP frame ends that begins here: type, channel, size, payload, end octet. */
    private static int endOfFrame(byte[] bytes, int at) {
        if (at + 7 > bytes.length) {
            return bytes.length;
        }
        int size = 0;
        for (int i = at + 3; i < at + 7; i++) {
            size = size << 8 | bytes[i] & 0xff;
        }
        return at + 8 + size;
    }

    private static boolean endsWithFrame(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            at = endOfFrame(bytes, at);
        }
        return at == bytes.length && bytes[bytes.length - 1] == (byte) 0xCE;
    }

    private static void pause(long nanos) {
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Forwards nothing. */
    final class Swallowing implements Manner {
        private final AtomicLong swallowed = new AtomicLong();

        @Override
        public boolean forward(byte[] bytes, OutputStream out) {
            swallowed.addAndGet(bytes.length);
            return true;
        }

        long swallowed() {
            return swallowed.get();
        }
    }

    /** Forwards everything but heartbeats. */
    final class WithoutHeartbeats implements Manner {
        private final AtomicLong swallowed = new AtomicLong();

        @Override
        public boolean forward(byte[] bytes, OutputStream out) throws IOException {
            if (bytes.length == 8 && bytes[0] == 8) {
                swallowed.incrementAndGet();
                return true;
            }
            out.write(bytes);
            return true;
        }

        long swallowed() {
            return swallowed.get();
        }
    }
}
