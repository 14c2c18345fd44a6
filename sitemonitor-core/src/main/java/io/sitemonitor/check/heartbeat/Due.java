package io.sitemonitor.check.heartbeat;

import io.sitemonitor.check.internal.Wording;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a beat is due. */
sealed interface Due {

    /**
     * Says what is missing.
     *
     * @param last the last beat; the first run if there was none
     * @param now the present
     * @param grace how late it may come
     * @return what is missing, such as {@code no beat for 7 min}; null if nothing is
     */
    @Nullable
    String missing(Moment last, Moment now, Duration grace);

    /** One within each period. */
    record Every(Duration period) implements Due {

        @Override
        public @Nullable String missing(Moment last, Moment now, Duration grace) {
            Duration silence = last.until(now);
            return silence.compareTo(period.plus(grace)) > 0 ? "no beat for " + Wording.span(silence) : null;
        }

        @Override
        public String toString() {
            return "every " + Wording.span(period);
        }
    }

    /** One for each of some times. */
    record At(ExpectedTimes times) implements Due {

        /** Timers fire a little early now and then. */
        private static final Duration EARLY = Duration.ofSeconds(1);

        @Override
        public @Nullable String missing(Moment last, Moment now, Duration grace) {
            Instant latest = now.wall().minus(grace);
            Instant expected = times.lastUpTo(latest);
            if (expected == null) {
                return null;
            }
            if (expected.isAfter(latest)) {
                throw new IllegalStateException(
                        "the expected times must give one up to " + latest + ", but gave " + expected);
            }
            return last.wallAt(now).isBefore(expected.minus(EARLY))
                    ? "no beat for the time " + Moment.text(expected)
                    : null;
        }

        @Override
        public String toString() {
            return "at given times";
        }
    }
}
