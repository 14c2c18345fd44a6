package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.sitemonitor.amqp.message.EventMessage;
import io.sitemonitor.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells whoever listens: sends events in the order in which they are offered, and a snapshot at once with every new channel and
 * then again and again. Nothing is confirmed, kept or repeated, for the next snapshot makes up for every loss.
 *
 * <p>The thread of the link sends, and makes the snapshots; {@link #offer} only puts something into a bounded queue.
 */
public final class Broadcast {

    private static final long LONGEST_WAIT_NANOS = Duration.ofMillis(200).toNanos();
    private static final Duration CLOSE_LINK = Duration.ofSeconds(1);

    private final EventExchange exchange;
    private final Snapshots snapshots;
    private final long periodNanos;
    private final LinkedBlockingDeque<EventMessage> waiting;
    private final Semaphore unblocked = new Semaphore(0);
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final TimeSource time;
    private final Link link;
    private volatile boolean hastened;
    private volatile boolean closed;

    // of the thread of the link
    private long saidDropped;

    /**
     * Creates a broadcast; it does nothing before it is started.
     *
     * @param exchange where to
     * @param endpoint where the broker is
     * @param names what things are called
     * @param capacity how many events can wait; beyond that the oldest are dropped
     * @param snapshots makes the snapshots, and says how often
     * @param reports is told of the connection
     * @param wiring the log and the clock
     */
    public Broadcast(
            EventExchange exchange,
            Endpoint endpoint,
            LinkNames names,
            int capacity,
            Snapshots snapshots,
            Reports reports,
            Link.Wiring wiring) {
        this.exchange = exchange;
        this.snapshots = snapshots;
        periodNanos = snapshots.every().toNanos();
        waiting = new LinkedBlockingDeque<>(capacity);
        time = wiring.time();
        link = new Link(endpoint, names, new Service(), reports, wiring);
    }

    /** Begins to connect, on a thread of its own. */
    public void start() {
        link.start();
    }

    /**
     * Tells whether events can be sent now.
     *
     * @return whether a channel is open and the broker takes messages
     */
    public boolean isReady() {
        return link.isUp() && link.blockedBy() == null;
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
     * Returns how many events wait to be sent.
     *
     * @return the number
     */
    public int waiting() {
        return waiting.size();
    }

    /**
     * Returns how many messages were written to the connection, those of snapshots included.
     *
     * @return the number since the start
     */
    public long sent() {
        return sent.get();
    }

    /**
     * Returns how many events were dropped because too many waited.
     *
     * @return the number since the start
     */
    public long dropped() {
        return dropped.get();
    }

    /**
     * Sends an event soon, after those offered before. Never waits.
     *
     * @param message the event
     */
    public void offer(EventMessage message) {
        if (closed) {
            return;
        }
        while (!waiting.offerLast(message)) {
            if (waiting.pollFirst() != null) {
                dropped.incrementAndGet();
            }
        }
    }

    /** Sends the next snapshot at once. */
    public void hasten() {
        hastened = true;
    }

    /**
     * Sends what waits for as long as the limit allows, and ends.
     *
     * @param limit how long to go on if there is a connection
     */
    public void close(Duration limit) {
        closed = true;
        link.beginClose();
        link.close(link.isUp() ? limit.plus(CLOSE_LINK) : CLOSE_LINK);
    }

    /** What the link does with its channels. */
    private final class Service implements Link.Service {
        @Override
        public void serve(Channel channel, Link served) throws Exception {
            Broadcast.this.serve(channel, served);
        }

        @Override
        public void unblocked() {
            unblocked.release();
        }
    }

    private void serve(Channel channel, Link served) throws Exception {
        exchange.declare(channel);
        AtomicReference<@Nullable ShutdownSignalException> end = new AtomicReference<>();
        channel.addShutdownListener(end::set);
        served.ready();
        long due = time.nanos();
        while (!served.isClosing()) {
            requireOpen(end.get());
            saySoIfDropped(served);
            long left = due - time.nanos();
            if (served.blockedBy() != null) {
                // a message would hang in the socket
                unblocked.tryAcquire(LONGEST_WAIT_NANOS, TimeUnit.NANOSECONDS);
            } else if (left <= 0 || hastened) {
                hastened = false;
                due = time.nanos() + periodNanos;
                sendSnapshot(channel, served);
            } else {
                send(channel, served, waiting.pollFirst(Math.min(left, LONGEST_WAIT_NANOS), TimeUnit.NANOSECONDS));
            }
        }
        while (served.blockedBy() == null && !waiting.isEmpty()) {
            requireOpen(end.get());
            send(channel, served, waiting.pollFirst());
        }
    }

    private static void requireOpen(@Nullable ShutdownSignalException end) throws ShutdownSignalException {
        if (end != null) {
            throw end;
        }
    }

    private void send(Channel channel, Link served, @Nullable EventMessage message) throws IOException {
        if (message == null) {
            return;
        }
        Post post;
        try {
            post = Post.of(message);
        } catch (RuntimeException e) {
            // one that cannot be written must not cost the channel
            served.complain("an event cannot be sent: " + Reasons.of(e));
            return;
        }
        send(channel, post);
    }

    private void sendSnapshot(Channel channel, Link served) throws IOException {
        List<Post> posts;
        try {
            posts = snapshots.next().stream().map(Post::of).toList();
        } catch (RuntimeException e) {
            served.complain("no snapshot could be made: " + Reasons.of(e));
            return;
        }
        for (Post post : posts) {
            send(channel, post);
        }
    }

    private void send(Channel channel, Post post) throws IOException {
        channel.basicPublish(exchange.name(), post.routingKey(), false, post.properties(), post.body());
        sent.incrementAndGet();
    }

    private void saySoIfDropped(Link served) {
        long now = dropped.get();
        if (now != saidDropped) {
            saidDropped = now;
            served.complain(now + " events have been dropped since the start, because too many waited;"
                    + " followers see their effect with the next snapshot");
        }
    }
}
