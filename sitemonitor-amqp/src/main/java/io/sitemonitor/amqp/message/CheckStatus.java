package io.sitemonitor.amqp.message;

import io.sitemonitor.state.Condition;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What others may know of a check at one moment.
 *
 * @param name its name
 * @param state its health state
 * @param up whether its monitor says that it can be used, see {@code Monitor.isUp}
 * @param since since when it has been in this state
 * @param conditions what holds of it beside its state
 */
public record CheckStatus(String name, HealthState state, boolean up, Instant since, List<Condition> conditions) {

    /** Creates a status; the list is copied. What is stale, or not in a state that is up, is not up whatever is said. */
    public CheckStatus {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(since, "since");
        conditions = List.copyOf(conditions);
        up = up && state.isUp() && conditions.stream().noneMatch(c -> c.kind() == ConditionKind.STALE);
    }
}
