package io.sitemonitor.check.heartbeat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the job has told so far.
 *
 * @param beat its last beat
 * @param start when the run began that is under way; null if none is, or it does not say so
 * @param firstStart when the first run began since the last beat or failure; null as long as {@code start} is
 * @param lastRun how long the run took that ended with the last beat; null if nobody said when it began
 * @param failure what it has failed with since its last beat
 */
record Signs(
        @Nullable Moment beat,
        @Nullable Moment start,
        @Nullable Moment firstStart,
        @Nullable Duration lastRun,
        @Nullable Failure failure) {

    /** What the job says has gone wrong. */
    record Failure(Moment at, String reason) {}

    static final Signs NONE = new Signs(null, null, null, null, null);

    Signs beaten(Moment now) {
        Duration took = start == null ? null : start.until(now);
        return new Signs(beat == null ? now : beat.orLater(now), null, null, took, null);
    }

    Signs started(Moment now) {
        return new Signs(beat, now, firstStart == null ? now : firstStart, lastRun, failure);
    }

    Signs failed(Moment now, String reason) {
        return new Signs(beat, null, null, null, new Failure(now, reason));
    }
}
