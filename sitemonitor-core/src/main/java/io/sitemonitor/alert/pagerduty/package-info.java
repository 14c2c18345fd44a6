/**
 * Alerts as events of PagerDuty: {@link io.sitemonitor.alert.pagerduty.PagerDutyListener}. Imports {@code alert} and {@code check}, OkHttp and Jackson;
 * nobody imports it. Listeners are immutable and safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.alert.pagerduty;

import org.jspecify.annotations.NullMarked;
