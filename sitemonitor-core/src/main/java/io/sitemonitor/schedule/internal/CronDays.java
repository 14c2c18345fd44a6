package io.sitemonitor.schedule.internal;

import java.time.LocalDate;

/**
 * The days of a cron expression, as sets of bits.
 *
 * @param ofMonth bit 1 to 31: this day of the month
 * @param beforeLast bit 0 to 30: so many days before the last day of the month
 * @param nearest bit 1 to 31: the weekday nearest to this day of the month; bit 0: the last weekday of the month
 * @param ofWeek bit 0 (Sunday) to 6: each such day
 * @param lastOfWeek bit 0 to 6: the last such day of the month
 * @param nth bit {@code 7 * n + day}: the n-th such day of the month, n from 1 to 5
 * @param either whether a day of the month or a day of the week is enough; otherwise it must be both
 */
record CronDays(int ofMonth, int beforeLast, int nearest, int ofWeek, int lastOfWeek, long nth, boolean either) {

    private static final int SUNDAY = 0;
    private static final int SATURDAY = 6;

    /** One day a week: the first of the month and what follows it in steps of seven. */
    private static final long WEEKLY = 1L | 1L << 7 | 1L << 14 | 1L << 21 | 1L << 28;

    /** Returns the days of one month, bit 1 to 31. */
    long in(int year, int month) {
        LocalDate first = LocalDate.of(year, month, 1);
        int length = first.lengthOfMonth();
        int firstOfWeek = first.getDayOfWeek().getValue() % 7;
        long all = (1L << (length + 1)) - 2;
        long byMonth = all & (ofMonth | fromTheEnd(length) | nearWeekdays(length, firstOfWeek));
        long byWeek = byWeek(length, firstOfWeek, all);
        return either ? byMonth | byWeek : byMonth & byWeek;
    }

    private long fromTheEnd(int length) {
        long found = 0;
        for (int before = 0; beforeLast != 0 && before < length; before++) {
            if ((beforeLast & 1 << before) != 0) {
                found |= 1L << (length - before);
            }
        }
        return found;
    }

    /** A nearest weekday never lies in another month. */
    private long nearWeekdays(int length, int firstOfWeek) {
        long found = 0;
        for (int day = 1; nearest != 0 && day <= length; day++) {
            if ((nearest & 1 << day) != 0) {
                int ofThis = (firstOfWeek + day - 1) % 7;
                int moved = ofThis == SATURDAY ? -1 : ofThis == SUNDAY ? 1 : 0;
                int target = day + moved;
                found |= 1L << (target < 1 ? day + 2 : target > length ? day - 2 : target);
            }
        }
        if ((nearest & 1) != 0) {
            int ofLast = (firstOfWeek + length - 1) % 7;
            found |= 1L << (length - (ofLast == SATURDAY ? 1 : ofLast == SUNDAY ? 2 : 0));
        }
        return found;
    }

    private long byWeek(int length, int firstOfWeek, long all) {
        long found = 0;
        for (int day = 0; day < 7; day++) {
            int first = 1 + (day - firstOfWeek + 7) % 7;
            if ((ofWeek & 1 << day) != 0) {
                found |= WEEKLY << first;
            }
            if ((lastOfWeek & 1 << day) != 0) {
                found |= 1L << (first + (first + 28 <= length ? 28 : 21));
            }
            for (int n = 1; nth != 0 && n <= 5; n++) {
                if ((nth & 1L << (7 * n + day)) != 0) {
                    found |= 1L << (first + 7 * (n - 1));
                }
            }
        }
        return found & all;
    }
}
