/**
 * Alerts as messages of Gotify: {@link io.sitemonitor.alert.gotify.GotifyListener}. Imports {@code alert} and {@code check}, OkHttp and Jackson;
 * nobody imports it. Listeners are immutable and safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.alert.gotify;

import org.jspecify.annotations.NullMarked;
