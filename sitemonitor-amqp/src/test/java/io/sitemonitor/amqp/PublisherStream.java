package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.Alert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Checks whose alerts go through one publisher: those of a check one after the other, each again until it is taken. */
final class PublisherStream implements Subject, AutoCloseable {

    private static final int CHECKS = 3;

    private final Tally tally = new Tally();
    private final List<String> reasons = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Semaphore> released = new ArrayList<>();
    private final List<Future<?>> checks = new ArrayList<>();
    private final AmqpAlertPublisher publisher;
    private volatile int total;

    PublisherStream(AmqpBroker broker, AmqpTopology topology, Duration confirmTimeout) {
        publisher = AmqpAlertPublisher.to(broker)
                .named("test")
                .topology(topology)
                .confirmTimeout(confirmTimeout)
                .open();
    }

    static PublisherStream in(Scene scene, Duration confirmTimeout) throws Exception {
        PublisherStream stream = new PublisherStream(scene.broker(), AmqpTopology.direct(), confirmTimeout);
        scene.subject(stream);
        return stream;
    }

    /** Begins, with so many alerts of each check in all, of which none goes before it is released. */
    void start(int alerts) {
        total = alerts;
        for (int check = 0; check < CHECKS; check++) {
            String name = "check-" + check;
            Semaphore mine = new Semaphore(0);
            released.add(mine);
            checks.add(threads.submit(() -> {
                for (int number = 0; number < total; number++) {
                    mine.acquire();
                    send(TestAlerts.numbered(name, number));
                }
                return null;
            }));
        }
    }

    /** Lets each check send so many more. */
    void release(int alerts) {
        released.forEach(check -> check.release(alerts));
    }

    /** How many alerts there are of so many of each check. */
    static int of(int alerts) {
        return CHECKS * alerts;
    }

    void finish() throws Exception {
        for (Future<?> check : checks) {
            check.get(60, TimeUnit.SECONDS);
        }
    }

    /** Closes the publisher under the hands of whoever calls it. */
    void closePublisher() {
        publisher.close();
    }

    /** Whether no check is in a call any more. */
    boolean isOver() {
        return checks.stream().allMatch(Future::isDone);
    }

    @Override
    public boolean isConnected() {
        return publisher.isConnected();
    }

    @Override
    public List<String> reasons() {
        return reasons;
    }

    @Override
    public boolean isReader() {
        return false;
    }

    @Override
    public int done() {
        return tally.sent();
    }

    @Override
    public Tally tally() {
        return tally;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        publisher.close();
    }

    /** As a monitor does it: hands over at once, hears later what came of it, and offers again what was not delivered. */
    private void send(Alert alert) throws Exception {
        boolean sent = false;
        while (!sent) {
            long began = System.nanoTime();
            Future<?> answer = publisher.deliver(alert);
            tally.held(System.nanoTime() - began);
            try {
                answer.get();
                sent = true;
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(AmqpDeliveryException.class);
                reasons.add(String.valueOf(e.getCause().getMessage()));
                tally.refused();
            }
        }
        tally.sent(alert.id());
    }
}
