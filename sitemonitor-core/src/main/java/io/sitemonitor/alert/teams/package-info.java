/**
 * Alerts in Microsoft Teams: {@link io.sitemonitor.alert.teams.TeamsListener}. Imports {@code alert} and {@code check}, OkHttp and Jackson;
 * nobody imports it. Listeners are immutable and safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.alert.teams;

import org.jspecify.annotations.NullMarked;
