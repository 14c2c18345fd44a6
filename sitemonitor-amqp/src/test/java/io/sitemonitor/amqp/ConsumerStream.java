package io.sitemonitor.amqp;

import ch.qos.logback.classic.Level;
import io.sitemonitor.alert.Alert;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A consumer with one handler, and somebody who sends the alerts of a few checks for it. */
final class ConsumerStream implements Subject, AutoCloseable {

    private static final int CHECKS = 3;

    /** What the handler does with an alert that is released to it. */
    @FunctionalInterface
    interface Mood {
        void handle() throws Exception;
    }

    private final Scene scene;
    private final Tally tally = new Tally();
    private final LogCapture log = new LogCapture();
    private final Semaphore released = new Semaphore(0);
    private final AmqpAlertConsumer consumer;
    private volatile Mood mood = () -> {};
    private int fed;

    ConsumerStream(Scene scene) throws Exception {
        this.scene = scene;
        consumer = AmqpAlertConsumer.from(scene.broker())
                .named("test")
                .handlerTimeout(Duration.ofSeconds(2))
                .retry(Duration.ofMillis(20), Duration.ofMillis(50))
                .attempts(1_000)
                .handler(this::handle)
                .start();
        scene.subject(this);
    }

    /** Puts so many more alerts of each check into the queue; returns once they are there. */
    void feed(int alerts) throws Exception {
        var channel = scene.other().channel();
        channel.confirmSelect();
        for (int last = fed + alerts; fed < last; fed++) {
            for (int check = 0; check < CHECKS; check++) {
                scene.other().send(text("check-" + check, fed));
                tally.sent("check-" + check + "#" + fed);
            }
        }
        channel.waitForConfirmsOrDie(20_000);
    }

    /** Lets the handler take so many more; those of all checks count. */
    void release(int alerts) {
        released.release(alerts);
    }

    void feel(Mood mood) {
        this.mood = mood;
    }

    /** How many alerts there are of so many of each check. */
    static int of(int alerts) {
        return CHECKS * alerts;
    }

    AmqpAlertConsumer consumer() {
        return consumer;
    }

    @Override
    public boolean isConnected() {
        return consumer.isConnected();
    }

    @Override
    public List<String> reasons() {
        return log.atLeast(Level.DEBUG).stream()
                .filter(line -> line.startsWith("[test] "))
                .toList();
    }

    @Override
    public boolean isReader() {
        return true;
    }

    @Override
    public int done() {
        return tally.distinct();
    }

    @Override
    public Tally tally() {
        return tally;
    }

    @Override
    public void close() {
        consumer.close();
        log.close();
    }

    private void handle(Alert alert) throws Exception {
        released.acquire();
        try {
            mood.handle();
        } catch (Exception | Error e) {
            released.release();
            throw e;
        }
        tally.arrived(alert.check(), alert.kind().name().equals("DOWN") ? "down" : "up", alert.id(), alert.id());
    }

    private static String text(String check, int number) {
        return "{\"site_name\":\"" + check + "\",\"site_status\":\"" + (number % 2 == 0 ? "down" : "up")
                + "\",\"email\":\"\",\"timestamp\":\"2026-11-22T12:00:00Z\",\"alert_id\":\"" + check + "#" + number
                + "\"}";
    }

    /** A mood in which nothing is ever done. */
    static void block() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
