package io.sitemonitor.benchmarks;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Percentiles of what has been measured. */
final class Statistics {

    private Statistics() {}

    /** The nearest-rank percentile: the smallest value that is at least as large as {@code percent} of all values. */
    static @Nullable Double percentile(double[] values, double percent) {
        if (values.length == 0) {
            return null;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }

    /** The value in the middle, or half way between the two in the middle. */
    static @Nullable Double median(double[] values) {
        if (values.length == 0) {
            return null;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
