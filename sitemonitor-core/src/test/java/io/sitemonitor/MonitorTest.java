package io.sitemonitor;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.RecordingAlerts;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MonitorTest {

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-03-01T12:00:00Z"));
    private final ScriptedCheck check = ScriptedCheck.passing();
    private final RecordingAlerts alerts = new RecordingAlerts();

    @Test
    void tellsAnOutageAndItsRecoveryOnce() {
        Monitor monitor = Monitor.named("shop")
                .runOn(time)
                .check("storefront", check, c -> c.every(ofSeconds(30)).timeout(ofSeconds(5)))
                .alert(alerts)
                .start();
        time.advance(ofMillis(1));
        assertThat(monitor.stateOf("storefront")).isEqualTo(HealthState.UP);
        assertThat(check.runs()).isEqualTo(1);

        check.fails("HTTP 503");
        time.advance(ofSeconds(29));
        assertThat(check.runs()).isEqualTo(1);
        time.advance(ofSeconds(1));
        assertThat(check.runs()).isEqualTo(2);
        time.advance(ofSeconds(10));
        assertThat(check.runs()).isEqualTo(4);
        assertThat(monitor.stateOf("storefront")).isEqualTo(HealthState.DOWN);
        assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN);
        assertThat(alerts.alerts().get(0).since()).isEqualTo(Instant.parse("2026-03-01T12:00:30Z"));

        check.passes();
        time.advance(ofMinutes(5));
        assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
        assertThat(monitor.snapshot().check("storefront").orElseThrow().incident()).isNull();
        monitor.close();
    }

    @Test
    void simulatesADayOfAThousandChecks() {
        MonitorBuilder builder = Monitor.named("day").runOn(time).alert(alerts);
        for (int i = 0; i < 1000; i++) {
            builder.check("c" + i, check);
        }
        Monitor monitor = builder.start();
        time.advance(java.time.Duration.ofDays(1));
        assertThat(check.runs()).isEqualTo(2_880_001);
        monitor.close();
    }
}
