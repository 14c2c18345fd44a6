package io.sitemonitor.incident;

import java.util.List;
import java.util.Optional;

/** The incidents that a monitor remembers: all open ones, and the most recent closed ones. */
public interface IncidentHistory {

    /**
     * Returns what is wrong right now.
     *
     * @return the open incidents, the longest first; a copy
     */
    List<Incident> open();

    /**
     * Returns the closed incidents that are still remembered.
     *
     * @return at most 1,000 incidents, the latest first; a copy
     */
    List<Incident> closed();

    /**
     * Returns the open incident of a check.
     *
     * @param check the name of the check
     * @return the incident, or empty if that check has none or is not known
     */
    Optional<Incident> openOf(String check);
}
