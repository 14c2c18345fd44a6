/**
 * Alerts in a space of Google Chat: {@link io.sitemonitor.alert.googlechat.GoogleChatListener}. Imports {@code alert} and {@code check}, OkHttp and Jackson;
 * nobody imports it. Listeners are immutable and safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.alert.googlechat;

import org.jspecify.annotations.NullMarked;
