/**
 * What people and other systems are told: an {@link io.sitemonitor.alert.Alert}, given to every
 * {@link io.sitemonitor.alert.AlertListener} that its {@link io.sitemonitor.alert.AlertPolicy} selects; each destination
 * has a folder of its own below. Imports {@code check}, {@code state}, {@code incident}, {@code event},
 * {@code definition}, {@code schedule} and {@code breaker}. Values are immutable; each listener is called by one thread
 * at a time.
 */
@NullMarked
package io.sitemonitor.alert;

import org.jspecify.annotations.NullMarked;
