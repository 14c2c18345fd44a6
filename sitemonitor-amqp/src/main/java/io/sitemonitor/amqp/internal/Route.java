package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Where letters go, and what has to be there for it. */
public interface Route {

    /**
     * Returns the exchange.
     *
     * @return its name; empty for the default exchange
     */
    String exchange();

    /**
     * Returns the routing key.
     *
     * @return the key
     */
    String routingKey();

    /**
     * Declares what this route needs and is asked to declare; nothing else.
     *
     * @param channel a fresh channel
     * @throws IOException if the connection ends
     * @throws TimeoutException if a channel of its own could not be closed
     * @throws Link.Troubled if the broker refuses; the channel is closed then
     */
    void declare(Channel channel) throws IOException, TimeoutException, Link.Troubled;

    /**
     * The route of alerts: a direct, durable exchange without arguments is declared, and no queue.
     *
     * @param exchange its name
     * @param routingKey the key
     */
    record ToExchange(String exchange, String routingKey) implements Route {
        @Override
        public void declare(Channel channel) throws Link.Troubled {
            try {
                channel.exchangeDeclare(exchange, BuiltinExchangeType.DIRECT, true, false, false, null);
            } catch (IOException e) {
                throw new Link.Troubled(
                        "cannot declare the exchange '" + exchange + "' as direct and durable: " + Reasons.of(e),
                        e,
                        false);
            }
        }
    }

    /**
     * The route straight to a queue, through the default exchange. A durable queue without arguments is declared if
     * there is none; one that is there is taken as it is.
     *
     * @param queue its name
     */
    record ToQueue(String queue) implements Route {
        @Override
        public String exchange() {
            return "";
        }

        @Override
        public String routingKey() {
            return queue;
        }

        @Override
        public void declare(Channel channel) throws IOException, TimeoutException {
            if (!exists(channel.getConnection())) {
                channel.queueDeclare(queue, true, false, false, Map.of());
            }
        }

        /** Asks on a channel of its own, because the answer that there is none closes it. */
        private boolean exists(Connection connection) throws IOException, TimeoutException {
            Channel asking = requireChannel(connection.createChannel());
            try {
                asking.queueDeclarePassive(queue);
            } catch (IOException e) {
                if (Reasons.code(e) == AMQP.NOT_FOUND) {
                    return false;
                }
                throw e;
            }
            asking.close();
            return true;
        }
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
