package io.sitemonitor.check.heartbeat;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.Monitor;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.RecordingAlerts;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A job beside a monitor, in virtual time. */
class HeartbeatInMonitorTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final ManualTime time = ManualTime.startingAt(START);
    private final RecordingAlerts alerts = new RecordingAlerts();
    private final HeartbeatCheck job =
            HeartbeatCheck.every(ofMinutes(10)).grace(ofMinutes(2)).timeSource(time);
    private final Monitor monitor = Monitor.named("shop")
            .runOn(time)
            .warmUp(Duration.ZERO)
            .alert(alerts)
            .check("invoices", job, c -> c.every(ofMinutes(1)))
            .start();
    private boolean jobWorks = true;

    @AfterEach
    void close() {
        monitor.close();
    }

    private void jobRunsEveryTenMinutes() {
        for (int minute = 5; minute < 24 * 60; minute += 10) {
            time.at(ofMinutes(minute), () -> {
                if (jobWorks) {
                    job.beat();
                }
            });
        }
    }

    @Test
    void aBeatThatIsLateWithinTheGraceIsNoOutage() {
        jobRunsEveryTenMinutes();
        time.advance(ofMinutes(4));
        assertThat(monitor.stateOf("invoices")).isEqualTo(HealthState.UNKNOWN);
        time.advance(ofMinutes(2));
        assertThat(monitor.stateOf("invoices")).isEqualTo(HealthState.UP);
        time.at(ofMinutes(120), () -> jobWorks = false);
        time.at(ofMinutes(127), job::beat);
        time.at(ofMinutes(130), () -> jobWorks = true);
        time.advance(ofDays(1).minus(ofMinutes(10)));

        assertThat(alerts.alerts()).isEmpty();
        assertThat(monitor.stateOf("invoices")).isEqualTo(HealthState.UP);
    }

    @Test
    @DisplayName("P13, P7: the outage is told within what the settings allow, and its end with the same incident")
    void theOutageIsToldAndItsEndToo() {
        jobRunsEveryTenMinutes();
        time.at(ofMinutes(120), () -> jobWorks = false);
        time.at(ofMinutes(181), () -> jobWorks = true);
        time.advance(ofDays(1));

        assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
        Alert down = alerts.alerts().get(0);
        assertThat(Duration.between(START, down.at()))
                .as("due by 127 min, seen at 128 min, confirmed by two more runs")
                .isBetween(ofMinutes(127), ofMinutes(128).plus(ofSeconds(12)));
        assertThat(down.failure()).isEqualTo(FailureKind.MISSED_HEARTBEAT);
        assertThat(down.summary()).contains("the last came at 2026-03-01T13:55:00Z");
        assertThat(alerts.alerts().get(1).incidentId()).isEqualTo(down.incidentId());
        assertThat(Duration.between(START, alerts.alerts().get(1).at()))
                .as("the beat at 185 min")
                .isBetween(ofMinutes(185), ofMinutes(187));
    }

    @Test
    void aJobThatNeverBeginsIsDownToo() {
        time.advance(ofMinutes(12));
        assertThat(monitor.stateOf("invoices")).isEqualTo(HealthState.UNKNOWN);
        assertThat(alerts.alerts()).isEmpty();
        time.advance(ofMinutes(2));
        assertThat(monitor.stateOf("invoices")).isEqualTo(HealthState.DOWN);
        assertThat(alerts.alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.summary()).contains("none has come yet"));
    }

    @Test
    void aJobThatFailsSaysWhy() {
        jobRunsEveryTenMinutes();
        time.at(ofMinutes(20), () -> {
            jobWorks = false;
            job.fail("no paper");
        });
        time.advance(ofMinutes(22));
        assertThat(monitor.stateOf("invoices")).isEqualTo(HealthState.DOWN);
        assertThat(alerts.alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.summary()).contains("no paper"));
    }
}
