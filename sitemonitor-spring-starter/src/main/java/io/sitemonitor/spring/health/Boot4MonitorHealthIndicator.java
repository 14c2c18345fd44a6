package io.sitemonitor.spring.health;

import java.util.Objects;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Hands {@link MonitorHealth} to Spring Boot 4.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class Boot4MonitorHealthIndicator implements HealthIndicator {

    private final MonitorHealth health;

    /**
     * Creates an indicator.
     *
     * @param health what it tells
     */
    public Boot4MonitorHealthIndicator(MonitorHealth health) {
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
