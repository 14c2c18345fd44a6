package io.sitemonitor.event;

/** A fact about one check. */
public sealed interface CheckEvent extends MonitorEvent
        permits AlertHeld,
                CheckChanged,
                ConditionChanged,
                IncidentClosed,
                IncidentOpened,
                RunCompleted,
                RunStuck,
                StateChanged,
                TicksMissed {

    /**
     * Returns the name of the check.
     *
     * @return the check's name
     */
    String check();
}
