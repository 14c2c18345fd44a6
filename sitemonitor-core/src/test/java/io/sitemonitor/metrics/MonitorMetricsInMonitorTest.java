package io.sitemonitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sitemonitor.Monitor;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.RecordingAlerts;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The meters as a monitor itself feeds them. */
class MonitorMetricsInMonitorTest {

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-11-22T10:00:00Z"));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ScriptedCheck check = ScriptedCheck.passing();

    @Test
    void followsACheckThroughAnOutageToTheEnd() {
        Monitor monitor = Monitor.named("shop")
                .runOn(time)
                .check("storefront", check)
                .alert(new RecordingAlerts())
                .listener(MonitorMetrics.bindTo(registry))
                .start();
        assertThat(gauge("sitemonitor.check.state")).isZero();

        time.advance(Duration.ofMinutes(1));
        assertThat(gauge("sitemonitor.check.state")).isEqualTo(1);
        assertThat(gauge("sitemonitor.incidents")).isZero();

        check.fails("HTTP 503");
        time.advance(Duration.ofMinutes(2));
        assertThat(gauge("sitemonitor.check.state")).isEqualTo(3);
        assertThat(gauge("sitemonitor.incidents")).isEqualTo(1);

        check.passes();
        time.advance(Duration.ofMinutes(10));
        assertThat(gauge("sitemonitor.check.state")).isEqualTo(1);
        assertThat(gauge("sitemonitor.incidents")).isZero();
        assertThat(registry.get("sitemonitor.incidents.opened").counter().count())
                .isEqualTo(1);
        assertThat(registry.get("sitemonitor.alerts")
                        .tag("outcome", "delivered")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.find("sitemonitor.check.duration").timers().stream()
                        .mapToLong(Timer::count)
                        .sum())
                .isEqualTo(check.runs());

        monitor.remove("storefront");
        assertThat(registry.getMeters()).extracting(Meter::getId).noneMatch(id -> id.getTag("check") != null);
        monitor.close();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void followsConditionsHeartbeatsAndIsolation() {
        ScriptedCheck proof = ScriptedCheck.passing();
        Monitor monitor = Monitor.named("shop")
                .runOn(time)
                .check("storefront", check)
                .check("gateway", proof)
                .onlineWhen(1, "gateway")
                .listener(MonitorMetrics.bindTo(registry))
                .start();
        time.advance(Duration.ofMinutes(5));
        assertThat(count("sitemonitor.heartbeats")).isEqualTo(5);

        monitor.openMaintenance("upgrade", Duration.ofHours(1), "storefront");
        monitor.pause("gateway");
        check.fails("HTTP 503");
        time.advance(Duration.ofMinutes(5));
        assertThat(conditions("maintenance")).isEqualTo(1);
        assertThat(conditions("paused")).isEqualTo(1);
        monitor.resume("gateway");
        time.advance(Duration.ofMinutes(5));
        assertThat(conditions("paused")).isZero();
        assertThat(registry.get("sitemonitor.alerts.held")
                        .tag("condition", "maintenance")
                        .counter()
                        .count())
                .isEqualTo(1);

        proof.fails("no route");
        time.advance(Duration.ofMinutes(1));
        assertThat(gauge("sitemonitor.isolated")).isEqualTo(1);
        proof.passes();
        time.advance(Duration.ofHours(1));
        assertThat(gauge("sitemonitor.isolated")).isZero();
        assertThat(conditions("maintenance")).isZero();
        monitor.close();
        assertThat(registry.getMeters()).isEmpty();
    }

    private double conditions(String condition) {
        return registry.get("sitemonitor.check.conditions")
                .tag("condition", condition)
                .gauge()
                .value();
    }

    private double count(String name) {
        return registry.get(name).counter().count();
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }
}
