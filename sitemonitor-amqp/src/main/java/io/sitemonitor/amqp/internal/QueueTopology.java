package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * The queue of alerts and its binding.
 *
 * @param exchange the exchange
 * @param routingKey the key of the binding
 * @param queue the queue
 */
public record QueueTopology(String exchange, String routingKey, String queue) {

    /**
     * Declares the queue, durable and without arguments, and binds it. If there is no exchange to bind it to, declares
     * that first, just as a publisher would: whoever starts first must not matter.
     */
    void declare(Channel channel) throws IOException, TimeoutException, Link.Troubled {
        try {
            channel.queueDeclare(queue, true, false, false, Map.of());
        } catch (IOException e) {
            throw new Link.Troubled(
                    "cannot declare the queue '" + queue + "' as durable and without arguments: " + Reasons.of(e),
                    e,
                    false);
        }
        if (!bind(channel.getConnection())) {
            new Route.ToExchange(exchange, routingKey).declare(channel);
            channel.queueBind(queue, exchange, routingKey);
        }
    }

    /** Tries on a channel of its own, because the answer that there is no exchange closes it. */
    private boolean bind(Connection connection) throws IOException, TimeoutException {
        Channel binding = Route.requireChannel(connection.createChannel());
        try {
            binding.queueBind(queue, exchange, routingKey);
        } catch (IOException e) {
            if (Reasons.code(e) == AMQP.NOT_FOUND) {
                return false;
            }
            throw e;
        }
        binding.close();
        return true;
    }
}
