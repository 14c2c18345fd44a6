/**
 * Alerts and events over RabbitMQ: {@link io.sitemonitor.amqp.AmqpAlertPublisher} sends what a monitor tells and
 * {@link io.sitemonitor.amqp.AmqpAlertConsumer} hands it to listeners in another process;
 * {@link io.sitemonitor.amqp.AmqpEventPublisher} tells what happens in a monitor and
 * {@link io.sitemonitor.amqp.RemoteMonitor} knows it elsewhere; what the messages look like is in {@code message}. Imports the
 * monitor, its alerts and its events from the core, and the RabbitMQ client in {@code internal} only. All four are safe for use
 * by any number of threads; their builders are for one.
 */
@NullMarked
package io.sitemonitor.amqp;

import org.jspecify.annotations.NullMarked;
