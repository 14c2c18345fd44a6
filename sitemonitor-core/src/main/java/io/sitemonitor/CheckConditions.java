package io.sitemonitor;

import io.sitemonitor.event.ConditionChanged;
import io.sitemonitor.state.Condition;
import io.sitemonitor.state.ConditionKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What holds of one check beside its state. Guarded by the lock of its cell. */
final class CheckConditions {

    private static final @Nullable Condition[] NONE = {};
    private static final ConditionKind[] KINDS = ConditionKind.values();

    private final String monitor;
    private final String check;

    /** By kind; most checks never have any. */
    private @Nullable Condition[] held = NONE;

    CheckConditions(String monitor, String check) {
        this.monitor = monitor;
        this.check = check;
    }

    @Nullable
    Condition get(ConditionKind kind) {
        return held.length == 0 ? null : held[kind.ordinal()];
    }

    boolean has(ConditionKind kind) {
        return get(kind) != null;
    }

    /** Begins a condition, or gives it another reason or end; it keeps its beginning. */
    void begin(ConditionKind kind, String reason, @Nullable Instant until, Instant now, Consumer<Object> facts) {
        Condition before = get(kind);
        if (before != null && before.reason().equals(reason) && Objects.equals(before.until(), until)) {
            return;
        }
        Condition begun = new Condition(kind, reason, before == null ? now : before.since(), until);
        if (held.length == 0) {
            held = new @Nullable Condition[KINDS.length];
        }
        held[kind.ordinal()] = begun;
        facts.accept(new ConditionChanged(monitor, check, now, begun, true));
    }

    /** Ends a condition; returns whether it held. */
    boolean end(ConditionKind kind, Instant now, Consumer<Object> facts) {
        Condition before = get(kind);
        if (before == null) {
            return false;
        }
        held[kind.ordinal()] = null;
        facts.accept(new ConditionChanged(monitor, check, now, before, false));
        return true;
    }

    /** Returns what holds the alerts that open something, other than flapping, which has an alert of its own. */
    @Nullable
    Condition hold() {
        Condition maintenance = get(ConditionKind.MAINTENANCE);
        return maintenance != null ? maintenance : get(ConditionKind.SUPPRESSED);
    }

    /** Tells whether the time counts neither as up nor as down. */
    boolean isUncounted() {
        return has(ConditionKind.MAINTENANCE) || has(ConditionKind.PAUSED) || has(ConditionKind.STALE);
    }

    List<Condition> list() {
        List<Condition> list = new ArrayList<>(2);
        for (Condition condition : held) {
            if (condition != null) {
                list.add(condition);
            }
        }
        return list;
    }
}
