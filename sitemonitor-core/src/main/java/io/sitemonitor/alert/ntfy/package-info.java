/**
 * Alerts as notifications of ntfy: {@link io.sitemonitor.alert.ntfy.NtfyListener}. Imports {@code alert} and {@code check}, OkHttp and Jackson;
 * nobody imports it. Listeners are immutable and safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.alert.ntfy;

import org.jspecify.annotations.NullMarked;
