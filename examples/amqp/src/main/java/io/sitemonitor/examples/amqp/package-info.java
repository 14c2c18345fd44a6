/**
 * Alerts over RabbitMQ between two processes: one watches and publishes, the other consumes and tells. Imports the public
 * packages of the core and of the AMQP module only. Everything is opened and closed by one thread.
 */
package io.sitemonitor.examples.amqp;
