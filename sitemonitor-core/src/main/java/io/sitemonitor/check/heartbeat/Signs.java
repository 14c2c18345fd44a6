package io.sitemonitor.check.heartbeat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the job has told so far.
 *
 * @param beat its last beat
 * @param start when the run began that is under way; null if none is, or it does not say so
 * @param lastRun how long the run took that ended with the last beat; null if nobody said when it began
 * @param failure what it has failed with since its last beat
 */
record Signs(
        @Nullable Moment beat,
        @Nullable Moment start,
        @Nullable Duration lastRun,
        @Nullable Failure failure) {

    /** What the job says has gone wrong. */
    record Failure(Moment at, String reason) {}

    static final Signs NONE = new Signs(null, null, null, null);

    Signs beaten(Moment now) {
        return new Signs(beat == null ? now : beat.orLater(now), null, start == null ? null : start.until(now), null);
    }

    Signs started(Moment now) {
        return new Signs(beat, now, lastRun, failure);
    }

    Signs failed(Moment now, String reason) {
        return new Signs(beat, null, null, new Failure(now, reason));
    }
}
