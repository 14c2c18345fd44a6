package io.sitemonitor;

import io.sitemonitor.definition.CheckSettings;
import io.sitemonitor.state.HealthState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The checks that one check depends on, as it sees them: it only reads what they have published, and never takes their
 * locks while it holds its own.
 */
final class Parents {

    private static final int MOST_STEPS = 100;

    private final CheckCell cell;

    Parents(CheckCell cell) {
        this.cell = cell;
    }

    /** Returns whom a check depends on; in place of one that is paused, whom that one depends on. */
    private List<CheckCell> of(CheckCell child) {
        List<CheckCell> parents = new ArrayList<>(child.settings().dependsOn().size());
        collect(child, parents, MOST_STEPS);
        return parents;
    }

    private void collect(CheckCell child, List<CheckCell> into, int steps) {
        for (String name : child.settings().dependsOn()) {
            CheckCell parent = cell.engine().cell(name);
            if (parent == null || parent == cell || into.contains(parent)) {
                continue;
            }
            if (!parent.view().isSparing()) {
                into.add(parent);
            } else if (steps > 0) {
                collect(parent, into, steps - 1);
            }
        }
    }

    private static boolean has(CheckCell child) {
        return !child.settings().dependsOn().isEmpty();
    }

    /** Returns the name of the check that is to blame: the one furthest up that is down; null if no parent is down. */
    @Nullable
    String cause() {
        CheckCell down = has(cell) ? downParent(cell) : null;
        for (int i = 0; down != null && i < MOST_STEPS; i++) {
            CheckCell above = downParent(down);
            if (above == null) {
                break;
            }
            down = above;
        }
        return down == null ? null : down.name();
    }

    private @Nullable CheckCell downParent(CheckCell child) {
        for (CheckCell parent : of(child)) {
            if (parent.state() == HealthState.DOWN) {
                return parent;
            }
        }
        return null;
    }

    /** Tells whether a parent may be the cause of a failed run that began then, but has not been decided since. */
    boolean mayBeToBlame(long failedStart) {
        if (!has(cell)) {
            return false;
        }
        boolean may = false;
        for (CheckCell parent : of(cell)) {
            parent.view().beAwaited();
            may |= parent.view().isUndecidedSince(failedStart);
        }
        return may;
    }

    /** Lets every parent that has not been run since then be run at once. Takes their locks, so not to be called with ours. */
    void runSince(long failedStart) {
        for (CheckCell parent : of(cell)) {
            parent.runSince(failedStart);
        }
    }

    /** Returns how long it takes until each parent must have been decided, whatever run goes on now, in nanoseconds. */
    long patience() {
        long longest = 0;
        for (CheckCell parent : of(cell)) {
            CheckSettings settings = parent.settings();
            Duration oneRun = settings.timeout().plus(settings.retryEvery());
            longest = Math.max(
                    longest,
                    oneRun.multipliedBy(settings.thresholds().downAfter())
                            .plus(settings.timeout())
                            .toNanos());
        }
        return longest + Duration.ofSeconds(1).toNanos();
    }
}
