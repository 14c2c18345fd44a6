/**
 * When checks are due ({@link io.sitemonitor.schedule.Schedule}), when work is done on their targets
 * ({@link io.sitemonitor.schedule.MaintenanceWindow}) and what an engine runs on
 * ({@link io.sitemonitor.schedule.Platform}). Imports only {@code time}. Values are immutable; the threads themselves are
 * in the back room.
 */
@NullMarked
package io.sitemonitor.schedule;

import org.jspecify.annotations.NullMarked;
