package io.sitemonitor.state;

/** The health of a check, decided over its runs. The names are stable: they appear in events, meters and messages. */
public enum HealthState {
    /** Not decided yet. Never read as up. */
    UNKNOWN,
    /** It works. */
    UP,
    /** It works, but not well. */
    DEGRADED,
    /** It does not work. */
    DOWN;

    /**
     * Tells whether the target can be used.
     *
     * @return true for {@link #UP} and {@link #DEGRADED}
     */
    public boolean isUp() {
        return this == UP || this == DEGRADED;
    }
}
