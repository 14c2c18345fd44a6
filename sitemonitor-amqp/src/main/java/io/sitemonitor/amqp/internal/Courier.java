package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.sitemonitor.schedule.Platform;
import io.sitemonitor.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Delivers letters to an exchange: a letter is delivered once the broker has confirmed it and has not returned it. One letter of
 * an order is on its way at a time, many orders at once.
 *
 * <p>The thread of the link owns everything; callers and the client put what they have to say into its mailbox. A loop beside it
 * gives up what is not delivered in time, whatever the link's thread is held by.
 */
public final class Courier implements AutoCloseable {

    /** More than that is not what a queue in memory is for: whoever hands over more has to wait for answers. */
    private static final int MOST_WAITING = 10_000;

    private static final int MOST_ON_THE_WAY = 1_000;
    private static final long FIRST_RETRY_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_RETRY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long SHORTEST_LOOK_NANOS = Duration.ofMillis(20).toNanos();
    private static final Duration CLOSE_LINK = Duration.ofSeconds(1);

    private final String exchange;
    private final Declarations needs;
    private final LinkNames names;
    private final TimeSource time;
    private final Link link;
    private final long confirmNanos;
    private final Reports reports;
    private final LinkedBlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    private final Set<Parcel> waiting = ConcurrentHashMap.newKeySet();
    private final Lanes<Parcel> lanes = new Lanes<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private Platform.@Nullable Loop deadlines;
    /** When the present write to the connection began; null if none is going on. */
    private volatile @Nullable Long writingSince;

    private volatile boolean closed;

    /**
     * Creates a courier; it does nothing before it is started.
     *
     * @param exchange where letters go; empty for the default exchange
     * @param needs what has to be there
     * @param endpoint where the broker is
     * @param names what things are called
     * @param confirmTimeout how long the broker may take to confirm before the connection counts as lost
     * @param reports who is told what happens
     * @param wiring the log and the clock
     */
    public Courier(
            String exchange,
            Declarations needs,
            Endpoint endpoint,
            LinkNames names,
            Duration confirmTimeout,
            Reports reports,
            Link.Wiring wiring) {
        this.exchange = exchange;
        this.needs = needs;
        this.names = names;
        this.reports = reports;
        time = wiring.time();
        confirmNanos = confirmTimeout.toNanos();
        link = new Link(endpoint, names, new Service(), reports, wiring);
    }

    /** Begins to connect, on a thread of its own. */
    public synchronized void start() {
        deadlines = Platform.system().loop(names.thread() + "-deadlines", this::expire);
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
     * Returns what its connection is like.
     *
     * @return the link
     */
    public Link link() {
        return link;
    }

    /**
     * Counts what was handed over and is neither delivered nor given up.
     *
     * @return how many letters
     */
    public int waiting() {
        return waiting.size();
    }

    /**
     * Begins to deliver a letter, trying again until the limit is over.
     *
     * @param letter the letter
     * @param limit the longest time
     * @param failure what to fail with, made of the reason
     * @return completes when it is delivered, on the thread of the link, so that what follows must not block; fails if it is not
     *     delivered in time. When it is cancelled the letter is sent no more
     */
    public CompletableFuture<@Nullable Void> send(Letter letter, Duration limit, Function<String, Exception> failure) {
        long now = time.nanos();
        Parcel parcel = new Parcel(letter, now + limit.toNanos(), failure);
        if (waiting.size() >= MOST_WAITING) {
            parcel.fail(MOST_WAITING + " messages are waiting already");
            return parcel;
        }
        waiting.add(parcel);
        CompletableFuture<?> unused = parcel.whenComplete((nothing, thrown) -> {
            waiting.remove(parcel);
            if (thrown != null) {
                mailbox.add(() -> lanes.remove(parcel));
            }
        });
        if (closed) {
            parcel.fail("it is closed");
            return parcel;
        }
        mailbox.add(() -> {
            if (!parcel.isDone()) {
                lanes.add(letter.order(), parcel);
            }
        });
        if (looking.compareAndSet(false, true)) {
            lookAt(parcel.deadline);
        }
        return parcel;
    }

    private synchronized void lookAt(long deadline) {
        if (deadlines != null) {
            deadlines.wakeAt(deadline);
        }
    }

    /**
     * Delivers a letter, trying again until the limit is over.
     *
     * @param letter the letter
     * @param limit the longest time to wait
     * @return why it was not delivered; empty if it was
     * @throws InterruptedException if the caller was interrupted; the letter may or may not have been delivered
     */
    Optional<String> deliver(Letter letter, Duration limit) throws InterruptedException {
        CompletableFuture<@Nullable Void> outcome = send(letter, limit, Undelivered::new);
        try {
            outcome.get();
            return Optional.empty();
        } catch (InterruptedException e) {
            outcome.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            return Optional.of(Reasons.of(e));
        }
    }

    /** Gives up what has waited for too long; returns when to look again. */
    private long expire() {
        looking.set(false);
        long now = time.nanos();
        long next = Platform.Tick.NEVER;
        for (Parcel parcel : waiting) {
            if (now - parcel.deadline >= 0) {
                parcel.fail(whyNot(parcel));
            } else {
                next = Math.min(next, parcel.deadline);
            }
        }
        Long since = writingSince;
        if (since != null && link.blockedBy() == null && now - since >= confirmNanos) {
            link.sever();
        }
        if (next == Platform.Tick.NEVER) {
            return next;
        }
        looking.set(true);
        return Math.max(next, now + SHORTEST_LOOK_NANOS);
    }

    private String whyNot(Parcel parcel) {
        String trouble = link.trouble();
        if (trouble != null) {
            return trouble;
        }
        String blockedBy = link.blockedBy();
        if (blockedBy != null) {
            return "the broker takes no messages at present (" + blockedBy + ")";
        }
        String problem = parcel.problem;
        return problem == null ? "the broker did not confirm it in time" : problem;
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
            parcel.fail("it was closed before the broker confirmed");
        }
        endDeadlines();
    }

