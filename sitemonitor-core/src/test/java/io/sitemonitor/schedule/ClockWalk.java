package io.sitemonitor.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Predicate;

/**
 * What a clock on the wall shows, minute by minute, and what follows for a window, by looking at nothing else: no date
 * arithmetic, and nothing asked of the rules of a zone but what its clock shows at a moment.
 *
 * <p>For each minute it knows the latest time shown so far and the earliest that will yet be shown; both are the time
 * shown, except around a change of the clock.
 */
final class ClockWalk {

    private static final int MINUTES_A_DAY = 1440;

    private final Instant start;
    private final long[] shown;
    private final long[] latestSoFar;
    private final long[] earliestToCome;

    ClockWalk(ZoneId zone, Instant start, int minutes) {
        this.start = start;
        shown = new long[minutes];
        latestSoFar = new long[minutes];
        earliestToCome = new long[minutes];
        for (int i = 0; i < minutes; i++) {
            Instant moment = at(i);
            shown[i] =
                    (moment.getEpochSecond() + zone.getRules().getOffset(moment).getTotalSeconds()) / 60;
            latestSoFar[i] = i == 0 ? shown[i] : Math.max(latestSoFar[i - 1], shown[i]);
        }
        for (int i = minutes - 1; i >= 0; i--) {
            earliestToCome[i] = i == minutes - 1 ? shown[i] : Math.min(earliestToCome[i + 1], shown[i]);
        }
    }

    Instant at(int minute) {
        return start.plusSeconds(60L * minute);
    }

    int length() {
        return shown.length;
    }

    /** Whether the clock is set back or forward here. */
    boolean isChange(int minute) {
        return shown[minute] - shown[minute - 1] != 1;
    }

    /**
     * In force from the first moment that shows {@code from} or later, as long as anything before {@code to} or {@code to}
     * itself is yet to come.
     */
    boolean[] covered(Predicate<LocalDate> days, LocalTime from, LocalTime to) {
        boolean[] covered = new boolean[length()];
        long firstDay = Math.floorDiv(shown[0], MINUTES_A_DAY) - 2;
        long lastDay = Math.floorDiv(latestSoFar[length() - 1], MINUTES_A_DAY) + 1;
        for (long day = firstDay; day <= lastDay; day++) {
            if (days.test(LocalDate.ofEpochDay(day))) {
                long first = day * MINUTES_A_DAY + from.toSecondOfDay() / 60;
                long end = (to.compareTo(from) <= 0 ? day + 1 : day) * MINUTES_A_DAY + to.toSecondOfDay() / 60;
                for (int i = 0; i < length() - 1; i++) {
                    boolean isLeft = earliestToCome[i] < end || earliestToCome[i + 1] <= end;
                    covered[i] |= latestSoFar[i] >= first && isLeft;
                }
            }
        }
        return covered;
    }

    /** In force for some time from each minute whose time is shown, or passed over, for the first time. */
    boolean[] coveredFromTimesOfDay(Predicate<LocalDateTime> times, Duration length) {
        boolean[] starts = new boolean[length()];
        for (int i = 1; i < length(); i++) {
            for (long time = latestSoFar[i - 1] + 1; time <= latestSoFar[i]; time++) {
                starts[i] |= times.test(local(time));
            }
        }
        return covered(starts, length);
    }

    /** In force for some time from each minute that shows such a time. */
    boolean[] coveredFromPace(Predicate<LocalDateTime> times, Duration length) {
        boolean[] starts = new boolean[length()];
        for (int i = 0; i < length(); i++) {
            starts[i] = times.test(local(shown[i]));
        }
        return covered(starts, length);
    }

    private boolean[] covered(boolean[] starts, Duration length) {
        boolean[] covered = new boolean[length()];
        long left = 0;
        for (int i = 0; i < length(); i++) {
            left = starts[i] ? length.toMinutes() : left - 1;
            covered[i] = left > 0;
        }
        return covered;
    }

    private static LocalDateTime local(long minute) {
        return LocalDateTime.ofEpochSecond(minute * 60, 0, ZoneOffset.UTC);
    }
}
