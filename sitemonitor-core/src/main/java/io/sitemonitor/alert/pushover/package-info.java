/**
 * Alerts as notifications of Pushover: {@link io.sitemonitor.alert.pushover.PushoverListener}. Imports {@code alert} and {@code check}, OkHttp and Jackson;
 * nobody imports it. Listeners are immutable and safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.alert.pushover;

import org.jspecify.annotations.NullMarked;
