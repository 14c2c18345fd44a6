package io.sitemonitor.testing;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.event.AlertHeld;
import io.sitemonitor.event.CheckChanged;
import io.sitemonitor.event.ClockStepped;
import io.sitemonitor.event.ConditionChanged;
import io.sitemonitor.event.IsolationChanged;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.event.ProcessPaused;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Writes down what a monitor tells, alerts as well as changes of states and conditions, and when; and says whether that is what was
 * expected. It is both kinds of listener at once:
 *
 * <pre>{@code
 * Timeline timeline = Timeline.on(time);
 * Monitor monitor = Monitor.named("test").runOn(time).check("shop", shop).alert(timeline).listener(timeline).start();
 * …
 * timeline.between(ofMinutes(5), ofMinutes(10)).alertsExactly("DOWN shop", "RECOVERED shop");
 * timeline.since(ofMinutes(10)).noAlerts();
 * timeline.whole().statesOf("shop", UP, DOWN, UP);
 * }</pre>
 *
 * <p>An expectation that does not hold throws an {@link AssertionError} whose text shows what was expected, what came, and
 * everything that happened in that span, one line each, with its time. No assertion library is needed.
 *
 * <p>Moments are counted from the start: that of the {@link ManualTime}, and with other clocks from when the timeline was
 * made. They are those at which the timeline was told, which for an alert that is held, or delivered again, is later than
 * {@link Alert#at()}. A span includes its beginning and not its end.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class Timeline implements AlertListener, MonitorListener {

    /** Something that was told: an alert, an event, or a note. */
    record Moment(Duration at, Instant wallTime, Object what) {}

    private static final Set<Class<? extends MonitorEvent>> TOLD = Set.of(
            StateChanged.class,
            ConditionChanged.class,
            AlertHeld.class,
            CheckChanged.class,
            IsolationChanged.class,
            ProcessPaused.class,
            ClockStepped.class);

    private final TimeSource time;
    private final LongSupplier elapsed;
    private final List<Moment> moments = new ArrayList<>(); // guarded by this

    private Timeline(TimeSource time, LongSupplier elapsed) {
        this.time = time;
        this.elapsed = elapsed;
    }

    /**
     * Begins an empty timeline.
     *
     * @param time the clocks of the monitor, such as a {@link ManualTime}
     * @return a new timeline
     */
    public static Timeline on(TimeSource time) {
        Objects.requireNonNull(time, "time");
        if (time instanceof ManualTime manual) {
            return new Timeline(time, () -> manual.elapsed().toNanos());
        }
        long start = time.nanos();
        return new Timeline(time, () -> time.nanos() - start);
    }

    @Override
    public void onAlert(Alert alert) {
        add(alert);
    }

    @Override
    public void onEvent(MonitorEvent event) {
        boolean added = event instanceof CheckChanged change && change.change() == CheckChanged.Change.ADDED;
        if (!added && wants(event.getClass())) { // that a monitor has its checks at its start tells nothing
            add(event);
        }
    }

    @Override
    public boolean wants(Class<? extends MonitorEvent> type) {
        return TOLD.contains(type);
    }

    /**
     * Writes a line of the test's own between the alerts, to be read when an expectation does not hold.
     *
     * @param text one line
     */
    public void note(String text) {
        add(SafeText.line(text, Integer.MAX_VALUE));
    }

    private synchronized void add(Object what) {
        moments.add(new Moment(Duration.ofNanos(elapsed.getAsLong()), time.now(), what));
    }

    /**
     * Looks at all that was told so far.
     *
     * @return the whole time
     */
    public TimelineSpan whole() {
        return span("in the whole time", moment -> true);
    }

    /**
     * Looks at what was told in a span of time.
     *
     * @param from the beginning, counted from the start
     * @param to the end, which is not part of the span, counted from the start
     * @return what was told so far in that span
     * @throws IllegalArgumentException if the end is before the beginning
     */
    public TimelineSpan between(Duration from, Duration to) {
        requireOrder(from, to);
        return span(
                "from " + TimelineText.time(from) + " to " + TimelineText.time(to),
                moment -> moment.at().compareTo(from) >= 0 && moment.at().compareTo(to) < 0);
    }

    /**
     * Looks at what was told between two readings of the wall clock, whatever jumps that clock has made.
     *
     * @param from the beginning
     * @param to the end, which is not part of the span
     * @return what was told so far in that span
     * @throws IllegalArgumentException if the end is before the beginning
     */
    public TimelineSpan between(Instant from, Instant to) {
        requireOrder(from, to);
        return span(
                "from " + from + " to " + to,
                moment -> !moment.wallTime().isBefore(from) && moment.wallTime().isBefore(to));
    }

    /**
     * Looks at what was told from a moment on.
     *
     * @param from the beginning, counted from the start
     * @return what was told so far since then
     */
    public TimelineSpan since(Duration from) {
        return span("since " + TimelineText.time(from), moment -> moment.at().compareTo(from) >= 0);
    }

    /**
     * Looks at what was told before a moment.
     *
     * @param to the end, which is not part of the span, counted from the start
     * @return what was told before then
     */
    public TimelineSpan until(Duration to) {
        return span("until " + TimelineText.time(to), moment -> moment.at().compareTo(to) < 0);
    }

    private static <T extends Comparable<T>> void requireOrder(T from, T to) {
        if (from.compareTo(to) > 0) {
            throw new IllegalArgumentException(
                    "a span must not end before it begins, but was from " + from + " to " + to);
        }
    }

    private synchronized TimelineSpan span(String name, Predicate<Moment> inside) {
        return new TimelineSpan(name, moments.stream().filter(inside).toList());
    }

    /**
     * Shows everything that was told, one line each.
     *
     * @return the whole timeline
     */
    @Override
    public String toString() {
        return whole().toString();
    }
}
