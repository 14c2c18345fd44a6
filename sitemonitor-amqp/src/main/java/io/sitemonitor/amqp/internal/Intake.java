package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Consumer;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.amqp.message.SiteStatusMessage;
import io.sitemonitor.amqp.message.UnreadableMessageException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages from a queue, has them handled, and acknowledges what was. The link's thread makes connection, queue and
 * subscription; a second thread, the worker, owns everything else and reads what the client has to say from its mailbox.
 */
public final class Intake {

    private static final long DEAD_LETTER_RETRY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration DEAD_LETTER_LIMIT = Duration.ofSeconds(5);
    private static final Duration CLOSE_LINK = Duration.ofSeconds(1);

    private final IntakeSettings settings;
    private final Link.Wiring wiring;
    private final Link link;
    private final Complaints complaints;
    private final Handling handling;
    private final Courier deadLetters;
    private final Counts counts = new Counts();
    private final LinkedBlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    private final Lanes<Delivery> lanes = new Lanes<>();
    private final Progress.Memory memory;
    private final Thread worker;
    private boolean deadLettersStarted;
    private volatile boolean closed;

    /**
     * Creates an intake; it does nothing before it is started.
     *
     * @param settings what to take and how
     * @param wiring the log and the clock
     */
    public Intake(IntakeSettings settings, Link.Wiring wiring) {
        this.settings = settings;
        this.wiring = wiring;
        LinkNames names = LinkNames.of(settings.name(), "consumer");
        link = new Link(settings.endpoint(), names, this::serve, wiring);
        complaints = new Complaints(wiring.log(), names.log(), wiring.time());
        memory = new Progress.Memory(settings.remembered());
        handling = new Handling(settings, names.thread() + "-handler", this::post, complaints);
        deadLetters = new Courier(
                new Route.ToQueue(settings.deadLetterQueue()),
                settings.endpoint(),
                LinkNames.of(settings.name(), "dead-letters"),
                DEAD_LETTER_LIMIT,
                wiring);
        worker = DaemonThreads.named(names.thread() + "-worker", this::work);
    }

    /** Begins to connect and to work, on threads of its own. */
    public void start() {
        link.start();
        worker.start();
    }

    /**
     * Tells whether messages can come in now.
     *
     * @return whether there is a connection and a subscription
     */
    public boolean isUp() {
        return link.isUp();
    }

    /**
     * Returns what was counted.
     *
     * @return the counts, still growing
     */
    public Counts counts() {
        return counts;
    }

