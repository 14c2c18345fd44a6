/**
 * Alerts and events over RabbitMQ: {@link io.sitemonitor.amqp.AmqpAlertPublisher} sends what a monitor tells and
 * {@link io.sitemonitor.amqp.AmqpAlertConsumer} hands it to listeners in another process;
 * {@link io.sitemonitor.amqp.AmqpEventPublisher} tells what happens in a monitor and
 * {@link io.sitemonitor.amqp.RemoteMonitor} knows it elsewhere; {@link io.sitemonitor.amqp.AmqpBroker} says where the broker is,
 * {@link io.sitemonitor.amqp.AmqpTopology} what is on it, and {@code message} what the messages look like. Imports the
 * monitor, its alerts, events and stores from the core, and the RabbitMQ client in {@code internal} and
 * {@link io.sitemonitor.amqp.AmqpConnections} only. All that connect are safe for use by
 * any number of threads; their builders are for one.
 */
@NullMarked
package io.sitemonitor.amqp;

import org.jspecify.annotations.NullMarked;
