/**
 * The whole library in one program: sites are watched, alerts travel through a broker, a consumer logs and mails them.
 * Imports the public packages of the core and of the AMQP module only. Each class says which thread it belongs to.
 */
@NullMarked
package io.sitemonitor.examples.plain;

import org.jspecify.annotations.NullMarked;
