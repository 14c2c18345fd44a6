package io.sitemonitor.schedule.internal;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * What a cron expression means, as sets of bits: the next time is found by looking for the next bit of month, day, hour
 * and minute, not by trying minutes.
 *
 * @param minutes bit 0 to 59
 * @param hours bit 0 to 23
 * @param days which days of a month
 * @param months bit 1 to 12
 * @param followsRealTime whether minute or hour begin with an asterisk: the expression then means a pace rather than a
 *     time of day, and is followed through a change of the clocks minute by minute, as Vixie cron does (its
 *     {@code MIN_STAR} and {@code HR_STAR})
 */
public record CronFields(long minutes, int hours, CronDays days, int months, boolean followsRealTime) {

    /** After so many years the Gregorian calendar repeats itself, days of the week included. */
    private static final int CYCLE = 400;

    /**
     * Reads an expression.
     *
     * @param text the five fields or a macro
     * @return what it means
     * @throws IllegalArgumentException if it is not an expression, or one that never matches
     */
    public static CronFields parse(String text) {
        return CronParser.parse(text);
    }

    /** Whether there is any day in the calendar that matches. */
    boolean everMatches() {
        return atOrAfter(LocalDateTime.of(2000, 1, 1, 0, 0)) != null;
    }

    /**
     * Returns the next time.
     *
     * @param moment the time to begin after
     * @param zone whose clock is followed
     * @return the first matching moment after {@code moment}; null if there is none up to the year 9999
     */
    public @Nullable Instant nextAfter(Instant moment, ZoneId zone) {
        Instant from = LocalTimes.inCalendar(moment);
        if (from == null) {
            return null;
        }
        return followsRealTime ? nextShown(from, zone.getRules()) : nextReached(from, zone);
    }

    /**
     * Returns the last time, found by halving the span in which it must lie: all times are whole seconds.
     *
     * @param moment the time to end with
     * @param zone whose clock is followed
     * @return the last matching moment that is not after {@code moment}; null if there is none from the year 1 on
     */
    public @Nullable Instant lastUpTo(Instant moment, ZoneId zone) {
        long first = LocalTimes.FIRST.getEpochSecond();
        long end = Math.min(moment.getEpochSecond(), LocalTimes.LAST.getEpochSecond());
        long after = end;
        long before = end;
        for (long step = 60; !comesBetween(before, end, zone); step *= 2) {
            if (before <= first) {
                return null;
            }
            after = before;
            before = Math.max(first, end - step);
        }
        while (after - before > 1) {
            long middle = before + (after - before) / 2;
            if (comesBetween(middle, end, zone)) {
                before = middle;
            } else {
                after = middle;
            }
        }
        return Instant.ofEpochSecond(after);
    }

    private boolean comesBetween(long after, long end, ZoneId zone) {
        Instant next = nextAfter(Instant.ofEpochSecond(after), zone);
        return next != null && next.getEpochSecond() <= end;
    }

    /** For times of day: each once a day, whatever the clocks do. */
    private @Nullable Instant nextReached(Instant from, ZoneId zone) {
        LocalDateTime shown = LocalTimes.shown(from, zone);
        LocalDateTime next = atOrAfter(shown);
        if (next == null) {
            return null;
        }
        Instant reached = LocalTimes.firstReached(next, zone.getRules());
        if (reached.isAfter(from)) {
            return reached;
        }
        next = atOrAfter(next.plusMinutes(1));
        return next == null ? null : LocalTimes.firstReached(next, zone.getRules());
    }

    /** For a pace: every moment at which the clock shows a time that matches. */
    private @Nullable Instant nextShown(Instant from, ZoneRules rules) {
        Instant since = from;
        ZoneOffset offset = rules.getOffset(since);
        LocalDateTime local = LocalDateTime.ofEpochSecond(since.getEpochSecond(), since.getNano(), offset)
                .plusNanos(1);
        while (true) {
            LocalDateTime next = atOrAfter(local);
            if (next == null) {
                return null;
            }
            Instant shown = next.toInstant(offset);
            ZoneOffsetTransition change = rules.nextTransition(since);
            if (change == null || shown.isBefore(change.getInstant())) {
                return shown;
            }
            since = change.getInstant();
            offset = change.getOffsetAfter();
            local = change.getDateTimeAfter();
        }
    }

    /** The first whole minute that matches, not before {@code from}; null if there is none for a long time. */
    @Nullable
    LocalDateTime atOrAfter(LocalDateTime from) {
        LocalDateTime start = from.getSecond() == 0 && from.getNano() == 0
                ? from
                : from.withSecond(0).withNano(0).plusMinutes(1);
        int year = start.getYear();
        int month = start.getMonthValue();
        long left = daysIn(year, month) >>> start.getDayOfMonth() << start.getDayOfMonth();
        if ((left & 1L << start.getDayOfMonth()) != 0) {
            int time = timeAtOrAfter(start.getHour(), start.getMinute());
            if (time >= 0) {
                return start.withHour(time / 60).withMinute(time % 60);
            }
            left &= left - 1;
        }
        int lastYear = Math.min(year + CYCLE, LocalTimes.LAST_YEAR);
        while (left == 0) {
            month = month == 12 ? 1 : month + 1;
            year += month == 1 ? 1 : 0;
            if (year > lastYear) {
                return null;
            }
            left = daysIn(year, month);
        }
        int time = timeAtOrAfter(0, 0);
        return LocalDateTime.of(year, month, Long.numberOfTrailingZeros(left), time / 60, time % 60);
    }

    private long daysIn(int year, int month) {
        return (months & 1 << month) == 0 ? 0 : days.in(year, month);
    }

    /** Minutes since midnight, or -1 if none is left on this day. */
    private int timeAtOrAfter(int hour, int minute) {
        long minutesLeft = minutes >>> minute << minute;
        if ((hours & 1 << hour) != 0 && minutesLeft != 0) {
            return hour * 60 + Long.numberOfTrailingZeros(minutesLeft);
        }
        int hoursLeft = hours >>> (hour + 1) << (hour + 1);
        return hoursLeft == 0
                ? -1
                : Integer.numberOfTrailingZeros(hoursLeft) * 60 + Long.numberOfTrailingZeros(minutes);
    }
}
