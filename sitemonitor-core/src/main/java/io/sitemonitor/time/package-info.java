/**
 * What time it is: wall time for people and monotonic time for measuring, kept apart. Imports nothing. Implementations
 * are safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.time;

import org.jspecify.annotations.NullMarked;
