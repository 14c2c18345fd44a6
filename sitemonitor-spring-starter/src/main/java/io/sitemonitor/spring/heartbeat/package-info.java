/**
 * The entrance for signs of life that jobs send over HTTP: {@link io.sitemonitor.spring.heartbeat.HeartbeatReceiver} decides,
 * {@link io.sitemonitor.spring.heartbeat.HeartbeatRoutes} are its addresses in Spring MVC. Imports the monitor and its
 * heartbeat checks. Both hold no state of their own and are safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.spring.heartbeat;

import org.jspecify.annotations.NullMarked;
