/**
 * Alerts written down: {@link io.sitemonitor.alert.log.IncidentLogListener} appends a line to a file,
 * {@link io.sitemonitor.alert.log.Slf4jListener} to the log of the host. Imports {@code alert}, Jackson and SLF4J; nobody
 * imports it. Listeners are immutable and safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.alert.log;

import org.jspecify.annotations.NullMarked;
