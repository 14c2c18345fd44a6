package io.sitemonitor.check.http;

import static io.sitemonitor.check.http.BodyExpectation.containing;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.Monitor;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.testing.RecordingAlerts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import org.slf4j.LoggerFactory;

/** A site that this project did not write is watched, stopped and started. Needs nginx; in CI it must be there. */
@Timeout(60)
class NginxTest {

    @Test
    void anOutageAndItsRecoveryAreToldOnceEachWithTheRightTimes(@TempDir Path directory) throws Exception {
        RecordingAlerts alerts = new RecordingAlerts();
        try (NginxServer nginx = new NginxServer(directory, nginx());
                Monitor monitor = Monitor.named("real")
                        .warmUp(Duration.ZERO)
                        .defaults(c -> c.every(ofMillis(200)).timeout(ofSeconds(2)))
                        .check("shop", HttpCheck.get(nginx.url()).expectBody(containing("Welcome")))
                        .check("gone", HttpCheck.get(nginx.url() + "gone"))
                        .alert(alerts, p -> p.when(alert -> alert.check().equals("shop")))
                        .start()) {
            await().until(() -> monitor.isUp("shop"));
            await().until(() -> monitor.incidents().openOf("gone").isPresent());
            assertThat(monitor.incidents().openOf("gone").orElseThrow().failure())
                    .isEqualTo(FailureKind.STATUS);

            Instant stopping = Instant.now();
            nginx.stop();
            Instant stopped = Instant.now();
            await().until(() -> alerts.kinds().contains(AlertKind.DOWN));
            Alert down = alerts.alerts().get(0);
            assertThat(down.failure()).isEqualTo(FailureKind.CONNECT);
            assertThat(down.since()).isBetween(stopping.minusMillis(200), stopped.plusSeconds(5));

            Instant starting = Instant.now();
            nginx.restart();
            await().until(() -> alerts.kinds().contains(AlertKind.RECOVERED));
            Instant recovered = Instant.now();
            assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
            Alert back = alerts.alerts().get(1);
            assertThat(back.since()).isEqualTo(down.since());
            assertThat(back.duration())
                    .isBetween(Duration.between(down.since(), starting), Duration.between(down.since(), recovered));
            assertThat(monitor.incidents().closed()).singleElement().satisfies(incident -> {
                assertThat(incident.id()).isEqualTo(down.incidentId());
                assertThat(incident.endedAt()).isBetween(starting, recovered);
            });
        }
    }

    private static Path nginx() {
        return NginxServer.program().orElseThrow(() -> {
            String message =
                    "nginx is not installed, so NginxTest proves nothing here; install the package nginx-light";
            if ("true".equals(System.getenv("CI"))) {
                return new IllegalStateException(message);
            }
            LoggerFactory.getLogger(NginxTest.class).warn("SKIPPED: {}", message);
            return new TestAbortedException(message);
        });
    }
}
