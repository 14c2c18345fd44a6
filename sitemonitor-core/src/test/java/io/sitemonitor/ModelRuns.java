package io.sitemonitor;

import io.sitemonitor.check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The runs of one check that counted, the latest last: streaks are found by looking back over them. */
final class ModelRuns {

    /** More runs than any threshold of a history. */
    private static final int REMEMBERED = 20;

    /** A run that counted. */
    record Ran(Verdict verdict, long wall, long start) {

        boolean failed() {
            return verdict == Verdict.FAIL;
        }

        boolean passed() {
            return verdict == Verdict.PASS;
        }

        boolean worked() {
            return verdict != Verdict.FAIL;
        }

        boolean troubled() {
            return verdict != Verdict.PASS;
        }
    }

    private final List<Ran> runs = new ArrayList<>();

    void add(Ran run) {
        runs.add(run);
        if (runs.size() > 2 * REMEMBERED) {
            runs.subList(0, REMEMBERED).clear();
        }
    }

    void forget() {
        runs.clear();
    }

    int inARow(Predicate<Ran> kind) {
        int count = 0;
        while (count < runs.size() && kind.test(runs.get(runs.size() - 1 - count))) {
            count++;
        }
        return count;
    }

    Ran first(Predicate<Ran> kind) {
        return runs.get(runs.size() - inARow(kind));
    }
}
