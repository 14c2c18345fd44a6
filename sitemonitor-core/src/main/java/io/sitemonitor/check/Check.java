package io.sitemonitor.check;

import org.jspecify.annotations.Nullable;

/**
 * Something that can be probed. Any lambda will do:
 *
 * <pre>{@code
 * Check backlog = context -> queue.size() < 500
 *         ? CheckResult.pass()
 *         : CheckResult.fail("backlog is " + queue.size());
 * }</pre>
 *
 * <p><b>Threads:</b> one name is never run twice at once, but consecutive runs may come from different threads, and one
 * check object may serve several names at the same time.
 *
 * <p><b>Time:</b> a run is ended at its timeout whatever it does: it counts as failed with {@link FailureKind#TIMEOUT}
 * and its thread is interrupted. A check that honours interruption, or {@link CheckContext#remaining()}, or
 * {@link CheckContext#onCancel(Runnable)}, sets its thread free at once.
 *
 * <p><b>Failure:</b> whatever a run throws becomes a failed result of kind {@link FailureKind#CHECK_ERROR}; nothing
 * else is affected.
 */
@FunctionalInterface
public interface Check {

    /**
     * Probes once.
     *
     * @param context what this run may know: its name, its timeout and how much of it is left
     * @return what was found; null counts as {@link FailureKind#CHECK_ERROR}
     * @throws Exception for anything that went wrong and that the check does not want to describe itself
     */
    CheckResult run(CheckContext context) throws Exception;

    /**
     * Returns the kind of this check in one lower-case word, such as {@code http}. It appears in meters and messages.
     *
     * @return the kind; {@code custom} unless overridden
     */
    default String kind() {
        return "custom";
    }

    /**
     * Returns what is probed, in a form fit to be shown to anybody: without passwords or tokens.
     *
     * @return the target, such as {@code https://shop.example/}, or null if there is none to name
     */
    default @Nullable String target() {
        return null;
    }

    /**
     * Returns the host that a run burdens, such as {@code shop.example}. Checks of one host share what is known of it:
     * how many runs it bears at once, when it asks to be left alone, and whether it can be reached at all.
     *
     * @return the host in lower case, or null if there is none, or none to be spared
     */
    default @Nullable String host() {
        return null;
    }

    /**
     * Tells whether this check does without a protection that it could have, such as the verification of a certificate.
     * The log says so once, when the check is added, and a meter counts such checks.
     *
     * @return whether a method was called whose name begins with {@code insecure}; false unless overridden
     */
    default boolean isInsecure() {
        return false;
    }
}
