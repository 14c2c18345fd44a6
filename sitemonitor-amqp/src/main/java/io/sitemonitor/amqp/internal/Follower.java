package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.sitemonitor.amqp.message.EventMessage;
import io.sitemonitor.amqp.message.RoutingKeys;
import io.sitemonitor.amqp.message.SnapshotMessage;
import io.sitemonitor.amqp.message.UnreadableMessageException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Listens to what is told of one monitor, through a queue of its own that ends with its connection, and gives it to a
 * {@link Mirror}. The link's thread makes the queue; the thread of the client's that delivers reads the messages.
 */
public final class Follower {

    /** Few, for each may be as large as the client accepts. */
    private static final int PREFETCH = 20;

    private static final long LOOK_MILLIS = 200;
    private static final long BIND_AGAIN_NANOS = Duration.ofSeconds(5).toNanos();
    private static final Duration CLOSE_LINK = Duration.ofSeconds(1);

    private final EventExchange exchange;
    private final String monitor;
    private final Mirror mirror;
    private final Link link;
    private final Link.Wiring wiring;
    private final AtomicLong unreadable = new AtomicLong();
    private final AtomicLong ofOthers = new AtomicLong();
    private volatile @Nullable String problem;

    /**
     * Creates a follower; it does nothing before it is started.
     *
     * @param exchange where it is told
     * @param monitor of which monitor
     * @param mirror what takes it
     * @param endpoint where the broker is
     * @param names what things are called
     * @param reports is told of the connection
     * @param wiring the log and the clock
     */
    public Follower(
            EventExchange exchange,
            String monitor,
            Mirror mirror,
            Endpoint endpoint,
            LinkNames names,
            Reports reports,
            Link.Wiring wiring) {
        this.exchange = exchange;
        this.monitor = monitor;
        this.mirror = mirror;
        this.wiring = wiring;
        link = new Link(endpoint, names, this::serve, reports, wiring);
    }

    /** Begins to connect, on a thread of its own. */
    public void start() {
        link.start();
    }

    /**
     * Tells whether it listens.
     *
     * @return whether there is a connection and a queue
     */
    public boolean isUp() {
        return link.isUp();
    }

    /**
     * Returns its connection.
     *
     * @return the link
     */
    public Link link() {
        return link;
    }

    /**
     * Counts the messages that could not be read.
     *
     * @return the number since the start
     */
    public long unreadable() {
        return unreadable.get();
    }

    /**
     * Counts the messages of publishers that send for a monitor of the same name and are not followed.
     *
     * @return the number since the start
     */
    public long ofOthers() {
        return ofOthers.get();
    }

    /** Ends the connection within a second or two. */
    public void close() {
        link.close(CLOSE_LINK);
    }

    private void serve(Channel channel, Link served) throws Exception {
        exchange.declare(channel);
        String queue = channel.queueDeclare("", false, true, true, null).getQueue();
        String pattern = RoutingKeys.allOf(monitor);
        channel.queueBind(queue, exchange.name(), pattern);
        channel.basicQos(PREFETCH);
        Listening listening = new Listening(channel);
        channel.basicConsume(queue, false, listening);
        served.ready();
        long boundAt = wiring.time().nanos();
        while (!served.isClosing()) {
            listening.throwEnd();
            String said = problem;
            if (said != null) {
                problem = null;
                served.complain(said);
            }
            long now = wiring.time().nanos();
            if (!mirror.isFresh() && now - boundAt > BIND_AGAIN_NANOS) {
                // somebody who deletes the exchange takes the binding with it, and nobody is told
                exchange.declare(channel);
                channel.queueBind(queue, exchange.name(), pattern);
                boundAt = now;
            }
        }
    }

    private void read(@Nullable String type, byte[] body) {
        try {
            if (SnapshotMessage.TYPE.equals(type)) {
                count(mirror.take(SnapshotMessage.decode(body)));
            } else if (EventMessage.TYPE.equals(type)) {
                Optional<EventMessage> event = EventMessage.decode(body);
                event.ifPresent(message -> count(mirror.take(message)));
            }
        } catch (UnreadableMessageException e) {
            unreadable.incrementAndGet();
            problem = "a message cannot be read: " + e.getMessage();
        } catch (RuntimeException e) {
            unreadable.incrementAndGet();
            problem = "a message cannot be read: " + Reasons.of(e);
        }
    }

    private void count(boolean taken) {
        if (!taken) {
            ofOthers.incrementAndGet();
            problem = "there are several publishers for monitor '" + monitor
                    + "'; the one that was started last is followed";
        }
    }

    /** The use of one channel. */
    private final class Listening extends DefaultConsumer {
        private final CompletableFuture<Exception> end = new CompletableFuture<>();

        Listening(Channel channel) {
            super(channel);
        }

        /** Throws why it has ended, if it does so soon. */
        void throwEnd() throws Exception {
            try {
                throw end.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                wiring.log().trace("still listening", e);
            }
        }

        @Override
        public void handleDelivery(
                String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            read(properties.getType(), body);
            try {
                getChannel().basicAck(envelope.getDeliveryTag(), false);
            } catch (IOException | RuntimeException e) {
                // the channel has ended, and with it the queue
                wiring.log().debug("a message could not be acknowledged", e);
            }
        }

        @Override
        public void handleCancel(String consumerTag) {
            end.complete(new Link.Troubled("the broker cancelled the subscription to the events", null, false));
        }

        @Override
        public void handleShutdownSignal(String consumerTag, ShutdownSignalException cause) {
            end.complete(cause);
        }
    }
}
