package io.sitemonitor.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Somebody else on the same broker: knows the contract of the queue and nothing of us. */
final class PlainClient implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Connection connection;
    private final Channel channel;
    private final List<Received> received = new CopyOnWriteArrayList<>();

    private PlainClient(Connection connection) throws IOException {
        this.connection = connection;
        channel = connection.createChannel();
    }

    static PlainClient connect(String uri) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        AmqpAddress address = AmqpAddress.parse(uri);
        factory.setHost(address.host());
        factory.setPort(address.port());
        factory.setUsername(address.user());
        factory.setPassword(address.password());
        factory.setVirtualHost(address.virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        return new PlainClient(factory.newConnection("plain"));
    }

    Channel channel() {
        return channel;
    }

    /** Deletes everything that a test may have left. */
    PlainClient wipe() throws Exception {
        delete(wiping -> wiping.queueDelete("alert_queue"));
        delete(wiping -> wiping.queueDelete("alert_queue.dead"));
        delete(wiping -> wiping.exchangeDelete("site_monitor"));
        return this;
    }

    /** Not every broker forgives the deletion of what is not there. */
    private void delete(Deletion deletion) throws IOException {
        Channel wiping = connection.createChannel();
        try {
            deletion.run(wiping);
            wiping.abort();
        } catch (IOException e) {
            if (wiping.isOpen() || !connection.isOpen()) {
                throw e;
            }
        }
    }

    void declareExchange() throws IOException {
        channel.exchangeDeclare("site_monitor", BuiltinExchangeType.DIRECT, true, false, false, null);
    }

    /** Declares as the old consumer does, strictly: it fails if anything is different. */
    PlainClient declareQueue() throws IOException {
        declareExchange();
        channel.queueDeclare("alert_queue", true, false, false, null);
        channel.queueBind("alert_queue", "site_monitor", "sites_status_key");
        return this;
    }

    /** Consumes as the old consumer does: strings only, acknowledged one by one. */
    PlainClient consume() throws IOException {
        channel.basicConsume(
                "alert_queue",
                false,
                (tag, delivery) -> {
                    Map<String, String> fields = JSON.readValue(delivery.getBody(), new TypeReference<>() {});
                    received.add(new Received(fields, delivery.getProperties()));
                    channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
                },
                tag -> {});
        return this;
    }

    List<Received> received() {
        return received;
    }

    /** Takes everything that lies in a queue, and returns all that was ever received. */
    List<Received> drain(String queue) throws IOException {
        take(queue);
        return received;
    }

    /** Takes everything that lies in a queue. */
    List<Received> take(String queue) throws IOException {
        List<Received> taken = new ArrayList<>();
        GetResponse response = channel.basicGet(queue, true);
        while (response != null) {
            Map<String, String> fields = JSON.readValue(response.getBody(), new TypeReference<>() {});
            taken.add(new Received(fields, response.getProps()));
            response = channel.basicGet(queue, true);
        }
        received.addAll(taken);
        return taken;
    }

    GetResponse get(String queue) throws IOException {
        return channel.basicGet(queue, true);
    }

    long waiting(String queue) throws IOException {
        return channel.messageCount(queue);
    }

    void send(String body) throws IOException {
        send(
                body,
                new AMQP.BasicProperties.Builder()
                        .contentType("application/json")
                        .deliveryMode(2)
                        .build());
    }

    void send(String body, AMQP.BasicProperties properties) throws IOException {
        channel.basicPublish("site_monitor", "sites_status_key", properties, body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        connection.abort(2_000);
    }

    private interface Deletion {
        void run(Channel channel) throws IOException;
    }

    record Received(Map<String, String> fields, AMQP.BasicProperties properties) {}
}
