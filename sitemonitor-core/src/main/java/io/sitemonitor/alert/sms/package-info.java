/**
 * Alerts as text messages: {@link io.sitemonitor.alert.sms.SmsListener} hands them to Africa's Talking or Twilio. Imports
 * {@code alert}, OkHttp and Jackson; nobody imports it. Listeners are immutable but for the memory of who got an alert
 * already, and safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.alert.sms;

import org.jspecify.annotations.NullMarked;
