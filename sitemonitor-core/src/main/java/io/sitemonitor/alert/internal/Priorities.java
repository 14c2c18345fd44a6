package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.Severity;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * How loud a notification is, by severity, in the numbers of its destination. What closes, and what somebody has taken on,
 * has a number of its own, since nobody must be woken for it. Immutable.
 */
public final class Priorities {

    private final Map<Severity, Integer> bySeverity;
    private final int calm;
    private final int least;
    private final int most;

    private Priorities(Map<Severity, Integer> bySeverity, int calm, int least, int most) {
        this.bySeverity = bySeverity;
        this.calm = calm;
        this.least = least;
        this.most = most;
    }

    /**
     * Names the numbers of a destination.
     *
     * @param least the least number there is
     * @param most the greatest
     * @param calm the number for what closes and for what somebody has taken on
     * @param critical the number for what is critical; the next three are for less in turn
     * @param error for errors
     * @param warning for warnings
     * @param info for what is good to know
     * @return the priorities
     */
    public static Priorities of(int least, int most, int calm, int critical, int error, int warning, int info) {
        Map<Severity, Integer> numbers = new EnumMap<>(Severity.class);
        numbers.put(Severity.CRITICAL, critical);
        numbers.put(Severity.ERROR, error);
        numbers.put(Severity.WARNING, warning);
        numbers.put(Severity.INFO, info);
        return new Priorities(numbers, calm, least, most);
    }

    /**
     * Changes the number of one severity.
     *
     * @param severity which
     * @param priority its number
     * @return a copy
     * @throws IllegalArgumentException if there is no such number
     */
    public Priorities with(Severity severity, int priority) {
        Objects.requireNonNull(severity, "severity");
        if (priority < least || priority > most) {
            throw new IllegalArgumentException(
                    "a priority must be from " + least + " to " + most + ", but was " + priority);
        }
        Map<Severity, Integer> numbers = new EnumMap<>(bySeverity);
        numbers.put(severity, priority);
        return new Priorities(numbers, calm, least, most);
    }

    /**
     * Returns the number of an alert.
     *
     * @param alert the alert
     * @return its priority
     */
    public int of(Alert alert) {
        return alert.kind().isClosing() || alert.kind() == AlertKind.ACKNOWLEDGED
                ? calm
                : Objects.requireNonNull(bySeverity.get(alert.severity()), "priority");
    }
}
