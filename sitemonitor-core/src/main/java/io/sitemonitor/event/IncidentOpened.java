package io.sitemonitor.event;

import io.sitemonitor.incident.Incident;
import java.time.Instant;

/**
 * An outage was confirmed.
 *
 * @param incident the open incident
 */
public record IncidentOpened(Incident incident) implements CheckEvent {

    @Override
    public String monitor() {
        return incident.monitor();
    }

    @Override
    public String check() {
        return incident.check();
    }

    @Override
    public Instant at() {
        return incident.confirmedAt();
    }
}
