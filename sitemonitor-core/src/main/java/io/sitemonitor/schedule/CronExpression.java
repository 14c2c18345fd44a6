package io.sitemonitor.schedule;

import io.sitemonitor.schedule.internal.CronFields;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Times of a calendar in the words of cron: {@code minute hour day-of-month month day-of-week}.
 *
 * <table>
 * <caption>What a field may say</caption>
 * <tr><th>field</th><th>values</th><th>besides</th></tr>
 * <tr><td>minute</td><td>0 to 59</td><td></td></tr>
 * <tr><td>hour</td><td>0 to 23</td><td></td></tr>
 * <tr><td>day-of-month</td><td>1 to 31</td><td>{@code ?}; {@code L} the last day; {@code L-3} three days before it;
 *     {@code 15W} the weekday nearest to the 15th within the month; {@code LW} the last weekday</td></tr>
 * <tr><td>month</td><td>1 to 12, JAN to DEC</td><td></td></tr>
 * <tr><td>day-of-week</td><td>0 to 7, SUN to SAT; 0 and 7 are Sunday</td><td>{@code ?}; {@code 5L} the last Friday;
 *     {@code 2#1} the first Tuesday</td></tr>
 * </table>
 *
 * <p>Each field takes {@code *}, values, ranges ({@code 1-5}), steps ({@code 0-30/10}, {@code 5/10}, {@code * /10} without
 * the blank) and lists of them. Upper and lower case are the same. In place of the five fields may stand
 * {@code @hourly}, {@code @daily}, {@code @midnight}, {@code @weekly}, {@code @monthly}, {@code @yearly} or
 * {@code @annually}.
 *
 * <p><b>Two kinds of days:</b> if both day-of-month and day-of-week are restricted, a day that matches <em>either</em> is
 * enough, as in Vixie cron: {@code 0 6 1 * MON} is every first of a month and every Monday. A field that begins with
 * {@code *} does not count as restricted in this sense; {@code 0 6 *&#47;2 * MON} is only Mondays with an odd date.
 *
 * <p><b>Daylight saving:</b> a time of day comes exactly once a day. One that does not exist comes at the first moment
 * after the gap, one that exists twice comes at its first occurrence. If minute or hour begin with {@code *}, however,
 * the expression means a pace and follows real time, as in Vixie cron: it comes whenever the clock shows a time that
 * matches. So {@code *&#47;15 * * * *} goes on every 15 minutes through either change.
 *
 * <p>Two expressions are equal if they mean the same, however they are written.
 *
 * <p><b>Threads:</b> immutable.
 */
public final class CronExpression {

    private final String text;
    private final CronFields fields;

    private CronExpression(String text) {
        this.text = text.strip();
        this.fields = CronFields.parse(text);
    }

    /**
     * Reads an expression.
     *
     * @param expression five fields with blanks between them, or a macro such as {@code @daily}; at most 256 characters
     * @return the expression
     * @throws IllegalArgumentException if a field is not as it must be, or the expression never matches, such as one for
     *     the 30th of February
     */
    public static CronExpression parse(String expression) {
        return new CronExpression(Objects.requireNonNull(expression, "expression"));
    }

    /**
     * Returns the first time after a moment. It looks for it by months, days, hours and minutes, so that it is as quick
     * for one in years as for one in a minute.
     *
     * @param moment any moment; of one before the year 1, the first time of all is returned
     * @param zone whose clock is followed
     * @return a moment after {@code moment}, a whole minute on that clock unless it is the end of a gap; null if there is
     *     none up to the end of the year 9999
     */
    public @Nullable Instant nextAfter(Instant moment, ZoneId zone) {
        Objects.requireNonNull(moment, "moment");
        Objects.requireNonNull(zone, "zone");
        return fields.nextAfter(moment, zone);
    }

    /**
     * Returns the last time up to a moment: the other way round than {@link #nextAfter}, and of the same times. So
     * {@code moment -> cron.lastUpTo(moment, zone)} says when something was last due.
     *
     * @param moment any moment; of one after the year 9999, the last time of all is returned
     * @param zone whose clock is followed
     * @return a moment not after {@code moment}; null if there is none from the beginning of the year 1 on
     */
    public @Nullable Instant lastUpTo(Instant moment, ZoneId zone) {
        Objects.requireNonNull(moment, "moment");
        Objects.requireNonNull(zone, "zone");
        return fields.lastUpTo(moment, zone);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CronExpression that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** Returns the expression as it was given. */
    @Override
    public String toString() {
        return text;
    }
}
