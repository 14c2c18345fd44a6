/**
 * Alerts in a recording of Java Flight Recorder: {@link io.sitemonitor.alert.jfr.JfrListener}. Imports {@code alert} and
 * {@code check}, and the module {@code jdk.jfr}, which may be absent; nobody imports it. Safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.alert.jfr;

import org.jspecify.annotations.NullMarked;
