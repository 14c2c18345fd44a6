package io.sitemonitor.spring.endpoint;

import io.sitemonitor.CheckSnapshot;
import io.sitemonitor.MonitorSnapshot;
import io.sitemonitor.state.Condition;
import io.sitemonitor.state.HealthState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A monitor as the endpoint shows it. Times are written as in {@code 2026-11-22T12:00:10Z}.
 *
 * @param monitor its name
 * @param at when this was true
 * @param running whether it runs
 * @param isolation why and since when it seems to be offline itself; null while it is online
 * @param heartbeat when it last did all of its work; null before the first time
 * @param states how many checks are up, degraded, down and unknown
 * @param waitingAlerts how many alerts wait for a listener
 * @param deadLetters how many alerts have been given up
 * @param checks the checks by name
 */
public record MonitorReport(
        String monitor,
        String at,
        boolean running,
        @Nullable ConditionReport isolation,
        @Nullable String heartbeat,
        Map<String, Long> states,
        int waitingAlerts,
        long deadLetters,
        Map<String, CheckReport> checks) {

    static MonitorReport of(MonitorSnapshot snapshot) {
        Map<String, Long> states = new LinkedHashMap<>();
        for (HealthState state : List.of(HealthState.UP, HealthState.DEGRADED, HealthState.DOWN, HealthState.UNKNOWN)) {
            states.put(state.name().toLowerCase(Locale.ROOT), snapshot.count(state));
        }
        Map<String, CheckReport> checks = new LinkedHashMap<>();
        for (CheckSnapshot check : snapshot.checks()) {
            checks.put(check.name(), CheckReport.of(check));
        }
        Condition isolation = snapshot.isolation();
        Instant heartbeat = snapshot.heartbeat();
        return new MonitorReport(
                snapshot.monitor(),
                snapshot.at().toString(),
                snapshot.running(),
                isolation == null ? null : ConditionReport.of(isolation),
                heartbeat == null ? null : heartbeat.toString(),
                states,
                snapshot.waitingAlerts(),
                snapshot.deadLetters(),
                checks);
    }
}
