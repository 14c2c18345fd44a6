package io.sitemonitor.schedule;

import io.sitemonitor.schedule.internal.DayRule;
import io.sitemonitor.schedule.internal.Spans;
import io.sitemonitor.schedule.internal.Times;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When work is done on a target, once or again and again, in a named time zone:
 *
 * <pre>{@code
 * MaintenanceWindow.weekly(LocalTime.of(23, 0), LocalTime.of(2, 0), ZoneId.of("Europe/Paris"), DayOfWeek.SATURDAY)
 *         .reason("database upgrade")
 * }</pre>
 *
 * <p><b>Times of day:</b> a window belongs to the day on which it begins; if {@code to} is not after {@code from}, it ends
 * on the next day. The start belongs to the window, the end does not.
 *
 * <p><b>Daylight saving:</b> a window that is given by times of day covers everything from the first moment at which the
 * clock shows {@code from} or later to the last one at which it shows {@code to} or, if it leaves that out, anything
 * earlier: better too much covered than too little, since an alert in the middle of work that was announced only teaches
 * people to ignore alerts. So
 *
 * <ul>
 *   <li>a start that does not exist is the moment of the change, one that exists twice is the first of the two;
 *   <li>an end that does not exist is the moment of the change, one that exists twice is the second of the two;
 *   <li>a window that lies wholly in the time that does not exist is left out on that day.
 * </ul>
 *
 * <p>A window given by a cron expression begins as {@link CronExpression} says and lasts its length in real time.
 *
 * <p><b>Overlaps:</b> occurrences of one window that overlap or touch are one span. Of a chain that has no end, such as
 * {@code cron("*&#47;5 * * * *", ofMinutes(10), zone)}, only up to 100 occurrences before and after are looked at: the
 * spans are then pieces of it, each touching the next.
 *
 * <p><b>Bounds:</b> what recurs does so from year 1 to year 9999; any moment may be asked for.
 *
 * <p>Two windows are equal if they are given by the same values.
 *
 * <p><b>Threads:</b> immutable. An answer of {@link #at} or {@link #nextChange} holds until the moment it tells of, so there
 * is no need to ask again before.
 */
public final class MaintenanceWindow {

    /** The reason if none is given. */
    public static final String DEFAULT_REASON = "maintenance";

    /** The longest reason, in characters. */
    public static final int MAX_REASON = 200;

    private final Spans spans;
    private final String reason;

    private MaintenanceWindow(Spans spans, String reason) {
        this.spans = spans;
        this.reason = reason;
    }

    /**
     * A single window.
     *
     * @param start its first moment
     * @param end the first moment after it
     * @return the window
     * @throws IllegalArgumentException if {@code end} is not after {@code start}
     */
    public static MaintenanceWindow once(Instant start, Instant end) {
        return new MaintenanceWindow(new Spans.Once(new Span(start, end)), DEFAULT_REASON);
    }

    /**
     * A window every day.
     *
     * @param from the time of day at which it begins
     * @param to the time of day at which it ends; on the next day if it is before {@code from}
     * @param zone whose clock is followed
     * @return the window
     * @throws IllegalArgumentException if {@code from} and {@code to} are the same
     */
    public static MaintenanceWindow daily(LocalTime from, LocalTime to, ZoneId zone) {
        return onDays(DayRule.daily(), from, to, zone);
    }

    /**
     * A window on some days of each week.
     *
     * @param from the time of day at which it begins
     * @param to the time of day at which it ends; on the next day if it is before {@code from}
     * @param zone whose clock is followed
     * @param first a day on which it begins
     * @param more further days on which it begins
     * @return the window
     * @throws IllegalArgumentException if {@code from} and {@code to} are the same
     */
    public static MaintenanceWindow weekly(
            LocalTime from, LocalTime to, ZoneId zone, DayOfWeek first, DayOfWeek... more) {
        return onDays(DayRule.weekly(first, more), from, to, zone);
    }

    /**
     * A window a month, on a day of the month.
     *
     * @param day the day on which it begins, from 1 to 31; 29, 30 and 31 mean the last day in months that are shorter
     * @param from the time of day at which it begins
     * @param to the time of day at which it ends; on the next day if it is before {@code from}
     * @param zone whose clock is followed
     * @return the window
     * @throws IllegalArgumentException if {@code day} is outside 1 to 31, or {@code from} and {@code to} are the same
     */
    public static MaintenanceWindow monthly(int day, LocalTime from, LocalTime to, ZoneId zone) {
        return onDays(DayRule.monthly(day), from, to, zone);
    }

    /**
     * A window a month, on a day of the week, such as the first Sunday or the last Friday.
     *
     * @param nth which one of the month, from 1 to 5, or -1 for the last; months without a fifth one have no window
     * @param day the day of the week on which it begins
     * @param from the time of day at which it begins
     * @param to the time of day at which it ends; on the next day if it is before {@code from}
     * @param zone whose clock is followed
     * @return the window
     * @throws IllegalArgumentException if {@code nth} is none of these, or {@code from} and {@code to} are the same
     */
    public static MaintenanceWindow monthly(int nth, DayOfWeek day, LocalTime from, LocalTime to, ZoneId zone) {
        return onDays(DayRule.monthly(nth, day), from, to, zone);
    }

    /**
     * A window that begins at each time of a cron expression.
     *
     * @param expression when it begins, see {@link CronExpression}
     * @param length how long it lasts in real time, from 1 second to 366 days
     * @param zone whose clock is followed
     * @return the window
     * @throws IllegalArgumentException if it is not a cron expression, or one that never matches, or {@code length} is
     *     outside its range
     */
    public static MaintenanceWindow cron(String expression, Duration length, ZoneId zone) {
        Times starts = new Times.OfCron(CronExpression.parse(expression), zone);
        return repeated(new Spans.OfLength(starts, length));
    }

    private static MaintenanceWindow onDays(DayRule days, LocalTime from, LocalTime to, ZoneId zone) {
        Objects.requireNonNull(from, "from");
        return repeated(new Spans.OnDays(new Times.OnDays(days, from, zone), to));
    }

    private static MaintenanceWindow repeated(Spans.Occurrences occurrences) {
        return new MaintenanceWindow(new Spans.Repeated(occurrences), DEFAULT_REASON);
    }

    /**
     * Returns the same window with a reason, which is told with it.
     *
     * <p>Default {@value #DEFAULT_REASON}. Blanks around it are taken off.
     *
     * @param reason what is done, in one line of at most {@value #MAX_REASON} characters
     * @return a copy
     * @throws IllegalArgumentException if the reason is empty, longer, or holds control characters
     */
    public MaintenanceWindow reason(String reason) {
        String line = Objects.requireNonNull(reason, "reason").strip();
        if (line.isEmpty() || line.length() > MAX_REASON) {
            throw new IllegalArgumentException(
                    "reason must have 1 to " + MAX_REASON + " characters, but had " + line.length());
        }
        line.codePoints().filter(MaintenanceWindow::isHidden).findFirst().ifPresent(hidden -> {
            throw new IllegalArgumentException(
                    String.format("reason must be one line without control characters, but holds U+%04X", hidden));
        });
        return new MaintenanceWindow(spans, line);
    }

    /** Joiners are needed to write some languages; whatever else cannot be seen has no place in a line of text. */
    private static boolean isHidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            case Character.FORMAT -> character != 0x200C && character != 0x200D;
            default -> false;
        };
    }

    /**
     * Returns what is done.
     *
     * @return the reason, in one line
     */
    public String reason() {
        return reason;
    }

    /**
     * Returns the span in force.
     *
     * @param moment any moment
     * @return the span that {@code moment} lies in; null if it lies in none
     */
    public @Nullable Span at(Instant moment) {
        return spans.at(Objects.requireNonNull(moment, "moment"));
    }

    /**
     * Returns the next span. One that is in force already is not the next one.
     *
     * @param moment any moment
     * @return the first span that begins after {@code moment}; null if there is none any more
     */
    public @Nullable Span next(Instant moment) {
        return spans.next(Objects.requireNonNull(moment, "moment"));
    }

    /**
     * Returns when to look again: until then, {@link #at} gives the same answer.
     *
     * @param moment any moment
     * @return the end of the span in force or else the start of the next one; null if there is none any more
     */
    public @Nullable Instant nextChange(Instant moment) {
        Span current = at(moment);
        if (current != null) {
            return current.end();
        }
        Span next = next(moment);
        return next == null ? null : next.start();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MaintenanceWindow that && spans.equals(that.spans) && reason.equals(that.reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(spans, reason);
    }

    /** Returns what it means, such as {@code daily from 22:00 to 06:00 in Europe/Paris (maintenance)}. */
    @Override
    public String toString() {
        return spans + " (" + reason + ")";
    }
}
