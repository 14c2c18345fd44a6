package io.sitemonitor.schedule;

import io.sitemonitor.schedule.internal.DayRule;
import io.sitemonitor.schedule.internal.Times;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When the runs of a check are due: on a {@linkplain Every grid of equal intervals}, or at the {@linkplain Calendar times
 * of a calendar} in a time zone, for checks that run rarely. A late run moves neither.
 *
 * <p><b>Threads:</b> immutable; two schedules are equal if they mean the same.
 */
public sealed interface Schedule {

    /** The shortest interval: 100 milliseconds. */
    Duration SHORTEST = Duration.ofMillis(100);

    /** The longest interval: 366 days. */
    Duration LONGEST = Duration.ofDays(366);

    /**
     * Returns the time from one run to the next. For a calendar, whose runs are not equally far apart, it is the shortest
     * one between the first 400 runs after the beginning of 2024 (UTC): for {@code daily} in a zone with daylight saving
     * it is 23 hours. What is derived from an interval, such as the default of {@code retryEvery}, is derived from this;
     * when the next run is due only {@link Calendar#nextAfter} tells.
     *
     * @return the interval, or the shortest of many
     */
    Duration interval();

    /**
     * One run an interval.
     *
     * @param interval the time from one run to the next
     * @return the schedule
     * @throws IllegalArgumentException if the interval is shorter or longer than allowed
     */
    static Schedule every(Duration interval) {
        return new Every(interval);
    }

    /**
     * One run at each time of a cron expression, see {@link CronExpression}, daylight saving included.
     *
     * @param expression five fields, such as {@code 0 6 * * MON-FRI}, or a macro
     * @param zone whose clock is followed
     * @return the schedule
     * @throws IllegalArgumentException if it is not a cron expression, or one that never matches
     */
    static Schedule cron(String expression, ZoneId zone) {
        return new Calendar(new Times.OfCron(CronExpression.parse(expression), zone));
    }

    /**
     * One run a day. A time that does not exist on a day comes at the first moment after the gap; one that exists twice
     * comes at its first occurrence.
     *
     * @param time the time of day
     * @param zone whose clock is followed
     * @return the schedule
     */
    static Schedule daily(LocalTime time, ZoneId zone) {
        return new Calendar(new Times.OnDays(DayRule.daily(), time, zone));
    }

    /**
     * One run on some days of each week. A time that does not exist on a day comes at the first moment after the gap; one
     * that exists twice comes at its first occurrence.
     *
     * @param time the time of day
     * @param zone whose clock is followed
     * @param first a day of the week
     * @param more further days of the week; the order does not matter
     * @return the schedule
     */
    static Schedule weekly(LocalTime time, ZoneId zone, DayOfWeek first, DayOfWeek... more) {
        return new Calendar(new Times.OnDays(DayRule.weekly(first, more), time, zone));
    }

    /**
     * One run a month. A time that does not exist on a day comes at the first moment after the gap; one that exists twice
     * comes at its first occurrence.
     *
     * @param day the day of the month, from 1 to 31; 29, 30 and 31 mean the last day in months that are shorter
     * @param time the time of day
     * @param zone whose clock is followed
     * @return the schedule
     * @throws IllegalArgumentException if {@code day} is outside 1 to 31
     */
    static Schedule monthly(int day, LocalTime time, ZoneId zone) {
        return new Calendar(new Times.OnDays(DayRule.monthly(day), time, zone));
    }

    /**
     * A grid of equal intervals.
     *
     * @param interval the distance of the grid's lines, from {@link #SHORTEST} to {@link #LONGEST}
     */
    record Every(Duration interval) implements Schedule {

        /**
         * Creates a schedule.
         *
         * @throws IllegalArgumentException if the interval is shorter or longer than allowed
         */
        public Every {
            Objects.requireNonNull(interval, "interval");
            if (interval.compareTo(SHORTEST) < 0) {
                throw new IllegalArgumentException("every must be at least " + SHORTEST + ", but was " + interval);
            }
            if (interval.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("every must be at most " + LONGEST + ", but was " + interval);
            }
        }

        @Override
        public String toString() {
            return "every " + interval;
        }
    }

    /** Times of a calendar in a time zone. Follows the wall clock; what has passed is never made up for. */
    final class Calendar implements Schedule {

        private static final Instant SAMPLE_FROM = Instant.parse("2024-01-01T00:00:00Z");
        private static final int SAMPLE_SIZE = 400;

        private final Times times;
        private final Duration interval;

        private Calendar(Times times) {
            this.times = times;
            this.interval = shortest();
        }

        /**
         * Returns when the next run is due.
         *
         * @param moment any moment of the wall clock
         * @return the first time after {@code moment}; {@link Instant#MAX}, which is never, once the year 9999 is over
         */
        public Instant nextAfter(Instant moment) {
            Instant next = times.nextAfter(Objects.requireNonNull(moment, "moment"));
            return next == null ? Instant.MAX : next;
        }

        @Override
        public Duration interval() {
            return interval;
        }

        private Duration shortest() {
            Duration shortest = LONGEST.multipliedBy(100);
            Instant last = nextAfter(SAMPLE_FROM);
            for (int i = 1; i < SAMPLE_SIZE; i++) {
                Instant next = nextAfter(last);
                if (next.equals(Instant.MAX)) {
                    return shortest;
                }
                Duration between = Duration.between(last, next);
                shortest = between.compareTo(shortest) < 0 ? between : shortest;
                last = next;
            }
            return shortest;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Calendar that && times.equals(that.times);
        }

        @Override
        public int hashCode() {
            return times.hashCode();
        }

        /** Returns what it means, such as {@code cron 0 6 * * 1-5 in Europe/Paris}. */
        @Override
        public String toString() {
            return times.toString();
        }
    }
}
