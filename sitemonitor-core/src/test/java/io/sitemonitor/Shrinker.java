package io.sitemonitor;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes a failing history smaller for as long as it still fails: leaves out steps, and lets less time pass or hold. */
final class Shrinker {

    private static final long MILLI = 1_000_000L;

    private Shrinker() {}

    static History shrink(History failing, Predicate<History> fails) {
        History smallest = failing;
        boolean smaller = true;
        while (smaller) {
            History before = smallest;
            for (int count = Math.max(1, smallest.steps().size() / 2); count > 0; count /= 2) {
                smallest = leaveOut(smallest, count, fails);
            }
            smallest = hurry(smallest, fails);
            smaller = !smallest.equals(before);
        }
        return smallest;
    }

    private static History leaveOut(History failing, int count, Predicate<History> fails) {
        History smallest = failing;
        for (int from = smallest.steps().size() - count; from >= 0; from--) {
            if (from + count <= smallest.steps().size()) {
                History fewer = smallest.without(from, count);
                smallest = fails.test(fewer) ? fewer : smallest;
            }
        }
        return smallest;
    }

    private static History hurry(History failing, Predicate<History> fails) {
        History smallest = failing;
        for (int i = 0; i < smallest.steps().size(); i++) {
            Step step = quicker(smallest.steps().get(i));
            if (step != null) {
                History shorter = smallest.with(i, step);
                smallest = fails.test(shorter) ? shorter : smallest;
            }
        }
        return smallest;
    }

    private static @Nullable Step quicker(Step step) {
        if (step instanceof Step.Advance advance && advance.nanos() >= 2 * MILLI) {
            return new Step.Advance(half(advance.nanos()));
        }
        if (step instanceof Step.OpenMaintenance open && open.limit() >= 2 * MILLI) {
            return new Step.OpenMaintenance(open.check(), half(open.limit()), open.reason());
        }
        if (step instanceof Step.Add add && !isPlain(add.settings())) {
            return new Step.Add(add.check(), plainer(add.settings()));
        }
        if (step instanceof Step.ReplaceSettings other && !isPlain(other.settings())) {
            return new Step.ReplaceSettings(other.check(), plainer(other.settings()));
        }
        return null;
    }

    private static boolean isPlain(Step.Settings settings) {
        return settings.window() == null && settings.parents().isEmpty();
    }

    /** Without the window; if there is none, with a parent less. */
    private static Step.Settings plainer(Step.Settings settings) {
        List<String> parents = settings.parents();
        return settings.window() != null ? settings.with(null) : settings.on(parents.subList(1, parents.size()));
    }

    private static long half(long nanos) {
        return nanos / (2 * MILLI) * MILLI;
    }
}
