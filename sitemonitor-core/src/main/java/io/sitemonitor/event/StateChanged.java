package io.sitemonitor.event;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.state.Transition;
import java.time.Instant;

/**
 * The state of a check changed.
 *
 * @param monitor the name of the monitor
 * @param check the name of the check
 * @param transition from where to where, since when, after how many runs
 * @param last the result that decided it
 */
public record StateChanged(String monitor, String check, Transition transition, CheckResult last)
        implements CheckEvent {

    @Override
    public Instant at() {
        return transition.at();
    }

    /**
     * Returns the state before.
     *
     * @return where the transition comes from
     */
    public HealthState from() {
        return transition.from();
    }

    /**
     * Returns the state from now on.
     *
     * @return where the transition leads
     */
    public HealthState to() {
        return transition.to();
    }
}
