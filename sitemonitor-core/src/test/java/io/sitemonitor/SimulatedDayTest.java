package io.sitemonitor;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.RecordingAlerts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A day of a thousand checks, on the same engine that users run. */
class SimulatedDayTest {

    private static final int CHECKS = 1_000;
    private static final int CYCLE = 480;
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    /**
     * Counted in runs, each cycle has two failures (one too few for an outage), then three failures (an outage), one
     * good run and another failure (one too few for a recovery), and then good runs.
     */
    private static boolean fails(int run) {
        int place = run % CYCLE;
        return place == 100 || place == 101 || (place >= 200 && place <= 202) || place == 204;
    }

    @Test
    void tellsExactlyTheOutagesThatTheThresholdsDefine() {
        ManualTime time = ManualTime.startingAt(START);
        RecordingAlerts alerts = new RecordingAlerts();
        AtomicInteger runs = new AtomicInteger();
        MonitorBuilder builder = Monitor.named("day").runOn(time).alert(alerts);
        for (int i = 0; i < CHECKS; i++) {
            builder.check(
                    "check-" + i,
                    script(runs),
                    c -> c.every(ofSeconds(30)).downAfter(3).upAfter(2));
        }
        Monitor monitor = builder.start();
        time.advance(ofDays(1));

        assertThat(runs.get())
                .as("runs of the grid and those that follow up a suspicion")
                .isBetween(2_880_000, 3_000_000);
        Map<String, List<Alert>> byCheck = alerts.alerts().stream().collect(Collectors.groupingBy(Alert::check));
        assertThat(byCheck).hasSize(CHECKS);
        byCheck.values().forEach(SimulatedDayTest::assertLegalAndExact);
        assertThat(monitor.snapshot().count(HealthState.UP)).isEqualTo(CHECKS);
        monitor.close();
    }

    private static void assertLegalAndExact(List<Alert> alerts) {
        assertThat(alerts).as(alerts.get(0).check()).hasSize(12);
        for (int i = 0; i < alerts.size(); i += 2) {
            Alert down = alerts.get(i);
            Alert recovered = alerts.get(i + 1);
            assertThat(down.kind()).isEqualTo(AlertKind.DOWN);
            assertThat(recovered.kind()).isEqualTo(AlertKind.RECOVERED);
            assertThat(recovered.incidentId()).isEqualTo(down.incidentId());
            assertThat(Duration.between(down.since(), down.at()))
                    .as("three failures, five seconds apart")
                    .isEqualTo(ofSeconds(10));
            assertThat(recovered.since()).isEqualTo(down.since());
            assertThat(Duration.between(down.since().plus(recovered.duration()), recovered.at()))
                    .as("two good runs, five seconds apart, or the grid line between them")
                    .isPositive()
                    .isLessThanOrEqualTo(ofSeconds(5));
        }
    }

    private static Check script(AtomicInteger total) {
        AtomicInteger runs = new AtomicInteger();
        return context -> {
            total.incrementAndGet();
            return fails(runs.getAndIncrement()) ? CheckResult.fail("as the script says") : CheckResult.pass();
        };
    }
}
