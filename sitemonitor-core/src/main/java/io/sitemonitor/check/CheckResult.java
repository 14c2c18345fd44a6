package io.sitemonitor.check;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a check found.
 *
 * @param verdict what was found
 * @param failure in which way it failed; never null when the verdict is {@link Verdict#FAIL}, always null when it is
 *     {@link Verdict#PASS}
 * @param message one line for people, such as {@code HTTP 503}; empty if there is nothing to say. Control characters are
 *     replaced and the text is cut after {@value #MAX_MESSAGE} characters, since it may come from a target
 * @param evidence what was seen: timings, address, facts; {@link Evidence#none()} if nothing was kept
 */
public record CheckResult(Verdict verdict, @Nullable FailureKind failure, String message, Evidence evidence) {

    /** The longest message kept, in characters. */
    public static final int MAX_MESSAGE = 500;

    private static final CheckResult PASS = new CheckResult(Verdict.PASS, null, "", Evidence.none());

    /**
     * Creates a result.
     *
     * @throws IllegalArgumentException if verdict and failure do not fit together
     */
    public CheckResult {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(evidence, "evidence");
        message = SafeText.line(message, MAX_MESSAGE);
        if (verdict == Verdict.FAIL && failure == null) {
            throw new IllegalArgumentException("a result that is FAIL must name its failure kind");
        }
        if (verdict == Verdict.PASS && failure != null) {
            throw new IllegalArgumentException("a result that is PASS must have no failure kind, but has " + failure);
        }
    }

    /**
     * It works.
     *
     * @return a passing result without a message
     */
    public static CheckResult pass() {
        return PASS;
    }

    /**
     * It works, and there is something to tell.
     *
     * @param message one line for people
     * @return a passing result
     */
    public static CheckResult pass(String message) {
        return new CheckResult(Verdict.PASS, null, message, Evidence.none());
    }

    /**
     * It works, but not well.
     *
     * @param message one line for people that says what is not well
     * @return a warning result
     */
    public static CheckResult warn(String message) {
        return new CheckResult(Verdict.WARN, null, message, Evidence.none());
    }

    /**
     * It does not work: an expectation does not hold. Short for {@link #fail(FailureKind, String)} with
     * {@link FailureKind#ASSERTION}.
     *
     * @param message one line for people that says what is wrong
     * @return a failed result
     */
    public static CheckResult fail(String message) {
        return fail(FailureKind.ASSERTION, message);
    }

    /**
     * It does not work.
     *
     * @param failure in which way
     * @param message one line for people that says what is wrong
     * @return a failed result
     */
    public static CheckResult fail(FailureKind failure, String message) {
        return new CheckResult(Verdict.FAIL, Objects.requireNonNull(failure, "failure"), message, Evidence.none());
    }

    /**
     * We could not tell. Such a run touches no streak and no uptime figure.
     *
     * @param reason one line for people that says why not
     * @return an inconclusive result
     */
    public static CheckResult inconclusive(String reason) {
        return new CheckResult(Verdict.INCONCLUSIVE, null, reason, Evidence.none());
    }

    /**
     * Returns the same result with other evidence.
     *
     * @param evidence what was seen
     * @return a copy with that evidence
     */
    public CheckResult with(Evidence evidence) {
        return new CheckResult(verdict, failure, message, evidence);
    }

    /**
     * Describes the result in a few words, such as {@code STATUS: HTTP 503}.
     *
     * @return one line, never empty
     */
    public String summary() {
        String head = failure == null ? verdict.name() : failure.name();
        return message.isEmpty() ? head : head + ": " + message;
    }
}
