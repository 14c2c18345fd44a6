package io.sitemonitor.benchmarks;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How well the starts of checks keep to their grids.
 *
 * @param lateness from the line of the grid to the start, in milliseconds, for each line that was kept
 * @param lost lines of the grid without a start
 * @param drift the mean distance of the starts of a check over the interval, minus one, in percent
 */
record Punctuality(double[] lateness, long lost, @Nullable Double drift) {

    /** A start so much before its line belongs to the line all the same. */
    private static final double EARLY = 0.05;

    /**
     * Compares.
     *
     * @param starts the starts by check, each in their order, a little longer than to {@code until}
     * @param phases a line of each check's grid
     * @param counts whether a check counts
     * @param interval the distance of the lines in nanoseconds
     * @param from the first line looked at is not before this
     * @param until the last line looked at is before this
     * @return how well they agree
     */
    static Punctuality of(long[][] starts, long[] phases, boolean[] counts, long interval, long from, long until) {
        double[] lateness =
                new double[Arrays.stream(starts).mapToInt(s -> s.length).sum()];
        int late = 0;
        long lost = 0;
        double gaps = 0;
        int measured = 0;
        long early = (long) (interval * EARLY);
        for (int check = 0; check < starts.length; check++) {
            if (!counts[check]) {
                continue;
            }
            long phase = phases[check];
            long firstLine = Math.floorDiv(from - phase + interval - 1, interval);
            long lastLine = Math.floorDiv(until - 1 - phase, interval);
            long expected = firstLine;
            long firstStart = 0;
            long firstKept = 0;
            long lastStart = 0;
            long lastKept = 0;
            int kept = 0;
            for (long start : starts[check]) {
                long line = Math.floorDiv(start - phase + early, interval);
                if (line < expected || line > lastLine) {
                    continue;
                }
                lost += line - expected;
                expected = line + 1;
                lateness[late] = (start - phase - line * interval) / 1e6;
                late++;
                if (kept == 0) {
                    firstStart = start;
                    firstKept = line;
                }
                lastStart = start;
                lastKept = line;
                kept++;
            }
            lost += Math.max(0, lastLine + 1 - expected);
            if (kept > 1) {
                gaps += (lastStart - firstStart) / (double) (lastKept - firstKept) / interval;
                measured++;
            }
        }
        Double drift = measured == 0 ? null : (gaps / measured - 1) * 100;
        return new Punctuality(Arrays.copyOf(lateness, late), lost, drift);
    }
}
