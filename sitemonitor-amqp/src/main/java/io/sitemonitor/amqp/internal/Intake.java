package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.Channel;
import io.sitemonitor.alert.Alert;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages from a queue, has them handled, and acknowledges what was. The link's thread makes connection, queue and
 * subscription; a second thread, the worker, owns everything else, reads from its mailbox what the client, the hands that call
 * handlers and the forwarders have to say, and alone decides what becomes of a message.
 */
public final class Intake {

    private static final long IN_HAND_NANOS = Duration.ofMillis(100).toNanos();
    private static final long FORWARD_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final Duration CLOSE_LINK = Duration.ofSeconds(1);

    private final IntakeSettings settings;
    private final Link.Wiring wiring;
    private final Link link;
    private final Reports reports;
    private final Complaints complaints;
    private final Hands hands;
    private final Forwarder deadLetters;
    private final @Nullable Forwarder retries;
    private final IntakeCounts counts = new IntakeCounts();
    private final LinkedBlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    private final Lanes<Delivery> lanes = new Lanes<>();
    private final Memory memory;
    private final Parked parked;
    private final List<Delivery> toAcknowledge = new ArrayList<>();
    private final Thread worker;
    private int attempting;
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
        reports = new Reports(settings.name(), "consumer", settings.listeners(), wiring);
        link = new Link(settings.endpoint(), names, this::serve, reports, wiring);
        complaints = new Complaints(wiring.log(), names.log(), wiring.time());
        memory = new Memory(settings.remembered(), settings.name(), settings.store(), complaints);
        hands = new Hands(settings, names, (what, cause) -> post(() -> complaints.trouble(what, cause)));
        deadLetters = new Forwarder(settings, "dead-letters", settings.deadLetterNeeds(), wiring);
        IntakeSettings.Retry retry = settings.retry();
        retries = retry == null ? null : new Forwarder(settings, "retries", retry.needs(), wiring);
        parked = new Parked(retry == null ? 0 : 2 * retry.delay().toNanos() + MINUTE_NANOS);
        worker = DaemonThreads.named(names.thread() + "-worker", this::work);
    }

    /** Begins to connect and to work, on threads of its own. */
    public void start() {
        link.start();
        worker.start();
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
    public IntakeCounts counts() {
        return counts;
    }

    /**
     * Returns what was counted of the connection.
     *
     * @return the counts, still growing
     */
    public Reports reports() {
        return reports;
    }

    /**
     * Takes nothing more, gives the messages in hand until the limit, and ends. What was not acknowledged comes again.
     *
     * @param limit how long the messages in hand may take
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
        hands.close();
        deadLetters.close();
        if (retries != null) {
            retries.close();
        }
        link.close(CLOSE_LINK);
        reports.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void post(Runnable news) {
        mailbox.add(news);
    }

    private void serve(Channel channel, Link served) throws Exception {
        Subscription.Deliveries taken = (tag, properties, body) -> post(() -> {
            Delivery delivery = new Delivery(channel, tag, properties, body);
            lanes.add(delivery.order(), delivery);
        });
        try {
            new Subscription(settings, wiring, channel, taken).serve(served);
        } finally {
            post(() -> lanes.removeIf(delivery -> delivery.channel == channel));
        }
    }

    private void work() {
        try {
            while (!closed || attempting > 0) {
                try {
                    memory.open(wiring.time().nanos());
                    while (!closed && settleNext()) {
                        takeNews();
                    }
                    acknowledge();
                    awaitNews();
                    takeNews();
                    acknowledge();
                } catch (InterruptedException e) {
                    // only close() interrupts this thread
                    return;
                } catch (Throwable e) {
                    complaints.trouble("a message could not be handled: " + Reasons.of(e), e);
                }
            }
        } finally {
            memory.close();
        }
    }

    private void awaitNews() throws InterruptedException {
        // while no hand is free, or it is being closed, only news can change anything
        long due = closed || !hands.hasFree() ? Lanes.NEVER : lanes.nextDue();
        long pause = due == Lanes.NEVER
                ? Long.MAX_VALUE
                : Math.max(0, due - wiring.time().nanos());
        Runnable news = mailbox.poll(pause, TimeUnit.NANOSECONDS);
        if (news != null) {
            news.run();
        }
    }

    private void takeNews() {
        for (Runnable news = mailbox.poll(); news != null; news = mailbox.poll()) {
            news.run();
        }
    }

    /** Does what can be done with the next message whose turn it is; returns whether there may be another one. */
    private boolean settleNext() {
        Handling hand = hands.take();
        if (hand == null) {
            return false;
        }
        Delivery delivery = lanes.poll(wiring.time().nanos());
        if (delivery == null || !settle(delivery, hand)) {
            hands.giveBack(hand);
        }
        return delivery != null;
    }

    /** Returns whether the hand is used. */
    private boolean settle(Delivery delivery, Handling hand) {
        Alert alert = delivery.alert;
        if (delivery.isEvent) {
            counts.ignored.incrementAndGet();
            finish(delivery);
            return false;
        }
        if (alert == null) {
            bury(delivery, String.valueOf(delivery.unreadable), 0);
            return false;
        }
        Progress progress = memory.of(alert.id());
        long now = wiring.time().nanos();
        if (progress.inHand) {
            // it came again over a new connection while handlers are still at it
            lanes.retryAt(delivery, now + IN_HAND_NANOS);
        } else if (progress.finished) {
            counts.doubles.incrementAndGet();
            finish(delivery);
        } else if (parked.holdsBack(delivery.order(), alert.id(), now)) {
            park(delivery, alert, delivery.round());
        } else if (progress.attempts > 0 && progress.notBefore - now > 0) {
            lanes.retryAt(delivery, progress.notBefore);
        } else {
            attempting++;
            progress.inHand = true;
            hands.attempt(
                    hand,
                    alert,
                    progress,
                    (nothingLeft, broken) ->
                            post(() -> attempted(delivery, alert, progress, hand, nothingLeft, broken)));
            return true;
        }
        return false;
    }

    private void attempted(
            Delivery delivery,
            Alert alert,
            Progress progress,
            Handling hand,
            boolean nothingLeft,
            @Nullable Throwable broken) {
        attempting--;
        progress.inHand = false;
        hands.giveBack(hand);
        if (broken instanceof InterruptedException) {
            return; // it is being closed, and the message comes again
        }
        if (broken != null) {
            complaints.trouble("a message could not be handled: " + Reasons.of(broken), broken);
        }
        if (!nothingLeft) {
            counts.retries.incrementAndGet();
            progress.notBefore = wiring.time().nanos() + hand.pause(progress);
            lanes.retryAt(delivery, progress.notBefore);
            return;
        }
        IntakeSettings.Retry retry = settings.retry();
        if (progress.givenUp.isEmpty()) {
            counts.handled.incrementAndGet();
            settled(alert);
            finish(delivery);
        } else if (retry != null && !progress.refused && delivery.round() < retry.rounds()) {
            progress.anew();
            park(delivery, alert, delivery.round() + 1);
        } else {
            bury(delivery, String.join("; ", progress.givenUp.values()), progress.attempts);
        }
    }

    /** Lets a message wait in the retry queue; it is acknowledged only once it is there. */
    private void park(Delivery delivery, Alert alert, int round) {
        IntakeSettings.Retry retry = settings.retry();
        Forwarder to = retries;
        if (retry == null || to == null) {
            throw new IllegalStateException("there is no retry queue");
        }
        parked.add(delivery.order(), alert.id(), wiring.time().nanos());
        Letter letter = Letter.forwarded(
                retry.queue(), alert.id(), delivery.properties, delivery.body, Map.of(Delivery.ROUND, round));
        to.send(
                letter.expiringAfter(retry.delay()),
                problem -> post(() -> {
                    if (problem.isEmpty()) {
                        counts.parked.incrementAndGet();
                        finish(delivery);
                    } else {
                        forwardAgain(
                                delivery, "waits here, because the retry queue cannot be written: " + problem.get());
                    }
                }));
    }

    /** Puts a message among the dead letters; it is acknowledged only once it is there. */
    private void bury(Delivery delivery, String reason, int attempts) {
        Map<String, Object> added = new HashMap<>();
        added.put("x-sitemonitor-reason", reason);
        added.put("x-sitemonitor-attempts", attempts);
        added.put("x-sitemonitor-queue", settings.queue());
        Letter letter =
                Letter.forwarded(settings.deadLetterQueue(), delivery.id(), delivery.properties, delivery.body, added);
        deadLetters.send(letter, problem -> post(() -> buried(delivery, reason, problem)));
    }

    private void buried(Delivery delivery, String reason, Optional<String> problem) {
        if (problem.isPresent()) {
            forwardAgain(
                    delivery,
                    "that cannot be handled (" + reason + ") waits, because the dead letters cannot be written: "
                            + problem.get());
            return;
        }
        counts.deadLetters.incrementAndGet();
        complaints.trouble("a message went to '" + settings.deadLetterQueue() + "': " + reason, null);
        reports.dead(delivery.id(), reason);
        if (delivery.alert != null) {
            settled(delivery.alert);
        }
        finish(delivery);
    }

    private void settled(Alert alert) {
        memory.finished(alert.id());
        parked.remove(alert.check(), alert.id());
    }

    private void forwardAgain(Delivery delivery, String why) {
        complaints.trouble("a message " + why, null);
        lanes.retryAt(delivery, wiring.time().nanos() + FORWARD_AGAIN_NANOS);
    }

    /** It is dealt with. */
    private void finish(Delivery delivery) {
        toAcknowledge.add(delivery);
        lanes.remove(delivery);
    }

    /** Tells the broker what is dealt with, once that is kept. */
    private void acknowledge() {
        if (toAcknowledge.isEmpty()) {
            return;
        }
        memory.keep();
        for (Delivery delivery : toAcknowledge) {
            try {
                delivery.channel.basicAck(delivery.tag, false);
            } catch (IOException | RuntimeException e) {
                // it comes again over the next connection, and is then known as a double
                wiring.log().debug("a message could not be acknowledged", e);
            }
        }
        toAcknowledge.clear();
    }
}
