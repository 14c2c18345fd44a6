package io.sitemonitor.check.internal;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;

/** Whether a run has to end, and what it counts as then. For the thread of the run. */
public final class RunEnd {

    private RunEnd() {}

    /**
     * Tells whether it is time to end: it is late, or was ended from outside, or its thread was interrupted.
     *
     * @param deadline the deadline of the run
     * @return whether nothing more should be begun
     */
    public static boolean isDue(Deadline deadline) {
        return deadline.isOver() || isFromOutside(deadline);
    }

    /**
     * Tells whether somebody else has ended the run: it was cancelled, or its thread was interrupted.
     *
     * @param deadline the deadline of the run
     * @return whether its result tells nothing about the target
     */
    public static boolean isFromOutside(Deadline deadline) {
        return deadline.context().isCancelled() || Thread.currentThread().isInterrupted();
    }

    /**
     * Returns what a run counts as that has to end.
     *
     * @param deadline the deadline of the run
     * @param late what to say if it is late, such as {@code no answer within 5 s}
     * @return {@code TIMEOUT} if it is late, otherwise an inconclusive result that says who has ended it
     */
    public static CheckResult result(Deadline deadline, String late) {
        if (!deadline.isOver() && deadline.context().isCancelled()) {
            return CheckResult.inconclusive("the run was ended from outside");
        }
        if (!deadline.isOver() && Thread.currentThread().isInterrupted()) {
            return CheckResult.inconclusive("the run was interrupted");
        }
        return CheckResult.fail(FailureKind.TIMEOUT, late);
    }
}
