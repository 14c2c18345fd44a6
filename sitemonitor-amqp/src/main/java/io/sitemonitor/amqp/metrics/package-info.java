/**
 * Meters of publishers, consumers and remote monitors in a Micrometer registry, for hosts that have one on their class path. Imports the front room
 * and Micrometer, and nobody imports it. Meters read counts that are kept anyway, in whichever thread asks.
 */
@NullMarked
package io.sitemonitor.amqp.metrics;

import org.jspecify.annotations.NullMarked;
