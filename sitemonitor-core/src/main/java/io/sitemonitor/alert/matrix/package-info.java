/**
 * Alerts in a room of Matrix: {@link io.sitemonitor.alert.matrix.MatrixListener}. Imports {@code alert} and {@code check}, OkHttp and Jackson;
 * nobody imports it. Listeners are immutable and safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.alert.matrix;

import org.jspecify.annotations.NullMarked;