    /**
     * Takes nothing more, gives the message in hand until the limit, and ends. What was not acknowledged comes again.
     *
     * @param limit how long the message in hand may take
     */
    public void close(Duration limit) {
        closed = true;
        post(() -> {});
        boolean interrupted = false;
        try {
            worker.join(Math.max(1, limit.toMillis()));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        worker.interrupt();
        handling.close();
        deadLetters.close(Duration.ofMillis(1));
        link.close(CLOSE_LINK);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void post(Runnable news) {
        mailbox.add(news);
    }

    private void serve(Channel channel, Link served) throws Exception {
        settings.topology().declare(channel);
        channel.basicQos(settings.prefetch());
        Subscription subscription = new Subscription(channel);
        channel.basicConsume(settings.topology().queue(), false, subscription.consumer());
        served.ready();
        try {
            subscription.awaitEnd(served);
        } finally {
            post(() -> lanes.removeIf(delivery -> delivery.subscription == subscription));
        }
    }

    private void work() {
        while (!closed) {
            try {
                Delivery delivery = lanes.poll(wiring.time().nanos());
                if (delivery != null) {
                    settle(delivery);
                }
                readNews(delivery == null);
            } catch (InterruptedException e) {
                // only close() interrupts this thread
                return;
            } catch (Throwable e) {
                complaints.trouble("a message could not be handled: " + Reasons.of(e), e);
            }
        }
    }

    private void readNews(boolean wait) throws InterruptedException {
        Runnable news;
        if (wait) {
            long due = lanes.nextDue();
            long pause = due == Lanes.NEVER
                    ? Long.MAX_VALUE
                    : Math.max(0, due - wiring.time().nanos());
            news = mailbox.poll(pause, TimeUnit.NANOSECONDS);
        } else {
            news = mailbox.poll();
        }
        while (news != null) {
            news.run();
            news = mailbox.poll();
        }
    }

    private void settle(Delivery delivery) throws InterruptedException {
        Alert alert = delivery.alert;
        if (alert == null) {
            bury(delivery, "poison:" + delivery.tag, String.valueOf(delivery.unreadable), 0);
            return;
        }
        Progress progress = memory.of(alert.id());
        long now = wiring.time().nanos();
        if (progress.finished) {
            counts.doubles.incrementAndGet();
            done(delivery);
        } else if (progress.attempts > 0 && progress.notBefore - now > 0) {
            lanes.retryAt(delivery, progress.notBefore);
        } else if (!handling.attempt(alert, progress)) {
            counts.retries.incrementAndGet();
            progress.notBefore = wiring.time().nanos() + handling.pause(progress);
            lanes.retryAt(delivery, progress.notBefore);
        } else if (progress.givenUp.isEmpty()) {
            progress.finished = true;
            counts.handled.incrementAndGet();
            done(delivery);
        } else if (bury(delivery, alert.id(), String.join("; ", progress.givenUp.values()), progress.attempts)) {
            progress.finished = true;
        }
    }

    /** Puts a message among the dead letters; it is acknowledged only once it is there. */
    private boolean bury(Delivery delivery, String id, String reason, int attempts) throws InterruptedException {
        if (!deadLettersStarted) {
            deadLettersStarted = true;
            deadLetters.start();
        }
        String messageId = delivery.properties.getMessageId();
        Letter letter = Letter.dead(
                messageId == null ? id : messageId,
                delivery.properties,
                delivery.body,
                Map.of(
                        "x-sitemonitor-reason", reason,
                        "x-sitemonitor-attempts", attempts,
                        "x-sitemonitor-queue", settings.topology().queue()));
        Optional<String> problem = deadLetters.deliver(letter, DEAD_LETTER_LIMIT);
        if (problem.isPresent()) {
            complaints.trouble(
                    "a message that cannot be handled (" + reason
                            + ") waits, because the dead letters cannot be written: " + problem.get(),
                    null);
            lanes.retryAt(delivery, wiring.time().nanos() + DEAD_LETTER_RETRY_NANOS);
            return false;
        }
        counts.deadLetters.incrementAndGet();
        complaints.trouble("a message went to '" + settings.deadLetterQueue() + "': " + reason, null);
        done(delivery);
        return true;
    }

    private void done(Delivery delivery) {
        lanes.remove(delivery);
        try {
            delivery.subscription.channel.basicAck(delivery.tag, false);
        } catch (IOException | RuntimeException e) {
            // it comes again over the next connection, and is then known as a double
            wiring.log().debug("a message could not be acknowledged", e);
        }
    }

    /** What was counted since the start. Safe for use by any number of threads. */
    public static final class Counts {
        final AtomicLong handled = new AtomicLong();
        final AtomicLong doubles = new AtomicLong();
        final AtomicLong retries = new AtomicLong();
        final AtomicLong deadLetters = new AtomicLong();

        /**
         * Returns how many messages all handlers have taken.
         *
         * @return the number
         */
        public long handled() {
            return handled.get();
        }

        /**
         * Returns how many messages were dropped because they had been dealt with before.
         *
         * @return the number
         */
        public long doubles() {
            return doubles.get();
        }

        /**
         * Returns how many attempts failed and were to be repeated.
         *
         * @return the number
         */
        public long retries() {
            return retries.get();
        }

        /**
         * Returns how many messages went to the dead letters.
         *
         * @return the number
         */
        public long deadLetters() {
            return deadLetters.get();
        }
    }

    /** A message in hand. */
    private static final class Delivery {
        final Subscription subscription;
        final long tag;
        final AMQP.BasicProperties properties;
        final byte[] body;
        final @Nullable Alert alert;
        final @Nullable String unreadable;

        Delivery(Subscription subscription, long tag, AMQP.BasicProperties properties, byte[] body) {
            this.subscription = subscription;
            this.tag = tag;
            this.properties = properties;
            this.body = body;
            Alert read = null;
            String problem = null;
            try {
                read = SiteStatusMessage.decode(body).toAlert(properties.getMessageId());
            } catch (UnreadableMessageException e) {
                problem = "unreadable: " + e.getMessage();
            } catch (RuntimeException e) {
                problem = "unreadable: " + Reasons.of(e);
            }
            alert = read;
            unreadable = problem;
        }

        /** A site's messages wait for each other; no site has a control character in its name. */
        String order() {
            return alert == null ? "\0" + tag : alert.check();
        }
    }

    /** The use of one channel. */
    private final class Subscription {
        final Channel channel;
        private final CompletableFuture<Exception> end = new CompletableFuture<>();

        Subscription(Channel channel) {
            this.channel = channel;
        }

        void awaitEnd(Link served) throws Exception {
            while (!served.isClosing()) {
                try {
                    throw end.get(200, TimeUnit.MILLISECONDS);
                } catch (TimeoutException | ExecutionException e) {
                    // looks whether it is to close, and goes on waiting
                    continue;
                }
            }
        }

        Consumer consumer() {
            return new DefaultConsumer(channel) {
                @Override
                public void handleDelivery(
                        String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                    long tag = envelope.getDeliveryTag();
                    post(() -> {
                        Delivery delivery = new Delivery(Subscription.this, tag, properties, body);
                        lanes.add(delivery.order(), delivery);
                    });
                }

                @Override
                public void handleCancel(String consumerTag) {
                    end.complete(new Link.Troubled(
                            "the broker cancelled the subscription to '"
                                    + settings.topology().queue() + "'",
                            null,
                            false));
                }

                @Override
                public void handleShutdownSignal(String consumerTag, ShutdownSignalException cause) {
                    end.complete(cause);
                }
            };
        }
    }
}
