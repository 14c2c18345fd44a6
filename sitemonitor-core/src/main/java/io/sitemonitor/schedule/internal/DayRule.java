package io.sitemonitor.schedule.internal;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Which days of the calendar something is on. Each rule has a day at least every few months. */
public sealed interface DayRule {

    /** The greatest day of a month. */
    int LAST_DAY = 31;

    /** How often a day of the week is in a month, at most. */
    int MOST_WEEKS = 5;

    /**
     * Returns the first day.
     *
     * @param day the day to begin with
     * @return {@code day} or the first later one that this rule selects
     */
    LocalDate atOrAfter(LocalDate day);

    /**
     * Every day.
     *
     * @return the rule
     */
    static DayRule daily() {
        return new Weekly(EnumSet.allOf(DayOfWeek.class));
    }

    /**
     * Some days of every week.
     *
     * @param first a day of the week
     * @param more further ones
     * @return the rule
     */
    static DayRule weekly(DayOfWeek first, DayOfWeek... more) {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(more, "more");
        for (DayOfWeek day : more) {
            Objects.requireNonNull(day, "more");
        }
        return new Weekly(EnumSet.of(first, more));
    }

    /**
     * A day of every month, or the last one of those that are shorter.
     *
     * @param day 1 to 31
     * @return the rule
     * @throws IllegalArgumentException if there is no such day
     */
    static DayRule monthly(int day) {
        return new Monthly(day);
    }

    /**
     * The n-th of a day of the week in every month that has it, or the last one.
     *
     * @param nth 1 to 5, or -1 for the last
     * @param day the day of the week
     * @return the rule
     * @throws IllegalArgumentException if {@code nth} is something else
     */
    static DayRule monthly(int nth, DayOfWeek day) {
        return new NthOfMonth(nth, day);
    }

    /**
     * Days of the week.
     *
     * @param days which ones, at least one
     */
    record Weekly(Set<DayOfWeek> days) implements DayRule {

        /** Creates a rule. */
        public Weekly {
            days = Set.copyOf(days);
        }

        @Override
        public LocalDate atOrAfter(LocalDate day) {
            LocalDate found = day;
            while (!days.contains(found.getDayOfWeek())) {
                found = found.plusDays(1);
            }
            return found;
        }

        @Override
        public String toString() {
            return days.size() == DayOfWeek.values().length
                    ? "daily"
                    : days.stream().sorted().map(DayOfWeek::name).collect(Collectors.joining(", ", "weekly on ", ""));
        }
    }

    /**
     * A day of the month.
     *
     * @param day 1 to 31
     */
    record Monthly(int day) implements DayRule {

        /** Creates a rule. */
        public Monthly {
            if (day < 1 || day > LAST_DAY) {
                throw new IllegalArgumentException("day must be from 1 to " + LAST_DAY + ", but was " + day);
            }
        }

        @Override
        public LocalDate atOrAfter(LocalDate from) {
            LocalDate inThisMonth = in(YearMonth.from(from));
            return inThisMonth.isBefore(from) ? in(YearMonth.from(from).plusMonths(1)) : inThisMonth;
        }

        private LocalDate in(YearMonth month) {
            return month.atDay(Math.min(day, month.lengthOfMonth()));
        }

        @Override
        public String toString() {
            return "monthly on day " + day;
        }
    }

    /**
     * A day of the week, once a month.
     *
     * @param nth 1 to 5, or -1 for the last
     * @param day the day of the week
     */
    record NthOfMonth(int nth, DayOfWeek day) implements DayRule {

        /** Creates a rule. */
        public NthOfMonth {
            Objects.requireNonNull(day, "day");
            if (nth != -1 && (nth < 1 || nth > MOST_WEEKS)) {
                throw new IllegalArgumentException(
                        "nth must be from 1 to " + MOST_WEEKS + ", or -1 for the last, but was " + nth);
            }
        }

        @Override
        public LocalDate atOrAfter(LocalDate from) {
            LocalDate month = from.withDayOfMonth(1);
            while (true) {
                LocalDate found = month.with(TemporalAdjusters.dayOfWeekInMonth(nth, day));
                if (found.getMonthValue() == month.getMonthValue() && !found.isBefore(from)) {
                    return found;
                }
                month = month.plusMonths(1);
            }
        }

        @Override
        public String toString() {
            return "monthly on " + (nth < 0 ? "the last " : "number " + nth + " of ") + day;
        }
    }
}
