package io.sitemonitor;

import io.sitemonitor.alert.Alert;

/**
 * Something that was told and is to be closed.
 *
 * @param alert what was told
 * @param startedNanos the monotonic time at which it began
 */
record Told(Alert alert, long startedNanos) {}
