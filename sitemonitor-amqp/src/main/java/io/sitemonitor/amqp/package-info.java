/**
 * Alerts over RabbitMQ: {@link io.sitemonitor.amqp.AmqpAlertPublisher} sends what a monitor tells and
 * {@link io.sitemonitor.amqp.AmqpAlertConsumer} hands it to listeners in another process; what the messages look like is
 * in {@code message}; {@link io.sitemonitor.amqp.AmqpBroker} says where the broker is. Imports the alerts and ids of the
 * core, and the RabbitMQ client in {@code internal} and {@link io.sitemonitor.amqp.AmqpConnections} only. Publisher and consumer
 * are safe for use by any number of threads; their builders are for one.
 */
@NullMarked
package io.sitemonitor.amqp;

import org.jspecify.annotations.NullMarked;
