/**
 * Alerts in a channel of Slack: {@link io.sitemonitor.alert.slack.SlackListener}. Imports {@code alert} and {@code check}, OkHttp and Jackson;
 * nobody imports it. Listeners are immutable and safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.alert.slack;

import org.jspecify.annotations.NullMarked;
