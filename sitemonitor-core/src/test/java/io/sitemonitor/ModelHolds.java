package io.sitemonitor;

import io.sitemonitor.state.ConditionKind;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What holds of one check beside its state; each beginning, change and end is a fact. */
final class ModelHolds {

    private final ModelLog log;
    private final ModelWall wall;
    private final Map<ConditionKind, ModelFact.Holds> held = new EnumMap<>(ConditionKind.class);

    ModelHolds(ModelLog log, ModelWall wall) {
        this.log = log;
        this.wall = wall;
    }

    boolean has(ConditionKind kind) {
        return held.containsKey(kind);
    }

    @Nullable
    String reason(ConditionKind kind) {
        ModelFact.Holds condition = held.get(kind);
        return condition == null ? null : condition.reason();
    }

    void begin(ConditionKind kind, String reason, long until, long now) {
        ModelFact.Holds before = held.get(kind);
        if (before != null && before.reason().equals(reason) && before.until() == until) {
            return;
        }
        long at = wall.at(now);
        long since = before == null ? at : before.since();
        ModelFact.Holds begun = new ModelFact.Holds(kind, true, reason, since, until, at);
        held.put(kind, begun);
        log.conditions.add(begun);
    }

    /** Returns whether it held. */
    boolean end(ConditionKind kind, long now) {
        ModelFact.Holds before = held.remove(kind);
        if (before != null) {
            log.conditions.add(
                    new ModelFact.Holds(kind, false, before.reason(), before.since(), before.until(), wall.at(now)));
        }
        return before != null;
    }
}
