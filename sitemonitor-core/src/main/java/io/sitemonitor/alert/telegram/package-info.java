/**
 * Alerts in a chat of Telegram: {@link io.sitemonitor.alert.telegram.TelegramListener}. Imports {@code alert} and {@code check}, OkHttp and Jackson;
 * nobody imports it. Listeners are immutable and safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.alert.telegram;

import org.jspecify.annotations.NullMarked;
