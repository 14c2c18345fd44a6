package io.sitemonitor.check.internal.http;

import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads for how long a server asks to be left alone, by RFC 9110, section 10.2.3. With a redirect the field speaks of the
 * redirected request alone, so it counts with 429 (RFC 6585, section 4) and 503 only.
 */
public final class RetryAfter {

    /** The longest pause that is passed on. */
    public static final Duration LONGEST = Duration.ofDays(366);

    private static final String NAME = "Retry-After";

    private RetryAfter() {}

    /**
     * Reads the head of an answer.
     *
     * @param status its status
     * @param head its head
     * @param time the clocks
     * @return the pause, more than zero and at most {@link #LONGEST}; null if none is asked for
     */
    public static @Nullable Duration asked(int status, Headers head, TimeSource time) {
        if (status != 429 && status != 503) {
            return null;
        }
        String value = head.get(NAME);
        if (value == null) {
            return null;
        }
        Duration pause = seconds(value);
        if (pause == null) {
            pause = until(head, time);
        }
        if (pause == null || pause.isZero() || pause.isNegative()) {
            return null;
        }
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    private static @Nullable Duration seconds(String value) {
        long seconds = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            seconds = Math.min(LONGEST.toSeconds(), seconds * 10 + (c - '0'));
        }
        return Duration.ofSeconds(seconds);
    }

    /** Judges a date by the server's own clock if it tells it, since the two clocks may differ. */
    private static @Nullable Duration until(Headers head, TimeSource time) {
        Instant date = head.getInstant(NAME);
        if (date == null) {
            return null;
        }
        Instant sent = head.getInstant("Date");
        return Duration.between(sent == null ? time.now() : sent, date);
    }
}
