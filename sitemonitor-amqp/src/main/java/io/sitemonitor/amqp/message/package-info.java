/**
 * What travels over the wire: {@link io.sitemonitor.amqp.message.SiteStatusMessage}, a flat object of strings that the
 * readers of {@code alert_queue} have always understood. Imports {@code alert}, {@code check}, {@code incident} and
 * {@code state} of the core, and Jackson. Messages are immutable; reading and writing them is safe in any thread.
 */
@NullMarked
package io.sitemonitor.amqp.message;

import org.jspecify.annotations.NullMarked;
