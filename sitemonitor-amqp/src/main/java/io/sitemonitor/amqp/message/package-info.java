/**
 * What travels over the wire: {@link io.sitemonitor.amqp.message.SiteStatusMessage}, a flat object of strings that the
 * readers of {@code alert_queue} have always understood, and {@link io.sitemonitor.amqp.message.AlertMessage}, all of an alert in
 * a form with a version and a schema. Imports {@code alert}, {@code check}, {@code incident} and {@code state} of the core, and
 * Jackson. Messages are immutable; reading and writing them is safe in any thread.
 */
@NullMarked
package io.sitemonitor.amqp.message;

import org.jspecify.annotations.NullMarked;
