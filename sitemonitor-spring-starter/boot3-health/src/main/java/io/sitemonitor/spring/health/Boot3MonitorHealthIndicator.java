package io.sitemonitor.spring.health;

import java.util.Objects;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * Hands {@link MonitorHealth} to Spring Boot 3.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class Boot3MonitorHealthIndicator implements HealthIndicator {

    private final MonitorHealth health;

    /**
     * Creates an indicator.
     *
     * @param health what it tells
     */
    public Boot3MonitorHealthIndicator(MonitorHealth health) {
        this.health = Objects.requireNonNull(health, "health");
    }

    @Override
    public Health health() {
        MonitorHealth.Report report = health.report();
        return Health.status(report.status().name())
                .withDetails(report.details())
                .build();
    }
}
