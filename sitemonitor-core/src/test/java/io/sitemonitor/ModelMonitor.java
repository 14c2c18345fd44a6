package io.sitemonitor;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A monitor as the design has it: several {@link ModelCheck}s under one clock. */
final class ModelMonitor {

    private final Map<String, ModelCheck> checks = new LinkedHashMap<>();
    private final ModelWall wall = new ModelWall();
    private long now;
    private boolean closed;

    @Nullable
    ModelCheck check(String name) {
        return checks.get(name);
    }

    Map<String, ModelCheck> checks() {
        return checks;
    }

    /** Does a step; returns whether it is accepted. */
    boolean apply(Step step) {
        if (step instanceof Step.Advance advance) {
            advance(advance.nanos());
            return true;
        }
        if (step instanceof Step.Clock clock) {
            wall.step(clock.nanos());
            return true;
        }
        if (step instanceof Step.Add add) {
            advance(1_000_000);
            if (closed || checks.containsKey(add.check())) {
                return false;
            }
            checks.put(add.check(), new ModelCheck(add.check(), add.settings(), wall, now));
            return true;
        }
        if (step instanceof Step.Close) {
            closed = true;
            checks.values().forEach(ModelCheck::end);
            return true;
        }
        return !(step instanceof Step.Remark) && command(step);
    }

    private boolean command(Step step) {
        if (step instanceof Step.Remove remove) {
            ModelCheck gone = checks.remove(remove.check());
            if (gone == null) {
                return false;
            }
            gone.remove(now);
            return true;
        }
        return true;
    }

    private void advance(long nanos) {
        long end = now + nanos;
        while (true) {
            ModelCheck first = null;
            for (ModelCheck check : checks.values()) {
                if (first == null || check.next() < first.next()) {
                    first = check;
                }
            }
            if (first == null || first.next() > end) {
                now = end;
                return;
            }
            now = Math.max(now, first.next());
            first.happen(now);
        }
    }
}
