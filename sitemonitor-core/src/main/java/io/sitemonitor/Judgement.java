package io.sitemonitor;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import java.time.Instant;

/**
 * A result on its way from what a run found to what it counts as.
 *
 * @param result what was found
 * @param startedAt when the run started
 * @param startedNanos the monotonic time of the same moment
 * @param endedNanos the monotonic time at which it ended
 * @param ran whether the check was run at all
 * @param limit until when to wait for others who tell whose fault it was
 */
record Judgement(CheckResult result, Instant startedAt, long startedNanos, long endedNanos, boolean ran, long limit) {

    Judgement until(long at) {
        return new Judgement(result, startedAt, startedNanos, endedNanos, ran, at);
    }

    Judgement doubted(String reason) {
        return new Judgement(doubted(result, reason), startedAt, startedNanos, endedNanos, ran, limit);
    }

    /** A failure for which the target may not be to blame tells nothing. */
    static CheckResult doubted(CheckResult failed, String reason) {
        return CheckResult.inconclusive(reason + " (" + failed.summary() + ")").with(failed.evidence());
    }

    /** Turns a result around if the check is inverted; what could not be probed at all stays a failure. */
    static CheckResult turned(CheckResult found, boolean inverted) {
        if (!inverted || found.verdict() == Verdict.INCONCLUSIVE) {
            return found;
        }
        if (found.verdict() != Verdict.FAIL) {
            String message =
                    "it works, although it must not" + (found.message().isEmpty() ? "" : ": " + found.message());
            return CheckResult.fail(FailureKind.ASSERTION, message).with(found.evidence());
        }
        boolean unprobed =
                found.failure() == FailureKind.CHECK_ERROR || found.failure() == FailureKind.REFUSED_BY_POLICY;
        return unprobed
                ? found
                : CheckResult.pass("fails as it must: " + found.summary()).with(found.evidence());
    }
}
