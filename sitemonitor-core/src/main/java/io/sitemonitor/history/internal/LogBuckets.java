package io.sitemonitor.history.internal;

/**
 * Buckets for durations whose borders grow by a constant factor, so that a duration is known within the same relative
 * error whether it is a microsecond or an hour. The mapping is that of DDSketch (Masson, Rim and Lee, "DDSketch: A Fast
 * and Fully-Mergeable Quantile Sketch with Relative-Error Guarantees", PVLDB 12, 2019): with a factor of 1.125 the error
 * is at most 0.125 / 2.125, or 5.9 percent, and one byte spans 1 nanosecond to 2.7 hours.
 *
 * <p>Bucket 0 holds only the duration of zero; what is longer than the last bucket counts in the last.
 */
final class LogBuckets {

    /** How many buckets there are: as many as a byte can name. */
    static final int COUNT = 256;

    private static final double FACTOR = 1.125;
    private static final double LOG_FACTOR = Math.log(FACTOR);

    private LogBuckets() {}

    /** Returns the bucket of a duration, from 0 to {@link #COUNT} - 1. Bucket i holds (FACTOR^(i-2), FACTOR^(i-1)]. */
    static int of(long nanos) {
        if (nanos <= 0) {
            return 0;
        }
        int power = (int) Math.ceil(Math.log(nanos) / LOG_FACTOR);
        return Math.min(power + 1, COUNT - 1);
    }

    /** Returns the duration whose relative error is the same at both borders of the bucket. */
    static long nanos(int bucket) {
        return bucket == 0 ? 0 : Math.round(2 * Math.pow(FACTOR, bucket - 1) / (FACTOR + 1));
    }
}
