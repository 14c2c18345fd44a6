package io.sitemonitor.check.ntp;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a server said, beside the times of this machine when it was asked and when the answer came.
 *
 * @param leap what the server says of leap seconds; 3 if it does not know the time
 * @param stratum how many servers there are from it to a clock; zero if it only has a word to say
 * @param poll how often it wants to be asked: every two to the power of this seconds
 * @param reference what its time comes from
 * @param received when it was asked, by its clock
 * @param sent when it answered, by its clock
 * @param askedAt when it was asked, by ours
 * @param answeredAt when the answer came, by ours
 */
record NtpAnswer(
        int leap, int stratum, int poll, int reference, long received, long sent, Instant askedAt, Instant answeredAt) {

    static final int LENGTH = 48;

    private static final int UNSYNCHRONIZED = 3;
    private static final int NO_STRATUM = 16;
    private static final int REFERENCE = 12;
    private static final int ORIGIN = 24;
    private static final int RECEIVED = 32;
    private static final int SENT = 40;
    private static final int SERVER = 4;
    private static final int FIRST_BYTE_OF_QUESTION = 0x23; // no leap, version 4, client

    /**
     * Makes a question: {@code mark} stands where our time might be, since the server only repeats it, and what cannot be
     * guessed tells its answer from those of others.
     */
    static byte[] question(long mark) {
        return ByteBuffer.allocate(LENGTH)
                .put(0, (byte) FIRST_BYTE_OF_QUESTION)
                .putLong(SENT, mark)
                .array();
    }

    /** Returns the mark that a server repeats; null if it is no answer of a server. */
    static @Nullable Long mark(byte[] datagram) {
        return datagram.length >= LENGTH && (datagram[0] & 7) == SERVER
                ? ByteBuffer.wrap(datagram).getLong(ORIGIN)
                : null;
    }

    static NtpAnswer read(byte[] datagram, Instant askedAt, Instant answeredAt) throws ProtocolException {
        ByteBuffer bytes = ByteBuffer.wrap(datagram);
        int version = bytes.get(0) >> 3 & 7;
        if (version < 1 || version > 4) {
            throw new ProtocolException("answer is of version " + version + " of NTP");
        }
        NtpAnswer answer = new NtpAnswer(
                bytes.get(0) >> 6 & 3,
                bytes.get(1) & 0xFF,
                bytes.get(2),
                bytes.getInt(REFERENCE),
                bytes.getLong(RECEIVED),
                bytes.getLong(SENT),
                askedAt,
                answeredAt);
        if (answer.isSynchronized() && (answer.received == 0 || answer.sent == 0)) {
            throw new ProtocolException("answer has no time");
        }
        return answer;
    }

    boolean isSynchronized() {
        return leap != UNSYNCHRONIZED && stratum > 0 && stratum < NO_STRATUM;
    }

    /** Returns the word of a server that has no time to give, such as {@code RATE}; empty if there is none. */
    String word() {
        return stratum == 0 ? letters() : "";
    }

    /** Returns how far the server's clock is ahead of ours. */
    Duration offset() {
        return NtpTime.between(NtpTime.of(askedAt), received)
                .plus(NtpTime.between(NtpTime.of(answeredAt), sent))
                .dividedBy(2);
    }

    /** Returns how long question and answer were under way; whatever the server says, not longer than the wait for it. */
    Duration delay() {
        Duration wait = Duration.between(askedAt, answeredAt);
        Duration delay = wait.minus(NtpTime.between(received, sent));
        return delay.isNegative() ? Duration.ZERO : delay.compareTo(wait) > 0 ? wait : delay;
    }

    /** Returns the name of a clock, or what a server of a higher stratum has instead: four numbers. */
    String source() {
        String letters = stratum == 1 ? letters() : "";
        return letters.isEmpty()
                ? (reference >>> 24) + "." + (reference >> 16 & 0xFF) + "." + (reference >> 8 & 0xFF) + "."
                        + (reference & 0xFF)
                : letters;
    }

    private String letters() {
        byte[] four = ByteBuffer.allocate(4).putInt(reference).array();
        String text = new String(four, StandardCharsets.ISO_8859_1).replace("\0", "");
        return text.chars().allMatch(c -> c > ' ' && c < 0x7F) ? text : "";
    }
}
