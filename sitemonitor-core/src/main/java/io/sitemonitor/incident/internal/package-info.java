/**
 * The incidents that a monitor remembers: {@link io.sitemonitor.incident.internal.RecentIncidents}. Imports only the room
 * in front. Safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.incident.internal;

import org.jspecify.annotations.NullMarked;
