package io.sitemonitor.spring.health;

import io.sitemonitor.CheckSnapshot;
import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorSnapshot;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.state.HealthState;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a monitor adds to the health of the application. An outage of a target is told in the details; it makes the
 * application unhealthy only if the application asked for that by the name of the check.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class MonitorHealth {

    /** Details are given of so many checks; those in the worst state come first. */
    public static final int MAX_CHECKS = 100;

    private static final String ALL = "*";
    private static final Comparator<CheckSnapshot> WORST_FIRST =
            Comparator.comparing(CheckSnapshot::state).reversed().thenComparing(CheckSnapshot::name);

    private final Monitor monitor;
    private final Set<String> affects;

    /**
     * Creates the health of a monitor.
     *
     * @param monitor the monitor
     * @param affects the names of the checks whose outage makes the application unhealthy, or {@code *} for all
     */
    public MonitorHealth(Monitor monitor, Set<String> affects) {
        this.monitor = Objects.requireNonNull(monitor, "monitor");
        this.affects = Set.copyOf(affects);
    }

    /** What can be said of the application. The names are those of the statuses of Spring Boot. */
    public enum Status {
        /** Nothing speaks against the application. */
        UP,
        /** A check that the application named as essential is down. */
        DOWN,
        /** The monitor does not run, so nothing is known. */
        UNKNOWN
    }

    /**
     * What is reported.
     *
     * @param status what can be said of the application
     * @param details the monitor, how many checks are in which state, and the checks; strings, numbers and maps of these
     */
    public record Report(Status status, Map<String, Object> details) {}

    /**
     * Looks at the monitor.
     *
     * @return how it stands now
     */
    public Report report() {
        MonitorSnapshot snapshot = monitor.snapshot();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("monitor", snapshot.monitor());
        for (HealthState state : List.of(HealthState.UP, HealthState.DEGRADED, HealthState.DOWN, HealthState.UNKNOWN)) {
            details.put(state.name().toLowerCase(Locale.ROOT), snapshot.count(state));
        }
        Map<String, Object> checks = new LinkedHashMap<>();
        snapshot.checks().stream()
                .sorted(WORST_FIRST)
                .limit(MAX_CHECKS)
                .forEach(check -> checks.put(check.name(), describe(check)));
        details.put("checks", checks);
        return new Report(status(snapshot), details);
    }

    private Status status(MonitorSnapshot snapshot) {
        if (!snapshot.running()) {
            return Status.UNKNOWN;
        }
        boolean down = snapshot.checks().stream()
                .filter(check -> affects.contains(ALL) || affects.contains(check.name()))
                .anyMatch(check -> check.state() == HealthState.DOWN);
        return down ? Status.DOWN : Status.UP;
    }

    private static Map<String, Object> describe(CheckSnapshot check) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("state", check.state().name());
        described.put("since", check.since().toString());
        CheckResult last = check.lastResult();
        if (last != null) {
            described.put("last", last.summary());
        }
        if (check.paused()) {
            described.put("paused", true);
        }
        return described;
    }
}
