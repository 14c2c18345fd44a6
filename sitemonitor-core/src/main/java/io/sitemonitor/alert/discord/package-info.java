/**
 * Alerts in a channel of Discord: {@link io.sitemonitor.alert.discord.DiscordListener}. Imports {@code alert} and {@code check}, OkHttp and Jackson;
 * nobody imports it. Listeners are immutable and safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.alert.discord;

import org.jspecify.annotations.NullMarked;
