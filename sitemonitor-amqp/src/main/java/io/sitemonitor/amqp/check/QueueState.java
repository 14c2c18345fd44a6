package io.sitemonitor.amqp.check;

/**
 * What a broker tells of a queue.
 *
 * @param name the name of the queue
 * @param messages how many messages wait in it; those that a consumer has taken and not yet acknowledged are not counted
 * @param consumers how many consumers it has
 */
public record QueueState(String name, long messages, long consumers) {}
