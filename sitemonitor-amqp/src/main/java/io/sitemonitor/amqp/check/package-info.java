/**
 * Checks RabbitMQ: {@link io.sitemonitor.amqp.check.RabbitCheck}. Imports the checks of the core, the address of a broker and
 * the rule for names; it speaks AMQP itself, without the RabbitMQ client, so that no run leaves threads behind. Its checks are
 * immutable and safe for use by any number of threads; they wait on the thread of the run.
 */
@NullMarked
package io.sitemonitor.amqp.check;

import org.jspecify.annotations.NullMarked;
