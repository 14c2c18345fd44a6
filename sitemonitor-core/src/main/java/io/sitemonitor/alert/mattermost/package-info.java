/**
 * Alerts in a channel of Mattermost or Rocket.Chat: {@link io.sitemonitor.alert.mattermost.MattermostListener}. Imports {@code alert} and {@code check}, OkHttp and Jackson;
 * nobody imports it. Listeners are immutable and safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.alert.mattermost;

import org.jspecify.annotations.NullMarked;
