package io.sitemonitor.history.internal;

import io.sitemonitor.history.CheckFigures.Uptime;
import java.time.Duration;
import java.util.Arrays;

/**
 * The up and down time of the latest hour or day, kept as a ring of buckets: 12 of 5 minutes or 24 of an hour, and one
 * more, because the window begins within a bucket. That oldest bucket counts in proportion to the part of it that lies
 * in the window, so the window is always exactly one hour or day long, and what it says is off by at most a quarter of a
 * bucket: 75 seconds of an hour, 15 minutes of a day. It is exact while the state does not change in that bucket.
 *
 * <p>A bucket counts in parts of 5 or 100 milliseconds, of which so few make its width that 16 bits hold them without
 * overflow. Parts are counted between marks on one scale, so roundings do not add up while the state does not change.
 *
 * <p>Stateless: the cells of all windows stand in one array of {@link #CELLS} that belongs to the recorder.
 */
enum Window {
    HOUR(Duration.ofMinutes(5), Duration.ofMillis(5), 13, 0),
    DAY(Duration.ofHours(1), Duration.ofMillis(100), 25, 26);

    /** The length of the array that holds all windows. */
    static final int CELLS = 2 * (13 + 25);

    private final long width;
    private final long part;
    private final int slots;
    private final int offset;

    Window(Duration width, Duration part, int slots, int offset) {
        this.width = width.toNanos();
        this.part = part.toNanos();
        this.slots = slots;
        this.offset = offset;
    }

    /** Counts the time {@code from} to {@code to}, in nanoseconds since the beginning; {@code from} is where the last ended. */
    void settle(char[] cells, long from, long to, boolean up, boolean down) {
        long first = from / width;
        long last = to / width;
        for (long bucket = Math.max(first, last - slots + 1); bucket <= last; bucket++) {
            int cell = cell(bucket);
            if (bucket > first) {
                Arrays.fill(cells, cell, cell + 2, (char) 0);
            }
            long begin = Math.max(from, bucket * width);
            long end = Math.min(to, (bucket + 1) * width);
            char parts = (char) (end / part - begin / part);
            if (up) {
                cells[cell] += parts;
            } else if (down) {
                cells[cell + 1] += parts;
            }
        }
    }

    /** Sums up the window that ends at {@code now}; the time from {@code settled} to {@code now} counts as told. */
    Uptime uptime(char[] cells, long settled, long now, boolean up, boolean down) {
        long begin = Math.max(0, now - (slots - 1) * width);
        double upParts = 0;
        double downParts = 0;
        long last = settled / width;
        for (long bucket = Math.max(0, last - slots + 1); bucket <= last; bucket++) {
            long start = bucket * width;
            long end = Math.min(settled, start + width);
            if (end > begin && end > start) {
                double share = start >= begin ? 1 : (double) (end - begin) / (end - start);
                upParts += share * cells[cell(bucket)];
                downParts += share * cells[cell(bucket) + 1];
            }
        }
        long rest = now - Math.max(begin, settled);
        return new Uptime(
                Duration.ofNanos(Math.round(upParts * part) + (up ? rest : 0)),
                Duration.ofNanos(Math.round(downParts * part) + (down ? rest : 0)));
    }

    private int cell(long bucket) {
        return offset + 2 * (int) (bucket % slots);
    }
}
