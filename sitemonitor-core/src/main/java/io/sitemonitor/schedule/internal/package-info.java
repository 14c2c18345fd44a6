/**
 * The timers of an engine, the threads of the system platform and the grid that due times keep. Imports {@code time}.
 * Timers fire on their loop's thread only and can be moved forward from any thread.
 */
@NullMarked
package io.sitemonitor.schedule.internal;

import org.jspecify.annotations.NullMarked;
