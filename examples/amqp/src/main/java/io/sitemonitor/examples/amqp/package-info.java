/**
 * Alerts over RabbitMQ between processes: one watches and publishes, others consume and tell. Imports the public
 * packages of the core and of the AMQP module only. Everything is opened and closed by one thread.
 */
package io.sitemonitor.examples.amqp;
