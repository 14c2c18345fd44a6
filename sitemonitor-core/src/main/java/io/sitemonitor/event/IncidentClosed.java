package io.sitemonitor.event;

import io.sitemonitor.incident.Incident;
import java.time.Instant;

/**
 * An outage is over: its recovery was confirmed, or its check was removed.
 *
 * @param incident the closed incident
 * @param at when that was confirmed, which is later than the incident's end
 */
public record IncidentClosed(Incident incident, Instant at) implements CheckEvent {

    @Override
    public String monitor() {
        return incident.monitor();
    }

    @Override
    public String check() {
        return incident.check();
    }
}
