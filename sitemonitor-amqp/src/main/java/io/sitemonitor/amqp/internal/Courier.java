package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.sitemonitor.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Delivers letters along a route: a letter is delivered once the broker has confirmed it and has not returned it. One
 * letter of an order is on its way at a time, many orders at once.
 *
 * <p>The thread of the link owns everything; callers and the client put what they have to say into its mailbox.
 */
public final class Courier implements AutoCloseable {

    private static final int MOST_ON_THE_WAY = 1_000;
    private static final long FIRST_RETRY_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_RETRY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration CLOSE_LINK = Duration.ofSeconds(1);

    private final Route route;
    private final TimeSource time;
    private final Link link;
    private final long confirmNanos;
    private final LinkedBlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    private final Set<Parcel> waiting = ConcurrentHashMap.newKeySet();
    private final Lanes<Parcel> lanes = new Lanes<>();
    private volatile boolean closed;

    /**
     * Creates a courier; it does nothing before it is started.
     *
     * @param route where letters go
     * @param endpoint where the broker is
     * @param names what things are called
     * @param confirmTimeout how long the broker may take to confirm before the connection counts as lost
     * @param wiring the log and the clock
     */
    public Courier(Route route, Endpoint endpoint, LinkNames names, Duration confirmTimeout, Link.Wiring wiring) {
        this.route = route;
        time = wiring.time();
        confirmNanos = confirmTimeout.toNanos();
        link = new Link(endpoint, names, new Service(), wiring);
    }

    /** Begins to connect, on a thread of its own. */
    public void start() {
        link.start();
    }

    /**
     * Tells whether letters can be sent now.
     *
     * @return whether a channel is open and the broker takes messages
     */
    public boolean isReady() {
        return link.isUp() && link.blockedBy() == null;
    }

    /**
     * Delivers a letter, trying again until the limit is over.
     *
     * @param letter the letter
     * @param limit the longest time to wait
     * @return why it was not delivered; empty if it was
     * @throws InterruptedException if the caller was interrupted; the letter may or may not have been delivered
     */
    public Optional<String> deliver(Letter letter, Duration limit) throws InterruptedException {
        Parcel parcel = new Parcel(letter);
        waiting.add(parcel);
        try {
            if (closed) {
                return Optional.of("it is closed");
            }
            mailbox.add(() -> lanes.add(letter.order(), parcel));
            return parcel.outcome.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Optional.of(whyNot(parcel, limit));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            waiting.remove(parcel);
            mailbox.add(() -> lanes.remove(parcel));
        }
    }

    /**
     * Delivers what is waiting for as long as the limit allows, refuses the rest, and ends. Only the first call does
     * something.
     *
     * @param limit how long to go on if there is a connection
     */
    public void close(Duration limit) {
        closed = true;
        link.beginClose();
        mailbox.add(() -> {});
        link.close(link.isUp() ? limit.plus(CLOSE_LINK) : CLOSE_LINK);
        for (Parcel parcel : waiting) {
            parcel.outcome.complete(Optional.of("it was closed before the broker confirmed"));
        }
    }

    @Override
    public void close() {
        close(CLOSE_LINK);
    }

    private String whyNot(Parcel parcel, Duration limit) {
        String trouble = link.trouble();
        if (trouble != null) {
            return trouble;
        }
        String blockedBy = link.blockedBy();
        if (blockedBy != null) {
            return "the broker takes no messages at present (" + blockedBy + ")";
        }
        String problem = parcel.problem;
        return problem == null ? "the broker did not confirm it within " + limit : problem;
    }

    /** A letter on its way. */
    private static final class Parcel {
        final Letter letter;
        final CompletableFuture<Optional<String>> outcome = new CompletableFuture<>();
        int failures;
        long sentAt;
        boolean returned;
        volatile @Nullable String problem;

        Parcel(Letter letter) {
            this.letter = letter;
        }
    }

    /** What the link does with its channels. */
    private final class Service implements Link.Service {
        @Override
        public void serve(Channel channel, Link served) throws Exception {
            route.declare(channel);
            channel.confirmSelect();
            Trip trip = new Trip(channel);
            served.ready();
            try {
                while (trip.goesOn()) {
                    trip.sendWhatIsReady();
                    read(mailbox.poll(trip.patience(), TimeUnit.NANOSECONDS));
                }
            } finally {
                // confirms that came before the end of the channel count
                read(mailbox.poll());
                trip.takeBack();
            }
        }

