package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.AMQP;
import io.sitemonitor.amqp.message.EventMessage;
import io.sitemonitor.amqp.message.SnapshotMessage;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;

/**
 * A message that nobody confirms or repeats.
 *
 * @param routingKey its key
 * @param properties its properties; it is not kept on disk
 * @param body its body
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes are the client's as soon as they are sent
record Post(String routingKey, AMQP.BasicProperties properties, byte[] body) {

    private static final int TRANSIENT = 1;

    static Post of(EventMessage message) {
        return new Post(
                message.routingKey(),
                properties(
                        EventMessage.TYPE,
                        message.origin().id(),
                        message.event().at(),
                        message.headers()),
                message.encode());
    }

    static Post of(SnapshotMessage message) {
        return new Post(
                message.routingKey(),
                properties(
                        SnapshotMessage.TYPE,
                        message.origin().id() + "-" + message.part(),
                        message.at(),
                        message.headers()),
                message.encode());
    }

    private static AMQP.BasicProperties properties(String type, String id, Instant at, Map<String, String> headers) {
        return new AMQP.BasicProperties.Builder()
                .deliveryMode(TRANSIENT)
                .contentType("application/json")
                .contentEncoding("UTF-8")
                .messageId(id)
                .type(type)
                .timestamp(Date.from(at))
                .appId("sitemonitor")
                .headers(new HashMap<>(headers))
                .build();
    }
}
