package io.sitemonitor.history.internal;

import io.sitemonitor.check.Verdict;
import io.sitemonitor.history.CheckFigures;
import io.sitemonitor.history.CheckFigures.Latency;
import io.sitemonitor.history.CheckFigures.Uptime;
import io.sitemonitor.state.HealthState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/**
 * Keeps the figures of one check. Counts and whole up and down times are exact; the last hour and day are kept in
 * buckets, see {@link Window}; percentiles are those of the latest {@value #RECENT} runs, of which each is kept as the
 * number of its bucket, see {@link LogBuckets}, in a ring of bytes.
 *
 * <p>Needs less than 500 bytes, most of them from the first runs on, and allocates nothing afterwards. All times are
 * monotonic, so steps of the wall clock do not reach the figures.
 *
 * <p><b>Threads:</b> guarded by the lock of its check.
 */
public final class CheckRecorder {

    /** How many of the latest runs the percentiles are taken from. */
    static final int RECENT = 160;

    private static final int RECENT_AT_FIRST = 20;
    private static final byte[] NO_RUNS = {};
    private static final long[] ALL_COUNTS = {};

    private final Instant since;
    private final long origin;
    private final char[] windows = new char[Window.CELLS];
    private long settled;
    private long up;
    private long down;
    private long passed;
    private long warned;
    private long failed;
    private long inconclusive;
    private long latencySum;
    private long lastLatency;
    private byte[] recent = NO_RUNS;
    private int next;

    /** From when to when the time does not count, in turns; what ended before the last settlement is forgotten. */
    private long[] uncounted = ALL_COUNTS;

    /**
     * Begins to record.
     *
     * @param since the wall time from which on the figures count
     * @param nanos the monotonic time of the same moment
     */
    public CheckRecorder(Instant since, long nanos) {
        this.since = Objects.requireNonNull(since, "since");
        this.origin = nanos;
    }

    /**
     * Counts a run that has ended.
     *
     * @param verdict what it found; its duration counts if it passed or warned
     * @param durationNanos how long it took, in nanoseconds; less than zero counts as zero
     */
    public void run(Verdict verdict, long durationNanos) {
        switch (verdict) {
            case PASS -> {
                passed++;
                latency(Math.max(0, durationNanos));
            }
            case WARN -> {
                warned++;
                latency(Math.max(0, durationNanos));
            }
            case FAIL -> failed++;
            case INCONCLUSIVE -> inconclusive++;
        }
    }

    /**
     * Decides in which state the time since the last settlement was spent. What has not been settled can still be
     * decided otherwise, such as when an outage is confirmed that began some runs ago.
     *
     * @param untilNanos the monotonic time up to which it is decided; ignored if it is not after the last
     * @param state counts as up if it {@linkplain HealthState#isUp() is}, as down if it is {@code DOWN}, else as neither
     */
    public void settle(long untilNanos, HealthState state) {
        long until = untilNanos - origin;
        while (uncounted.length > 0 && uncounted[0] < until) {
            boolean ends = uncounted.length > 1;
            settleTo(uncounted[0], state);
            settleTo(ends ? Math.min(uncounted[1], until) : until, HealthState.UNKNOWN);
            if (!ends || uncounted[1] > until) {
                return;
            }
            uncounted = uncounted.length == 2 ? ALL_COUNTS : Arrays.copyOfRange(uncounted, 2, uncounted.length);
        }
        settleTo(until, state);
    }

    private void settleTo(long until, HealthState state) {
        if (until <= settled) {
            return;
        }
        boolean isUp = state.isUp();
        boolean isDown = state == HealthState.DOWN;
        Window.HOUR.settle(windows, settled, until, isUp, isDown);
        Window.DAY.settle(windows, settled, until, isUp, isDown);
        up += isUp ? until - settled : 0;
        down += isDown ? until - settled : 0;
        settled = until;
    }

    /**
     * Says whether the time from now on counts at all, whatever the state. What was spent before is still decided by the
     * next settlement.
     *
     * @param nowNanos the present monotonic time
     * @param counted whether it counts from now on
     * @return whether that is a change
     */
    public boolean count(long nowNanos, boolean counted) {
        boolean before = uncounted.length % 2 == 0;
        if (counted == before) {
            return false;
        }
        long at = Math.max(settled, nowNanos - origin);
        int length = uncounted.length;
        if (length > 0 && uncounted[length - 1] == at) { // there and back within one moment
            uncounted = length == 1 ? ALL_COUNTS : Arrays.copyOf(uncounted, length - 1);
            return true;
        }
        uncounted = Arrays.copyOf(uncounted, length + 1);
        uncounted[length] = at;
        return true;
    }

    /**
     * Sums up. Of time that has not been settled yet, only the beginning counts for which it is known whether it does.
     *
     * @param nowNanos the present monotonic time; taken as the last settlement if it is before that
     * @param current the state in which the time since the last settlement counts here, without being settled
     * @return the figures up to now
     */
    public CheckFigures figures(long nowNanos, HealthState current) {
        long present = Math.max(settled, nowNanos - origin);
        boolean counts = uncounted.length == 0 || uncounted[0] > settled;
        long now = counts && uncounted.length > 0 ? Math.min(present, uncounted[0]) : present;
        boolean isUp = counts && current.isUp();
        boolean isDown = counts && current == HealthState.DOWN;
        Uptime uptime = new Uptime(
                Duration.ofNanos(up + (isUp ? now - settled : 0)),
                Duration.ofNanos(down + (isDown ? now - settled : 0)));
        return new CheckFigures(
                since,
                passed + warned + failed + inconclusive,
                passed,
                warned,
                failed,
                inconclusive,
                uptime,
                Window.HOUR.uptime(windows, settled, now, isUp, isDown),
                Window.DAY.uptime(windows, settled, now, isUp, isDown),
                latency());
    }

    private void latency(long nanos) {
        latencySum += nanos;
        lastLatency = nanos;
        if (next == recent.length) {
            if (recent.length < RECENT) {
                recent = Arrays.copyOf(recent, Math.max(RECENT_AT_FIRST, 2 * recent.length));
            } else {
                next = 0;
            }
        }
        recent[next++] = (byte) LogBuckets.of(nanos);
    }

    private Latency latency() {
        long measured = passed + warned;
        int kept = (int) Math.min(measured, RECENT);
        int[] counts = new int[LogBuckets.COUNT];
        for (int i = 0; i < kept; i++) {
            counts[recent[i] & 0xFF]++;
        }
        return new Latency(
                kept,
                Duration.ofNanos(lastLatency),
                Duration.ofNanos(measured == 0 ? 0 : latencySum / measured),
                percentile(50, counts, kept),
                percentile(95, counts, kept),
                percentile(99, counts, kept));
    }

    /** The least bucket such that at least {@code percent} of all runs are in it or below: the nearest rank. */
    private static Duration percentile(int percent, int[] counts, int total) {
        int rank = (total * percent + 99) / 100;
        int bucket = 0;
        for (int seen = counts[0]; seen < rank; seen += counts[bucket]) {
            bucket++;
        }
        return Duration.ofNanos(LogBuckets.nanos(bucket));
    }
}
