package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One thing that is to be there on the broker. Its text says which, for people. Immutable. */
public sealed interface Declaration {

    /**
     * Declares it.
     *
     * @throws IOException if the broker refuses, or the connection ends; the channel is closed then
     */
    void declare(Channel channel) throws IOException;

    /**
     * Asks whether it is there. A binding cannot be asked for.
     *
     * @throws IOException if it is not, or the connection ends; the channel is closed then
     */
    void check(Channel channel) throws IOException;

    /** Tells whether it is declared only if there is none of that name: whatever is there is taken as it is. */
    default boolean isOnlyIfAbsent() {
        return false;
    }

    /**
     * A durable exchange without arguments.
     *
     * @param name its name
     * @param type its type, such as topic
     * @param isOnlyIfAbsent whether one that is there is taken as it is
     */
    record Exchange(String name, String type, boolean isOnlyIfAbsent) implements Declaration {
        @Override
        public void declare(Channel channel) throws IOException {
            channel.exchangeDeclare(name, type, true, false, false, null);
        }

        @Override
        public void check(Channel channel) throws IOException {
            channel.exchangeDeclarePassive(name);
        }

        @Override
        public String toString() {
            return "the exchange '" + name + "' as " + type + " and durable";
        }
    }

    /**
     * A durable queue.
     *
     * @param name its name
     * @param arguments its arguments; none if empty
     * @param isOnlyIfAbsent whether one that is there is taken as it is
     */
    record Queue(String name, Map<String, Object> arguments, boolean isOnlyIfAbsent) implements Declaration {

        /** Copies the arguments. */
        public Queue {
            arguments = Map.copyOf(arguments);
        }

        @Override
        public void declare(Channel channel) throws IOException {
            channel.queueDeclare(name, true, false, false, arguments);
        }

        @Override
        public void check(Channel channel) throws IOException {
            channel.queueDeclarePassive(name);
        }

        @Override
        public String toString() {
            return "the queue '" + name + "' as durable and "
                    + (arguments.isEmpty() ? "without arguments" : "with " + new TreeMap<>(arguments));
        }
    }

    /**
     * A binding of a queue to an exchange.
     *
     * @param queue the queue
     * @param exchange the exchange
     * @param key the key
     */
    record Binding(String queue, String exchange, String key) implements Declaration {
        @Override
        public void declare(Channel channel) throws IOException {
            channel.queueBind(queue, exchange, key);
        }

        @Override
        public void check(Channel channel) {
            Objects.requireNonNull(channel, "channel"); // AMQP has no question for it; what is not routed is returned
        }

        @Override
        public String toString() {
            return "the binding of '" + queue + "' to '" + exchange + "' with '" + key + "'";
        }
    }

    /**
     * Asks on a channel of its own whether it is there, because the answer that it is not closes the channel.
     *
     * @param connection the connection
     * @return whether it is there
     * @throws IOException if the broker refuses to say, or the connection ends
     * @throws TimeoutException if the channel could not be closed
     */
    default boolean exists(Connection connection) throws IOException, TimeoutException {
        Channel asking = requireChannel(connection.createChannel());
        try {
            check(asking);
        } catch (IOException e) {
            if (Reasons.code(e) == AMQP.NOT_FOUND) {
                return false;
            }
            throw e;
        }
        asking.close();
        return true;
    }

    /**
     * Refuses the null that the client returns when the broker allows no further channel.
     *
     * @param channel what the client returned
     * @return the channel
     * @throws IOException if there is none
     */
    static Channel requireChannel(@Nullable Channel channel) throws IOException {
        if (channel == null) {
            throw new IOException("the broker allows no further channel");
        }
        return channel;
    }
}
