package io.sitemonitor.check.internal;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Judges what a run has seen by all that is expected of it. */
public final class Expectations {

    /** The most expectations of one sort that a check takes. */
    public static final int MOST = 32;

    private Expectations() {}

    /**
     * Adds one.
     *
     * @param list those so far
     * @param last the one to add
     * @param <T> what is judged
     * @return a longer list
     * @throws IllegalArgumentException if there are more than {@value #MOST}
     */
    public static <T> List<T> append(List<T> list, T last) {
        if (list.size() >= MOST) {
            throw new IllegalArgumentException("a check can have at most " + MOST + " expectations of a kind");
        }
        List<T> longer = new ArrayList<>(list);
        longer.add(Objects.requireNonNull(last, "expectation"));
        return List.copyOf(longer);
    }

    /**
     * Judges by each of them, the stern ones before the mild ones.
     *
     * @param expectations what is expected
     * @param actual what the run has seen
     * @param what what it is, for the message if one throws, such as {@code body}
     * @param <T> what is judged
     * @return the first failure, otherwise the first warning, otherwise null
     */
    public static <T> @Nullable CheckResult judge(
            List<? extends Expectation<? super T>> expectations, T actual, String what) {
        CheckResult warning = null;
        for (Expectation<? super T> expectation : expectations) {
            if (expectation.onlyWarns() && warning != null) {
                continue;
            }
            CheckResult result = judge(expectation, actual, what);
            if (result != null && result.failure() != null) {
                return result;
            }
            warning = warning == null ? result : warning;
        }
        return warning;
    }

    /**
     * Judges a text that is only a part of what is answered, and says which.
     *
     * @param expectations what is expected
     * @param actual the text
     * @param what what it is, with which the message begins, such as {@code greeting}
     * @return as {@link #judge(List, Object, String)}
     */
    public static @Nullable CheckResult judgePart(
            List<? extends Expectation<? super String>> expectations, String actual, String what) {
        CheckResult result = judge(expectations, actual, what);
        boolean objects = result != null && result.failure() != FailureKind.CHECK_ERROR;
        if (result == null || !objects || result.verdict() == Verdict.INCONCLUSIVE) {
            return result;
        }
        String message = what + ": " + result.message();
        return result.verdict() == Verdict.WARN ? CheckResult.warn(message) : CheckResult.fail(message);
    }

    private static <T> @Nullable CheckResult judge(Expectation<? super T> expectation, T actual, String what) {
        try {
            String objection = expectation.objection(actual);
            if (objection == null) {
                return null;
            }
            return expectation.onlyWarns() ? CheckResult.warn(objection) : CheckResult.fail(objection);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CheckResult.inconclusive("the run was interrupted");
        } catch (Throwable e) {
            return CheckResult.fail(FailureKind.CHECK_ERROR, "an expectation of the " + what + " threw " + e);
        }
    }
}
