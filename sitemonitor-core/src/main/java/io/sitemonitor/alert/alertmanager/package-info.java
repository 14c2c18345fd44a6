/**
 * Alerts as alerts of a Prometheus Alertmanager: {@link io.sitemonitor.alert.alertmanager.AlertmanagerListener}. Imports
 * {@code alert} and {@code check}, OkHttp and Jackson; nobody imports it. Listeners are immutable but for the memory of how
 * much an incident matters, and safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.alert.alertmanager;

import org.jspecify.annotations.NullMarked;
