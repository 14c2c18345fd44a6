package io.sitemonitor.testing;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.event.ConditionChanged;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a {@link Timeline} was told in a span of time, and what is expected of that. Each expectation returns the span, so
 * that another can follow, or throws an {@link AssertionError} that shows everything in the span.
 *
 * <p><b>Threads:</b> immutable; safe for use by any number of threads.
 */
public final class TimelineSpan {

    private final String name;
    private final List<Timeline.Moment> moments;

    TimelineSpan(String name, List<Timeline.Moment> moments) {
        this.name = name;
        this.moments = moments;
    }

    /**
     * Expects these alerts, in this order, and no others.
     *
     * @param expected the kind and the check of each, such as {@code DOWN shop}; none for no alert at all
     * @return this span
     * @throws AssertionError if there were others
     * @throws IllegalArgumentException if a text is not a kind of alert, a space and a name
     */
    public TimelineSpan alertsExactly(String... expected) {
        return expect("alerts", parsed(expected), told());
    }

    /**
     * Expects these alerts, in whatever order, and no others.
     *
     * @param expected the kind and the check of each, such as {@code DOWN shop}
     * @return this span
     * @throws AssertionError if there were others
     * @throws IllegalArgumentException if a text is not a kind of alert, a space and a name
     */
    public TimelineSpan alertsInAnyOrder(String... expected) {
        return expect(
                "alerts in any order",
                parsed(expected).stream().sorted().toList(),
                told().stream().sorted().toList());
    }

    /**
     * Expects no alert at all.
     *
     * @return this span
     * @throws AssertionError if there was one
     */
    public TimelineSpan noAlerts() {
        return alertsExactly();
    }

    /**
     * Expects that these alerts were sent about one check, in this order, and no others about it.
     *
     * @param check the name of the check
     * @param expected the kinds; none for no alert about it
     * @return this span
     * @throws AssertionError if there were others
     */
    public TimelineSpan alertsOf(String check, AlertKind... expected) {
        List<AlertKind> actual = alerts().stream()
                .filter(alert -> alert.check().equals(check))
                .map(Alert::kind)
                .toList();
        return expect("alerts of " + check, List.of(expected), actual);
    }

    /**
     * Expects that a check entered these states, in this order, and no others. The state that it was in when the span began
     * is not one of them. The timeline must be a listener of the monitor ({@code .listener(timeline)}).
     *
     * @param check the name of the check
     * @param expected the states; none if its state does not change
     * @return this span
     * @throws AssertionError if it entered others
     */
    public TimelineSpan statesOf(String check, HealthState... expected) {
        List<HealthState> actual = all(StateChanged.class)
                .filter(change -> change.check().equals(check))
                .map(StateChanged::to)
                .toList();
        return expect("states of " + check, List.of(expected), actual);
    }

    /**
     * Expects that these conditions of a check began, in this order, and no others. Those that held when the span began are
     * not among them. The timeline must be a listener of the monitor ({@code .listener(timeline)}).
     *
     * @param check the name of the check
     * @param expected the conditions; none if none began
     * @return this span
     * @throws AssertionError if others began
     */
    public TimelineSpan conditionsOf(String check, ConditionKind... expected) {
        List<ConditionKind> actual = all(ConditionChanged.class)
                .filter(change -> change.holds() && change.check().equals(check))
                .map(change -> change.condition().kind())
                .toList();
        return expect("conditions of " + check, List.of(expected), actual);
    }

    /**
     * Returns the alerts, to look at more of them than their kinds.
     *
     * @return the alerts in the order in which they came
     */
    public List<Alert> alerts() {
        return all(Alert.class).toList();
    }

    private List<String> told() {
        return all(Alert.class).map(TimelineText::name).toList();
    }

    private <T> Stream<T> all(Class<T> type) {
        return moments.stream()
                .map(Timeline.Moment::what)
                .filter(type::isInstance)
                .map(type::cast);
    }

    private static List<String> parsed(String... expected) {
        for (String text : expected) {
            if (Arrays.stream(AlertKind.values()).noneMatch(kind -> text.startsWith(kind + " "))) {
                throw new IllegalArgumentException(
                        "an expected alert must be a kind, a space and the name of a check, but" + " was '" + text
                                + "'; the kinds are " + Arrays.toString(AlertKind.values()));
            }
        }
        return List.of(expected);
    }

    private TimelineSpan expect(String what, List<?> expected, List<?> actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(what + " " + name + "\n  expected: " + TimelineText.list(expected)
                    + "\n  actual:   " + TimelineText.list(actual) + "\n" + this);
        }
        return this;
    }

    /**
     * Shows everything that was told in the span, one line each.
     *
     * @return the span
     */
    @Override
    public String toString() {
        return "told " + name + ":\n" + TimelineText.lines(moments);
    }
}
