package io.sitemonitor.event;

import io.sitemonitor.state.Condition;
import java.time.Instant;

/**
 * A condition of a check began, ended, or has another reason or end now.
 *
 * @param monitor the name of the monitor
 * @param check the name of the check
 * @param at when
 * @param condition what holds, or held
 * @param holds whether it holds from now on; false if it has ended
 */
public record ConditionChanged(String monitor, String check, Instant at, Condition condition, boolean holds)
        implements CheckEvent {}
