package io.sitemonitor.target;

/**
 * Gives checks while a monitor runs. It is read again and again; each time the monitor adds, replaces and removes what
 * has changed since the time before, among the checks that came from this source.
 *
 * <p><b>Threads:</b> read by one thread at a time.
 *
 * <p><b>Time:</b> may block; it is interrupted after 30 seconds. Nobody else is delayed.
 *
 * <p><b>Failure:</b> may throw. All checks then stay as they are, and it is read again at its next time.
 */
@FunctionalInterface
public interface TargetSource {

    /**
     * Reads all targets.
     *
     * @return the checks as they should be, and what was rejected
     * @throws Exception if they could not be read
     */
    Targets read() throws Exception;

    /**
     * Returns what this source is called in logs and events, without secrets.
     *
     * @return the name; the simple name of the class unless overridden
     */
    default String name() {
        String name = getClass().getSimpleName();
        return name.isEmpty() || getClass().isSynthetic() ? "targets" : name;
    }
}
