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
    ISOLATION_ENDED,
    /** What was told earlier still lasts. Opens and closes nothing. */
    REMINDER,
    /** Somebody has taken on what was told earlier. Opens and closes nothing. */
    ACKNOWLEDGED,
    /**
     * Many checks changed within a short time: one alert in place of many. Comes again, with the same incident id, when
     * there is more to tell of them. Not about a single check.
     */
    DIGEST,
    /** Everything that a {@link #DIGEST} told of is over. */
    DIGEST_ENDED;

    /**
     * Tells whether an alert of this kind closes what an earlier one opened. Such an alert goes to the listeners that
     * were told of the opening, and to no others.
     *
     * @return whether it closes something
     */
    public boolean isClosing() {
        return switch (this) {
            case RECOVERED, ENDED, DEGRADATION_ENDED, FLAPPING_ENDED, ISOLATION_ENDED, DIGEST_ENDED -> true;
            case DOWN, DEGRADED, FLAPPING, ISOLATED, REMINDER, ACKNOWLEDGED, DIGEST -> false;
        };
    }

    /**
     * Tells whether an alert of this kind opens something that a later alert will close.
     *
     * @return whether it opens something
     */
    public boolean isOpening() {
        return switch (this) {
            case DOWN, DEGRADED, FLAPPING, ISOLATED, DIGEST -> true;
            case RECOVERED,
                    ENDED,
                    DEGRADATION_ENDED,
                    FLAPPING_ENDED,
                    ISOLATION_ENDED,
                    DIGEST_ENDED,
                    REMINDER,
                    ACKNOWLEDGED -> false;
        };
    }
}
