/**
 * Confirmed outages: an {@link io.sitemonitor.incident.Incident} from its first failed run to the first passing run of
 * its confirmed recovery, and the {@link io.sitemonitor.incident.IncidentHistory} of the recent ones. Imports
 * {@code check} and {@code state}. Incidents are immutable; the history is safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.incident;

import org.jspecify.annotations.NullMarked;
