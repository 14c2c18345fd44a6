package io.sitemonitor.testing;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.event.AlertHeld;
import io.sitemonitor.event.CheckChanged;
import io.sitemonitor.event.ClockStepped;
import io.sitemonitor.event.ConditionChanged;
import io.sitemonitor.event.IsolationChanged;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.ProcessPaused;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.state.Condition;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** How a timeline is shown to people. */
final class TimelineText {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private TimelineText() {}

    /** A time since the start, such as {@code +00:05:10} or {@code +3d 00:05:10.250}. */
    static String time(Duration at) {
        StringBuilder text = new StringBuilder(at.isNegative() ? "-" : "+");
        Duration size = at.abs();
        if (size.toDaysPart() > 0) {
            text.append(size.toDaysPart()).append("d ");
        }
        two(text, size.toHoursPart()).append(':');
        two(text, size.toMinutesPart()).append(':');
        two(text, size.toSecondsPart());
        long nanos = size.toNanosPart();
        if (nanos % NANOS_PER_MILLI != 0) {
            text.append('.').append(Long.toString(1_000_000_000 + nanos), 1, 10);
        } else if (nanos != 0) {
            text.append('.').append(Long.toString(1_000 + nanos / NANOS_PER_MILLI), 1, 4);
        }
        return text.toString();
    }

    private static StringBuilder two(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    static String lines(List<Timeline.Moment> moments) {
        return moments.isEmpty()
                ? "  nothing"
                : moments.stream().map(TimelineText::line).collect(Collectors.joining("\n"));
    }

    private static String line(Timeline.Moment moment) {
        return "  " + time(moment.at()) + "  " + what(moment.what());
    }

    private static String what(Object told) {
        if (told instanceof Alert alert) {
            return "alert " + name(alert) + " (" + alert.summary() + ")";
        }
        return told instanceof MonitorEvent event ? what(event) : "note  " + told;
    }

    private static String what(MonitorEvent event) {
        if (event instanceof StateChanged change) {
            return "state " + change.check() + " " + change.from() + " -> " + change.to() + " ("
                    + change.last().summary() + ")";
        }
        if (event instanceof ConditionChanged change) {
            return "state " + change.check() + " " + (change.holds() ? "is " : "is no longer ")
                    + reason(change.condition());
        }
        if (event instanceof AlertHeld held) {
            return "held  DOWN " + held.check() + ", which is " + reason(held.condition());
        }
        if (event instanceof CheckChanged change) {
            return "check " + change.check() + " " + change.change();
        }
        if (event instanceof IsolationChanged change) {
            return "host  is " + (change.isolated() ? "isolated (" : "no longer isolated (") + change.reason() + ")";
        }
        if (event instanceof ProcessPaused pause) {
            return "host  stood still for " + pause.duration();
        }
        return event instanceof ClockStepped step ? "host  clock stepped by " + step.step() : event.toString();
    }

    private static String reason(Condition condition) {
        return condition.kind() + " (" + condition.reason() + ")";
    }

    /** An alert in the words in which it is expected, such as {@code DOWN shop}. */
    static String name(Alert alert) {
        return alert.kind() + " " + alert.check();
    }

    static String list(List<?> items) {
        return items.isEmpty() ? "none" : items.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
