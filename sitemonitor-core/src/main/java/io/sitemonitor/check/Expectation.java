package io.sitemonitor.check;

import io.sitemonitor.check.internal.MildExpectation;
import org.jspecify.annotations.Nullable;

/**
 * What something that a run has seen should be like. Any lambda will do; one that is to make equal checks equal should
 * implement {@code equals}, as those made by this library do.
 *
 * <p><b>Threads:</b> called by the thread of the run; one object may be called by several threads at once.
 *
 * <p><b>Failure:</b> if it throws, the run fails with {@link FailureKind#CHECK_ERROR}.
 *
 * @param <T> what is judged, such as the body of an answer
 */
@FunctionalInterface
public interface Expectation<T> {

    /**
     * Judges.
     *
     * @param actual what the run has seen
     * @return what is wrong with it, in a few words for people such as {@code body does not contain 'Welcome'}; null if
     *     it is as expected
     * @throws Exception for whatever goes wrong while judging
     */
    @Nullable
    String objection(T actual) throws Exception;

    /**
     * Tells what becomes of a run whose expectation does not hold.
     *
     * @return true if the run only warns, false (the default) if it fails
     */
    default boolean onlyWarns() {
        return false;
    }

    /**
     * Expects the same, but the run only warns where it would fail.
     *
     * @return the milder expectation; equal to any other made of an equal one
     */
    default Expectation<T> orWarn() {
        return new MildExpectation<>(this);
    }
}
