package io.sitemonitor.event;

import java.time.Instant;
import java.util.List;

/**
 * A target source was read and something changed, or rows were rejected.
 *
 * @param monitor the name of the monitor
 * @param source the name of the source
 * @param at when
 * @param added how many checks were added
 * @param replaced how many checks were replaced
 * @param removed how many checks were removed
 * @param rejected what is wrong with each row that cannot be used
 */
public record TargetsLoaded(
        String monitor, String source, Instant at, int added, int replaced, int removed, List<String> rejected)
        implements MonitorEvent {

    /** Creates the event; the list is copied. */
    public TargetsLoaded {
        rejected = List.copyOf(rejected);
    }
}
