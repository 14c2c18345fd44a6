package io.sitemonitor;

import io.sitemonitor.state.Condition;
import io.sitemonitor.state.HealthState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a monitor knows at one moment. Each check is consistent in itself.
 *
 * @param monitor the name of the monitor
 * @param at when it was taken
 * @param running whether the monitor is started and not closed
 * @param checks what is known of each check, sorted by name
 * @param isolation why and since when the monitor seems to be offline itself; null while it is online
 * @param heartbeat when the monitor last did all of its work; null before the first heartbeat
 * @param waitingAlerts how many alerts wait for a listener
 * @param deadLetters how many alerts have been given up
 */
public record MonitorSnapshot(
        String monitor,
        Instant at,
        boolean running,
        List<CheckSnapshot> checks,
        @Nullable Condition isolation,
        @Nullable Instant heartbeat,
        int waitingAlerts,
        long deadLetters) {

    /** Creates a snapshot; the list is copied. */
    public MonitorSnapshot {
        checks = List.copyOf(checks);
    }

    /**
     * Returns what is known of one check.
     *
     * @param name the name of the check
     * @return its snapshot, or empty if there is no such check
     */
    public Optional<CheckSnapshot> check(String name) {
        return checks.stream().filter(check -> check.name().equals(name)).findFirst();
    }

    /**
     * Counts the checks in a state.
     *
     * @param state the state
     * @return how many checks are in it
     */
    public long count(HealthState state) {
        return checks.stream().filter(check -> check.state() == state).count();
    }
}
