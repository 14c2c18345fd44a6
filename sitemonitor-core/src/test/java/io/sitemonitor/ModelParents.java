package io.sitemonitor;

import io.sitemonitor.state.HealthState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** §6.7: whom one check depends on; a parent that is paused is looked through. */
final class ModelParents {

    private static final long SECOND = 1_000_000_000L;

    private final ModelCheck child;
    private final Function<String, @Nullable ModelCheck> checks;

    ModelParents(ModelCheck child, Function<String, @Nullable ModelCheck> checks) {
        this.child = child;
        this.checks = checks;
    }

    private List<ModelCheck> of(ModelCheck of) {
        List<ModelCheck> found = new ArrayList<>();
        for (String name : of.settings().parents()) {
            ModelCheck parent = checks.apply(name);
            if (parent != null && parent.isPaused()) {
                of(parent).stream().filter(above -> !found.contains(above)).forEach(found::add);
            } else if (parent != null && !found.contains(parent)) {
                found.add(parent);
            }
        }
        return found;
    }

    /** The one that is to blame: the first that is down, or whoever above it is. */
    @Nullable
    String cause() {
        ModelCheck cause = null;
        for (ModelCheck down = downParent(child); down != null; down = downParent(down)) {
            cause = down;
        }
        return cause == null ? null : cause.name();
    }

    private @Nullable ModelCheck downParent(ModelCheck of) {
        return of(of).stream()
                .filter(parent -> parent.known() == HealthState.DOWN)
                .findFirst()
                .orElse(null);
    }

    /** Tells whether a parent may prove to be down because of what made a run fail that began then. */
    boolean mayBeToBlame(long failedStart) {
        List<ModelCheck> parents = of(child);
        parents.forEach(ModelCheck::beAwaited);
        return parents.stream().anyMatch(parent -> parent.isUndecidedSince(failedStart));
    }

    void runSince(long failedStart, long now) {
        of(child).forEach(parent -> parent.runSince(failedStart, now));
    }

    /** How long all parents together may need to be decided. */
    long patience() {
        long longest = 0;
        for (ModelCheck parent : of(child)) {
            Step.Settings settings = parent.settings();
            long oneRun = settings.timeout() + settings.retryEvery();
            longest = Math.max(longest, oneRun * settings.thresholds().downAfter() + settings.timeout());
        }
        return longest + SECOND;
    }
}
