/**
 * What travels over the wire: {@link io.sitemonitor.amqp.message.SiteStatusMessage}, a flat object of strings that the
 * readers of {@code alert_queue} have always understood, {@link io.sitemonitor.amqp.message.AlertMessage}, all of an alert,
 * and {@link io.sitemonitor.amqp.message.EventMessage} and {@link io.sitemonitor.amqp.message.SnapshotMessage}, which tell of a
 * monitor: these three have versions and schemas. Imports {@code alert}, {@code check}, {@code definition}, {@code event},
 * {@code incident} and {@code state} of the core, and Jackson. Messages are immutable; reading and writing them is safe in any thread.
 */
@NullMarked
package io.sitemonitor.amqp.message;

import org.jspecify.annotations.NullMarked;
