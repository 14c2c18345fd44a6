package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The use of one channel by an intake: sees to it that the queue is there, subscribes, and looks after both. Belongs to the link's
 * thread; the client's threads hand over what is delivered, and say how it ended.
 */
final class Subscription {

    private static final long RENEW_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long LOOK_MILLIS = 200;

    /** Is given each message that comes, by a thread of the client. Must return at once. */
    @FunctionalInterface
    interface Deliveries {
        void take(long tag, AMQP.BasicProperties properties, byte[] body);
    }

    private final IntakeSettings settings;
    private final Link.Wiring wiring;
    private final Channel channel;
    private final Deliveries deliveries;
    private final CompletableFuture<Exception> end = new CompletableFuture<>();

    Subscription(IntakeSettings settings, Link.Wiring wiring, Channel channel, Deliveries deliveries) {
        this.settings = settings;
        this.wiring = wiring;
        this.channel = channel;
        this.deliveries = deliveries;
    }

    /** Takes messages until the channel ends or the link is closing. */
    void serve(Link served) throws Exception {
        settings.needs().apply(channel);
        channel.basicQos(settings.prefetch());
        subscribe();
        served.ready();
        while (goesOn(served)) {
            renew(served);
        }
    }

    private void subscribe() throws IOException, Link.Troubled {
        boolean exclusive = settings.exclusive();
        try {
            channel.basicConsume(settings.queue(), false, "", false, exclusive, null, new Listening());
        } catch (IOException e) {
            if (exclusive && Reasons.code(e) == AMQP.ACCESS_REFUSED) {
                throw new Link.Troubled(
                        "cannot have the queue '" + settings.queue() + "' to itself, as configured: " + Reasons.of(e),
                        e,
                        false);
            }
            throw e;
        }
    }

    /** Waits for a while; returns whether it goes on after that. */
    private boolean goesOn(Link served) throws Exception {
        long until = wiring.time().nanos() + RENEW_NANOS;
        while (!served.isClosing() && wiring.time().nanos() - until < 0) {
            try {
                throw end.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                // looks whether it is to close, and goes on waiting
                continue;
            }
        }
        return !served.isClosing();
    }

    /**
     * Declares again what may have gone without a word: when an exchange is deleted, and made again by somebody else, its bindings
     * are gone, and the subscription hears nothing of it. On a channel of its own, so that a refusal ends nothing.
     */
    private void renew(Link served) throws IOException {
        if (settings.needs().mode() != Declarations.Mode.DECLARE) {
            return;
        }
        Channel declaring = Declaration.requireChannel(channel.getConnection().createChannel());
        try {
            settings.needs().apply(declaring);
        } catch (IOException | TimeoutException | Link.Troubled e) {
            served.complain(Reasons.of(e));
        }
        if (declaring.isOpen()) {
            declaring.abort();
        }
    }

    private final class Listening extends DefaultConsumer {

        Listening() {
            super(channel);
        }

        @Override
        public void handleDelivery(
                String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            deliveries.take(envelope.getDeliveryTag(), properties, body);
        }

        @Override
        public void handleCancel(String consumerTag) {
            end.complete(new Link.Troubled(
                    "the broker cancelled the subscription to '" + settings.queue() + "'", null, false));
        }

        @Override
        public void handleShutdownSignal(String consumerTag, ShutdownSignalException cause) {
            end.complete(cause);
        }
    }
}