        @Override
        public void unblocked() {
            mailbox.add(() -> {});
        }

        private void read(@Nullable Runnable first) {
            Runnable news = first;
            while (news != null) {
                news.run();
                news = mailbox.poll();
            }
        }
    }

    /** The use of one channel. */
    private final class Trip {
        private final Channel channel;
        private final NavigableMap<Long, Parcel> onTheWay = new TreeMap<>();
        private @Nullable ShutdownSignalException end;
        private long blockedUntil;

        Trip(Channel channel) {
            this.channel = channel;
            blockedUntil = time.nanos();
            channel.addConfirmListener(
                    (tag, multiple) -> mailbox.add(() -> answered(tag, multiple, true)),
                    (tag, multiple) -> mailbox.add(() -> answered(tag, multiple, false)));
            channel.addReturnListener(returned -> {
                String id = returned.getProperties().getMessageId();
                mailbox.add(() -> returned(id));
            });
            channel.addShutdownListener(cause -> mailbox.add(() -> end = cause));
        }

        boolean goesOn() throws ShutdownSignalException, Link.Troubled {
            if (end != null) {
                throw end;
            }
            if (link.blockedBy() != null) {
                blockedUntil = time.nanos();
            } else if (!onTheWay.isEmpty() && nanosForConfirm() <= 0) {
                throw new Link.Troubled(
                        "the broker did not confirm within " + Duration.ofNanos(confirmNanos), null, true);
            }
            return !link.isClosing() || !waiting.isEmpty();
        }

        void sendWhatIsReady() throws IOException {
            while (link.blockedBy() == null && onTheWay.size() < MOST_ON_THE_WAY) {
                Parcel parcel = lanes.poll(time.nanos());
                if (parcel == null) {
                    return;
                }
                parcel.sentAt = time.nanos();
                onTheWay.put(channel.getNextPublishSeqNo(), parcel);
                Letter letter = parcel.letter;
                channel.basicPublish(route.exchange(), route.routingKey(), true, letter.properties(), letter.body());
            }
        }

        /** Returns how long to wait for news before looking again. */
        long patience() {
            long patience = Duration.ofSeconds(1).toNanos();
            if (lanes.nextDue() != Lanes.NEVER) {
                patience = Math.min(patience, lanes.nextDue() - time.nanos());
            }
            if (!onTheWay.isEmpty() && link.blockedBy() == null) {
                patience = Math.min(patience, nanosForConfirm());
            }
            return Math.max(0, patience);
        }

        /** Gives back what has no answer yet: it goes again over the next channel. */
        void takeBack() {
            List<Parcel> parcels = new ArrayList<>(onTheWay.descendingMap().values());
            onTheWay.clear();
            for (Parcel parcel : parcels) {
                parcel.returned = false;
                lanes.retryNow(parcel);
            }
        }

        private long nanosForConfirm() {
            long sentAt = onTheWay.firstEntry().getValue().sentAt;
            long since = sentAt - blockedUntil > 0 ? sentAt : blockedUntil;
            return since + confirmNanos - time.nanos();
        }

        private void answered(long tag, boolean multiple, boolean taken) {
            if (multiple) {
                NavigableMap<Long, Parcel> all = onTheWay.headMap(tag, true);
                all.values().forEach(parcel -> answered(parcel, taken));
                all.clear();
            } else {
                Parcel parcel = onTheWay.remove(tag);
                if (parcel != null) {
                    answered(parcel, taken);
                }
            }
        }

        private void answered(Parcel parcel, boolean taken) {
            if (taken && !parcel.returned) {
                lanes.remove(parcel);
                parcel.outcome.complete(Optional.empty());
                return;
            }
            parcel.problem = parcel.returned ? unroutable() : "the broker refused it";
            parcel.returned = false;
            link.complain(parcel.problem);
            long pause = Backoff.pause(FIRST_RETRY_NANOS, parcel.failures++, LONGEST_RETRY_NANOS);
            lanes.retryAt(parcel, time.nanos() + pause);
        }

        private void returned(@Nullable String id) {
            for (Parcel parcel : onTheWay.values()) {
                parcel.returned |= parcel.letter.properties().getMessageId().equals(id);
            }
        }

        private String unroutable() {
            return route.exchange().isEmpty()
                    ? "there is no queue '" + route.routingKey() + "'"
                    : "no queue is bound to exchange '" + route.exchange() + "' with key '" + route.routingKey() + "'";
        }
    }
}
