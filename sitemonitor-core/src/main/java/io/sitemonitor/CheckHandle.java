package io.sitemonitor;

import org.jspecify.annotations.Nullable;

/**
 * Answers for one check, fast enough for the innermost loop of a host: one volatile read while the check is up. It follows
 * the name, so it goes on answering when the check is replaced, or removed and added again.
 *
 * <p>It says what was decided last. A check that has not been looked at for two intervals is not up any more as soon as the
 * monitor decides so, on time like a run; but unlike {@link Monitor#isUp(String)} a handle does not look at the clock
 * itself, so it goes on saying what was decided last if the monitor as a whole stands still.
 *
 * <p><b>Threads:</b> safe for use by any number of threads. Made by {@link Monitor#handle}.
 */
public final class CheckHandle {

    private final CheckRegistry registry;
    private final String check;
    private volatile @Nullable CheckView view;

    CheckHandle(CheckRegistry registry, String check) {
        this.registry = registry;
        this.check = check;
    }

    /**
     * Returns the name of the check.
     *
     * @return the name
     */
    public String check() {
        return check;
    }

    /**
     * Tells whether the target can be used.
     *
     * @return true if the state decided last was {@code UP} or {@code DEGRADED}; false if it was another one, if it was not
     *     looked at for too long, or if there is no such check
     */
    public boolean isUp() {
        CheckView known = view;
        return known != null && known.wasUp() || isUpNow(known);
    }

    private boolean isUpNow(@Nullable CheckView known) {
        if (known != null && !known.isRemoved()) {
            return known.wasUp();
        }
        CheckCell cell = registry.cell(check);
        view = cell == null ? null : cell.view();
        return cell != null && cell.view().wasUp();
    }

    @Override
    public String toString() {
        return "CheckHandle[" + check + "]";
    }
}
