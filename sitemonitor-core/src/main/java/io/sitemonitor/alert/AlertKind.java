package io.sitemonitor.alert;

/** What an alert says. The names are stable: they appear in messages and meters. */
public enum AlertKind {
    /** An outage was confirmed. */
    DOWN,
    /** The recovery from an outage was confirmed. */
    RECOVERED,
    /** The check was removed during an outage: nobody will tell whether it recovers. Closes what {@link #DOWN} opened. */
    ENDED,
    /** It works, but not well. */
    DEGRADED,
    /** It works well again. Closes what {@link #DEGRADED} opened. */
    DEGRADATION_ENDED,
    /** The state changes too often: single outages and recoveries are not told until it calms. */
    FLAPPING,
    /** The state has calmed; says how it ended. Closes what {@link #FLAPPING} opened. */
    FLAPPING_ENDED,
    /** The monitor itself seems to be offline: no failure is believed until it is back. Not about a check. */
    ISOLATED,
    /** The monitor is online again. Closes what {@link #ISOLATED} opened. */
    ISOLATION_ENDED;

    /**
     * Tells whether an alert of this kind closes what an earlier one opened. Such an alert goes to the listeners that
     * were told of the opening, and to no others.
     *
     * @return whether it closes something
     */
    public boolean isClosing() {
        return switch (this) {
            case RECOVERED, ENDED, DEGRADATION_ENDED, FLAPPING_ENDED, ISOLATION_ENDED -> true;
            case DOWN, DEGRADED, FLAPPING, ISOLATED -> false;
        };
    }
}
