/**
 * Meters for Micrometer: {@link io.sitemonitor.metrics.MonitorMetrics} is a listener that turns events into the meters
 * that {@link io.sitemonitor.metrics.MeterNames} lists. Imports {@code check}, {@code state} and {@code event}, and is
 * the only room that meets Micrometer, which is optional. Safe for use by any number of threads; a run costs two map
 * look-ups and one recording, without allocation.
 */
@NullMarked
package io.sitemonitor.metrics;

import org.jspecify.annotations.NullMarked;