    private void endDeadlines() {
        Platform.Loop its;
        synchronized (this) {
            its = deadlines;
            deadlines = null;
        }
        if (its != null) {
            its.close();
        }
    }

    @Override
    public void close() {
        close(CLOSE_LINK);
    }

    /** Says why a letter was not delivered. */
    private static final class Undelivered extends Exception {
        private static final long serialVersionUID = 1L;

        Undelivered(String reason) {
            super(reason);
        }
    }

    /** What the link does with its channels. */
    private final class Service implements Link.Service {
        @Override
        public void serve(Channel channel, Link served) throws Exception {
            needs.apply(channel);
            channel.confirmSelect();
            Trip trip = new Trip(channel);
            served.ready();
            try {
                while (trip.goesOn()) {
                    trip.sendWhatIsReady();
                    read(mailbox.poll(trip.patience(), TimeUnit.NANOSECONDS));
                }
            } finally {
                writingSince = null;
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
        private final Map<String, Parcel> byId = new HashMap<>();
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
                Letter letter = parcel.letter;
                parcel.sentAt = time.nanos();
                onTheWay.put(channel.getNextPublishSeqNo(), parcel);
                byId.put(letter.properties().getMessageId(), parcel);
                writingSince = parcel.sentAt;
                channel.basicPublish(exchange, letter.routingKey(), true, letter.properties(), letter.body());
                writingSince = null;
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
            byId.clear();
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
                List<Parcel> parcels = List.copyOf(all.values());
                all.clear();
                parcels.forEach(parcel -> answered(parcel, taken));
            } else {
                Parcel parcel = onTheWay.remove(tag);
                if (parcel != null) {
                    answered(parcel, taken);
                }
            }
        }

        private void answered(Parcel parcel, boolean taken) {
            byId.remove(parcel.letter.properties().getMessageId(), parcel);
            if (taken && !parcel.returned) {
                lanes.remove(parcel);
                reports.confirmed();
                waiting.remove(parcel); // first, so that whoever hears of it finds it gone
                parcel.complete(null);
                return;
            }
            String problem = parcel.returned ? unroutable(parcel) : "the broker refused it";
            reports.notTaken(parcel.letter, parcel.returned, problem, parcel.failures == 0);
            parcel.problem = problem;
            parcel.returned = false;
            link.complain(problem);
            long pause = Backoff.pause(FIRST_RETRY_NANOS, parcel.failures++, LONGEST_RETRY_NANOS);
            lanes.retryAt(parcel, time.nanos() + pause);
        }

        private void returned(@Nullable String id) {
            Parcel parcel = byId.get(id);
            if (parcel != null) {
                parcel.returned = true;
            }
        }

        private String unroutable(Parcel parcel) {
            String key = parcel.letter.routingKey();
            return exchange.isEmpty()
                    ? "there is no queue '" + key + "'"
                    : "no queue is bound to exchange '" + exchange + "' with key '" + key + "'";
        }
    }
}
