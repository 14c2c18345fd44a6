/**
 * Checks that a job of the host gives its sign of life in time: {@link io.sitemonitor.check.heartbeat.HeartbeatCheck}.
 * Imports {@code check}, its back room and {@code time} only. A check remembers the last signs of its job in one
 * immutable object that is replaced without a lock; signs and runs may come from any number of threads at once.
 */
@NullMarked
package io.sitemonitor.check.heartbeat;

import org.jspecify.annotations.NullMarked;
