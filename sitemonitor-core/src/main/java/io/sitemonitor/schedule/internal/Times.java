package io.sitemonitor.schedule.internal;

import io.sitemonitor.schedule.CronExpression;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Moments of a calendar, one after the other. */
public sealed interface Times {

    /**
     * Returns the next one.
     *
     * @param moment the time to begin after
     * @return the first one after {@code moment}; null if there is none up to the year 9999
     */
    @Nullable
    Instant nextAfter(Instant moment);

    /**
     * Those of a cron expression.
     *
     * @param cron the expression
     * @param zone whose clock is followed
     */
    record OfCron(CronExpression cron, ZoneId zone) implements Times {

        /** Creates times. */
        public OfCron {
            Objects.requireNonNull(cron, "cron");
            Objects.requireNonNull(zone, "zone");
        }

        @Override
        public @Nullable Instant nextAfter(Instant moment) {
            return cron.nextAfter(moment, zone);
        }

        @Override
        public String toString() {
            return "cron " + cron + " in " + zone;
        }
    }

    /**
     * A time of day on some days.
     *
     * @param days which days
     * @param time the time of day
     * @param zone whose clock is followed
     */
    record OnDays(DayRule days, LocalTime time, ZoneId zone) implements Times {

        /** Creates times. */
        public OnDays {
            Objects.requireNonNull(days, "days");
            Objects.requireNonNull(time, "time");
            Objects.requireNonNull(zone, "zone");
        }

        @Override
        public @Nullable Instant nextAfter(Instant moment) {
            Instant from = LocalTimes.inCalendar(moment);
            return from == null ? null : start(dayAfter(from));
        }

        /** The first day whose time comes after a moment within the calendar. */
        LocalDate dayAfter(Instant from) {
            ZoneOffset offset = zone.getRules().getOffset(from);
            LocalDate day = days.atOrAfter(
                    LocalDate.ofEpochDay(Math.floorDiv(from.getEpochSecond() + offset.getTotalSeconds(), 86_400L)));
            while (!start(day).isAfter(from)) {
                day = days.atOrAfter(day.plusDays(1));
            }
            return day;
        }

        /** When the time of a day comes. */
        Instant start(LocalDate day) {
            return LocalTimes.firstReached(day.atTime(time), zone.getRules());
        }

        @Override
        public String toString() {
            return days + " at " + time + " in " + zone;
        }
    }
}
