package io.sitemonitor.amqp.check;

import io.sitemonitor.check.Expectation;
import org.jspecify.annotations.Nullable;

/** What a queue should be like, for {@link RabbitCheck#expectQueue}. */
public final class QueueExpectation {

    private QueueExpectation() {}

    /**
     * Expects that less than so many messages wait in a queue. With {@code orWarn()} it becomes an early warning:
     *
     * <pre>{@code
     * .expectQueue("jobs", depthBelow(1_000).orWarn(), depthBelow(10_000))
     * }</pre>
     *
     * @param messages how many messages are too many, at least 1
     * @return the expectation; equal to any other with the same number
     * @throws IllegalArgumentException if the number is less than 1
     */
    public static Expectation<QueueState> depthBelow(long messages) {
        return new DepthBelow(messages);
    }

    /**
     * Expects that a queue has at least so many consumers.
     *
     * @param least the least number of consumers, at least 1
     * @return the expectation; equal to any other with the same number
     * @throws IllegalArgumentException if the number is less than 1
     */
    public static Expectation<QueueState> consumersAtLeast(int least) {
        return new ConsumersAtLeast(least);
    }

    private static void requirePositive(String what, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, but was " + value);
        }
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private record DepthBelow(long messages) implements Expectation<QueueState> {
        DepthBelow {
            requirePositive("messages", messages);
        }

        @Override
        public @Nullable String objection(QueueState queue) {
            return queue.messages() < messages
                    ? null
                    : "queue '" + queue.name() + "' has " + counted(queue.messages(), "message") + ", not less than "
                            + messages;
        }
    }

    private record ConsumersAtLeast(int least) implements Expectation<QueueState> {
        ConsumersAtLeast {
            requirePositive("consumers", least);
        }

        @Override
        public @Nullable String objection(QueueState queue) {
            return queue.consumers() >= least
                    ? null
                    : "queue '" + queue.name() + "' has " + counted(queue.consumers(), "consumer") + ", less than "
                            + least;
        }
    }
}
