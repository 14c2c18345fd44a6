/**
 * How a connection is kept and how messages are sent and taken: {@link io.sitemonitor.amqp.internal.Link} keeps the
 * connection, {@link io.sitemonitor.amqp.internal.Courier} sends, {@link io.sitemonitor.amqp.internal.Intake} takes;
 * {@link io.sitemonitor.amqp.internal.Broadcast} tells events, {@link io.sitemonitor.amqp.internal.Follower} listens to them and
 * {@link io.sitemonitor.amqp.internal.Mirror} knows what they say. Imports the RabbitMQ client, {@code message}, and the core; nothing outside this module may use it. Each engine is one
 * thread that owns its fields and is told everything through a mailbox, and the mirror is written under its own lock and read
 * without; so no lock is held while the broker or a listener is called.
 */
@NullMarked
package io.sitemonitor.amqp.internal;

import org.jspecify.annotations.NullMarked;
