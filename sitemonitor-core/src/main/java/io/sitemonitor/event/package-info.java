/**
 * Facts about runs, states, incidents and the monitor itself, told to every
 * {@link io.sitemonitor.event.MonitorListener}. Imports {@code check}, {@code state} and {@code incident}. Events are
 * immutable; each listener is called by one thread at a time, in the order in which things happened to each check.
 */
@NullMarked
package io.sitemonitor.event;

import org.jspecify.annotations.NullMarked;
