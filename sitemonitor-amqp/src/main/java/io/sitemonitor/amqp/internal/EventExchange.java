package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import java.io.IOException;

/**
 * The exchange of events: topic and durable, declared by publishers and followers alike, so that it does not matter who starts
 * first.
 *
 * @param name its name
 */
public record EventExchange(String name) {

    void declare(Channel channel) throws Link.Troubled {
        try {
            channel.exchangeDeclare(name, BuiltinExchangeType.TOPIC, true, false, false, null);
        } catch (IOException e) {
            throw new Link.Troubled(
                    "cannot declare the exchange '" + name + "' as topic and durable: " + Reasons.of(e), e, false);
        }
    }
}
