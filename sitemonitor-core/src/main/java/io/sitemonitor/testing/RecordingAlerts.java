package io.sitemonitor.testing;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers every alert that was delivered to it, and fails when told to.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class RecordingAlerts implements AlertListener {

    private final List<Alert> alerts = new ArrayList<>();
    private final List<Alert> attempts = new ArrayList<>();
    private @Nullable Exception failure;

    /** Begins without alerts. */
    public RecordingAlerts() {}

    @Override
    public synchronized void onAlert(Alert alert) throws Exception {
        attempts.add(alert);
        if (failure != null) {
            throw failure;
        }
        alerts.add(alert);
    }

    /**
     * Fails from now on.
     *
     * @param failure what to throw; null to take alerts again
     */
    public synchronized void failWith(@Nullable Exception failure) {
        this.failure = failure;
    }

    /**
     * Returns the alerts that were delivered.
     *
     * @return the alerts in the order in which they came; a copy
     */
    public synchronized List<Alert> alerts() {
        return List.copyOf(alerts);
    }

    /**
     * Returns the alerts of every attempt, the failed ones as well.
     *
     * @return the alerts in the order in which they came; a copy
     */
    public synchronized List<Alert> attempts() {
        return List.copyOf(attempts);
    }

    /**
     * Returns the kinds of the alerts that were delivered.
     *
     * @return the kinds in the order in which they came; a copy
     */
    public synchronized List<AlertKind> kinds() {
        return alerts.stream().map(Alert::kind).toList();
    }

    /** Forgets everything so far, but not whether to fail. */
    public synchronized void clear() {
        alerts.clear();
        attempts.clear();
    }
}
