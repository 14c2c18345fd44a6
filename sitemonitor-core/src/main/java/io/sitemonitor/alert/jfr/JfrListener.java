package io.sitemonitor.alert.jfr;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertListener;

/**
 * Writes alerts into the recordings of Java Flight Recorder, beside what the process did at that time. While nothing is recorded it
 * costs next to nothing.
 *
 * <pre>{@code
 * .alert(JfrListener.create())
 * }</pre>
 *
 * <p>The event is named {@value #EVENT}, in the category {@code Site Monitor}. Its fields are {@code id}, {@code incidentId}, {@code monitor},
 * {@code check}, {@code kind}, {@code severity}, {@code from}, {@code to}, {@code failure}, {@code summary} and {@code target}, which are
 * texts of at most 1,000 characters, of which {@code failure} and {@code target} may be null, the times {@code since} and {@code at}, and
 * the span {@code lasted}. What opens and what closes have the same {@code incidentId}; a repetition has the same {@code id}.
 *
 * <p><b>Failure:</b> none; there is nobody to wait for.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class JfrListener implements AlertListener {

    /** The name of the event. */
    public static final String EVENT = "io.sitemonitor.Alert";

    private static final String MODULE = "jdk.jfr";

    private JfrListener() {}

    /**
     * Writes to every recording that is running.
     *
     * @return the listener
     * @throws IllegalStateException if this Java runtime was made without the module {@code jdk.jfr}
     */
    public static JfrListener create() {
        require(ModuleLayer.boot());
        return new JfrListener();
    }

    /** Refuses a runtime in which the event could not be loaded. */
    static void require(ModuleLayer modules) {
        if (modules.findModule(MODULE).isEmpty()) {
            throw new IllegalStateException(
                    "this Java runtime has no Flight Recorder: its image needs the module " + MODULE);
        }
    }

    @Override
    public void onAlert(Alert alert) {
        new AlertEvent(alert).commit();
    }

    @Override
    public String toString() {
        return "JfrListener[" + EVENT + ']';
    }
}
