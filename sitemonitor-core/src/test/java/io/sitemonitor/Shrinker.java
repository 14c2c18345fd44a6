package io.sitemonitor;

import java.util.function.Predicate;

/** Makes a failing history smaller for as long as it still fails: leaves out steps, and lets less time pass. */
final class Shrinker {

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
            if (smallest.steps().get(i) instanceof Step.Advance advance && advance.nanos() >= 2_000_000) {
                History shorter = smallest.with(i, new Step.Advance(advance.nanos() / 2_000_000 * 1_000_000));
                smallest = fails.test(shorter) ? shorter : smallest;
            }
        }
        return smallest;
    }
}
