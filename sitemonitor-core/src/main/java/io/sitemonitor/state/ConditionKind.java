package io.sitemonitor.state;

/**
 * What a check can be besides its health state. The names are stable: they appear in events, meters and reports. Several
 * may hold at once.
 */
public enum ConditionKind {
    /** Its runs were stopped by a command. */
    PAUSED,
    /** Work is done on the target: alerts are held, and the time counts neither for nor against its uptime. */
    MAINTENANCE,
    /** Its state changes too often: single outages and recoveries are not told until it calms. */
    FLAPPING,
    /** Something that it depends on is down: its own outage is held and will be told if it outlives that cause. */
    SUPPRESSED,
    /** The monitor itself seems to be offline: failures say nothing. */
    ISOLATED,
    /** It has had no conclusive run for two intervals: what was known of it is not known any more. */
    STALE;

    /**
     * Tells whether alerts about an outage wait while this holds. A recovery is never held for it.
     *
     * @return whether it holds the alerts that open something
     */
    public boolean holdsAlerts() {
        return this == MAINTENANCE || this == SUPPRESSED || this == FLAPPING;
    }
}
