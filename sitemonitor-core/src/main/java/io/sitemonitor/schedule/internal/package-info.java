/**
 * The timers of an engine, the threads of the system platform, the grid that due times keep, and calendars: cron fields,
 * rules for days, times and spans. Imports {@code time}. Timers fire on their loop's thread only and can be moved forward
 * from any thread; calendars are immutable.
 */
@NullMarked
package io.sitemonitor.schedule.internal;

import org.jspecify.annotations.NullMarked;
