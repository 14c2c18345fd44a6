/**
 * How a connection is kept and how messages are sent and taken: {@link io.sitemonitor.amqp.internal.Link} keeps the
 * connection, {@link io.sitemonitor.amqp.internal.Courier} sends, {@link io.sitemonitor.amqp.internal.Intake} takes.
 * Imports the RabbitMQ client, {@code message}, and the core; nothing outside this module may use it. Each engine is one
 * thread that owns its fields and is told everything through a mailbox, so no lock is held while the broker or a
 * listener is called.
 */
@NullMarked
package io.sitemonitor.amqp.internal;

import org.jspecify.annotations.NullMarked;
