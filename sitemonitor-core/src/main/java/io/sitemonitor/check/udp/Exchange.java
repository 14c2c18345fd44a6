package io.sitemonitor.check.udp;

import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.internal.Expectations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is sent and what is to come back.
 *
 * @param datagram what is sent, as the characters of the same numbers
 * @param repeats how often it is sent again
 * @param expectations what is expected of the answer; none if no answer is expected
 * @param refusal how long to wait for a refusal, if no answer is expected
 * @param isShown whether an answer may be shown
 */
record Exchange(
        String datagram,
        int repeats,
        List<Expectation<byte[]>> expectations,
        @Nullable Duration refusal,
        boolean isShown) {

    byte[] bytes() {
        return datagram.getBytes(StandardCharsets.ISO_8859_1);
    }

    Exchange expect(Expectation<byte[]> expectation) {
        requireAnswer("expect");
        return new Exchange(datagram, repeats, Expectations.append(expectations, expectation), refusal, isShown);
    }

    Exchange repeats(int times) {
        return new Exchange(datagram, times, expectations, refusal, isShown);
    }

    Exchange shown() {
        return new Exchange(datagram, repeats, expectations, refusal, true);
    }

    void requireAnswer(String option) {
        if (refusal != null) {
            throw new IllegalStateException(option + " is about an answer, but with expectNoRefusal none is expected");
        }
    }

    /** Shows nothing of what is sent. */
    @Override
    public String toString() {
        return datagram.length() + " bytes";
    }
}
