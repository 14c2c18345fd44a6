/**
 * When checks are due and what an engine runs on: {@link io.sitemonitor.schedule.Schedule} and
 * {@link io.sitemonitor.schedule.Platform}. Imports only {@code time}. Values are immutable; the threads themselves are
 * in the back room.
 */
@NullMarked
package io.sitemonitor.schedule;

import org.jspecify.annotations.NullMarked;
