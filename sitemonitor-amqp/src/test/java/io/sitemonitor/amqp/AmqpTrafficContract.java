package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.GetResponse;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.state.HealthState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What holds with every broker. */
abstract class AmqpTrafficContract {

    PlainClient other;

    abstract String uri();

    /** What is said of an alert for which there is no queue. */
    abstract String unroutable();

    @BeforeEach
    void wipe() throws Exception {
        other = PlainClient.connect(uri()).wipe();
    }

    @AfterEach
    void disconnect() {
        other.close();
    }

    @Test
    @DisplayName("P9: an old consumer gets exactly the four fields it knows, and only strings beside them")
    void oldConsumerReadsWhatWeSend() throws Exception {
        other.declareQueue().consume();
        try (AmqpAlertPublisher publisher = publisher().open()) {
            publisher.onAlert(TestAlerts.of("storefront", "a-1", AlertKind.DOWN));
            publisher.onAlert(TestAlerts.of("storefront", "a-2", AlertKind.RECOVERED));
            publisher.onAlert(TestAlerts.of("storefront", "a-3", AlertKind.ENDED));
        }
        await().until(() -> other.received().size() == 3);
        assertThat(other.received())
                .extracting(r -> r.fields().get("site_status"))
                .containsExactly("down", "up", "up");
        assertThat(other.received().get(0).fields())
                .containsEntry("site_name", "storefront")
                .containsEntry("email", "owner@shop.example")
                .containsEntry("timestamp", "2026-11-22T12:01:30Z")
                .containsEntry("alert_id", "a-1");
        var properties = other.received().get(0).properties();
        assertThat(properties.getDeliveryMode()).isEqualTo(2);
        assertThat(properties.getContentType()).isEqualTo("application/json");
        assertThat(properties.getContentEncoding()).isEqualTo("UTF-8");
        assertThat(properties.getMessageId()).isEqualTo("a-1");
        assertThat(properties.getType()).isEqualTo("site_status");
        assertThat(properties.getAppId()).isEqualTo("sitemonitor");
        assertThat(properties.getTimestamp()).isEqualTo("2026-11-22T12:01:30Z");
    }

    @Test
    @DisplayName("An old producer's four fields reach our handlers")
    void readsOldProducer() throws Exception {
        List<Alert> handled = new CopyOnWriteArrayList<>();
        try (AmqpAlertConsumer consumer = consumer().handler(handled::add).start()) {
            await().until(consumer::isConnected);
            other.send("{\"site_name\":\"X\",\"site_status\":\"down\",\"email\":\"o@x.example\","
                    + "\"timestamp\":\"2026-11-22T13:00:00+01:00\"}");
            await().until(() -> handled.size() == 1);
        }
        Alert alert = handled.get(0);
        assertThat(alert.kind()).isEqualTo(AlertKind.DOWN);
        assertThat(alert.check()).isEqualTo("X");
        assertThat(alert.at()).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(alert.contacts()).containsExactly("o@x.example");
        assertThat(alert.summary()).isEqualTo("Site X is DOWN!");
        assertThat(other.waiting("alert_queue")).isZero();
    }

    @Test
    @DisplayName("P7: what is handled is what was sent, with the same ids, each once")
    void consumerHandsOnWhatPublisherSent() throws Exception {
        List<Alert> handled = new CopyOnWriteArrayList<>();
        Alert down = TestAlerts.of("storefront", "a-1", AlertKind.DOWN);
        try (AmqpAlertConsumer consumer = consumer().handler(handled::add).start();
                AmqpAlertPublisher publisher = publisher().open()) {
            await().until(consumer::isConnected);
            publisher.onAlert(down);
            publisher.onAlert(down);
            publisher.onAlert(TestAlerts.of("storefront", "a-2", AlertKind.RECOVERED));
            publisher.onAlert(TestAlerts.of("storefront", "a-3", AlertKind.FLAPPING));
            publisher.onAlert(TestAlerts.of("storefront", "a-4", AlertKind.FLAPPING_ENDED));
            publisher.onAlert(TestAlerts.of("storefront", "a-5", AlertKind.ENDED));
            publisher.onAlert(
                    TestAlerts.of("storefront", "a-6", AlertKind.REMINDER, HealthState.DOWN, HealthState.DOWN));
            await().until(() -> handled.size() == 6 && consumer.handled() == 6);
            assertThat(consumer.doubles()).isEqualTo(1);
        }
        assertThat(handled).extracting(Alert::id).containsExactly("a-1", "a-2", "a-3", "a-4", "a-5", "a-6");
        assertThat(handled)
                .extracting(Alert::kind)
                .containsExactly(
                        AlertKind.DOWN,
                        AlertKind.RECOVERED,
                        AlertKind.FLAPPING,
                        AlertKind.FLAPPING_ENDED,
                        AlertKind.ENDED,
                        AlertKind.REMINDER);
        assertThat(handled.get(5).to()).isEqualTo(HealthState.DOWN);
        assertThat(handled).extracting(Alert::incidentId).containsOnly("incident-of-storefront");
        assertThat(handled.get(0).since()).isEqualTo(down.since());
        assertThat(handled.get(0).duration()).isEqualTo(down.duration());
        assertThat(handled.get(0).failure()).isEqualTo(down.failure());
        assertThat(handled.get(0).target()).isEqualTo(down.target());
        assertThat(handled.get(0).contacts()).isEqualTo(down.contacts());
    }

    @Test
    @DisplayName("P2: without a queue an alert is not delivered")
    void refusesWhatNobodyCanReceive() throws Exception {
        try (AmqpAlertPublisher publisher =
                publisher().confirmTimeout(Duration.ofMillis(700)).open()) {
            await().until(publisher::isConnected);
            assertThatThrownBy(() -> publisher.onAlert(TestAlerts.numbered("c", 0)))
                    .isInstanceOf(AmqpDeliveryException.class)
                    .hasMessage(unroutable() + "; the alert waits");
        }
    }

    @Test
    @DisplayName("P4: a caller that waits is free as soon as it is interrupted, and the alert is not sent afterwards")
    void canBeInterrupted() throws Exception {
        try (AmqpAlertPublisher publisher =
                publisher().confirmTimeout(Duration.ofMinutes(10)).open()) {
            await().until(publisher::isConnected);
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                try {
                    publisher.onAlert(TestAlerts.numbered("c", 0));
                } catch (Throwable e) {
                    outcome.complete(e);
                }
            });
            caller.start();
            await().until(() -> caller.getState() == Thread.State.WAITING);
            caller.interrupt();
            assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
            other.declareQueue();
            publisher.onAlert(TestAlerts.numbered("c", 1));
        }
        assertThat(other.drain("alert_queue"))
                .extracting(r -> r.properties().getMessageId())
                .containsExactly("c#1");
    }

    @Test
    @DisplayName("P10: poison goes to the dead letters at once, with the reason, and keeps nobody waiting")
    void poisonGoesToDeadLetters() throws Exception {
        List<String> handled = new CopyOnWriteArrayList<>();
        try (AmqpAlertConsumer consumer =
                consumer().handler(alert -> handled.add(alert.id())).start()) {
            await().until(consumer::isConnected);
            other.send("not json");
            other.send("{\"site_name\":\"X\",\"site_status\":\"sideways\",\"email\":\"\",\"timestamp\":\"-\"}");
            other.send(json("X", "a-1"));
            await().until(() -> consumer.handled() == 1 && consumer.deadLetters() == 2);
        }
        assertThat(handled).containsExactly("a-1");
        assertThat(other.waiting("alert_queue")).isZero();
        GetResponse first = other.get("alert_queue.dead");
        assertThat(new String(first.getBody(), StandardCharsets.UTF_8)).isEqualTo("not json");
        assertThat(first.getProps().getDeliveryMode()).isEqualTo(2);
        assertThat(first.getProps().getHeaders().get("x-sitemonitor-reason").toString())
                .startsWith("unreadable: it is not JSON: ");
        GetResponse second = other.get("alert_queue.dead");
        assertThat(second.getProps().getHeaders().get("x-sitemonitor-reason"))
                .hasToString("unreadable: site_status must be 'up' or 'down', but was 'sideways'");
        assertThat(other.get("alert_queue.dead")).isNull();
    }

    @Test
    @DisplayName(
            "P10: a handler that fails is tried again, one that succeeded is not; then it goes to the dead letters")
    void retriesOnlyTheHandlerThatFailed() throws Exception {
        List<String> log = new CopyOnWriteArrayList<>();
        AtomicInteger mails = new AtomicInteger();
        try (AmqpAlertConsumer consumer = consumer()
                .attempts(3)
                .handler("mail", alert -> {
                    mails.incrementAndGet();
                    if (alert.check().equals("bad") || mails.get() == 1) {
                        throw new StackOverflowError("mail server away");
                    }
                })
                .handler("log", alert -> log.add(alert.id()))
                .start()) {
            await().until(consumer::isConnected);
            other.send(json("good", "g-1"));
            await().until(() -> consumer.handled() == 1);
            other.send(json("bad", "b-1"));
            other.send(json("good", "g-2"));
            await().until(() -> consumer.deadLetters() == 1 && consumer.handled() == 2);
            assertThat(consumer.retries()).isEqualTo(3);
        }
        assertThat(log).containsExactlyInAnyOrder("g-1", "b-1", "g-2").startsWith("g-1");
        GetResponse dead = other.get("alert_queue.dead");
        assertThat(dead.getProps().getMessageId()).isEqualTo("b-1");
        assertThat(dead.getProps().getHeaders().get("x-sitemonitor-reason"))
                .hasToString("handler 'mail' failed after 3 attempts: StackOverflowError: mail server away");
        assertThat(dead.getProps().getHeaders().get("x-sitemonitor-attempts")).isEqualTo(3);
    }

    @Test
    @DisplayName("A handler says itself when it is to be called again")
    void waitsAsLongAsTheHandlerAsks() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (AmqpAlertConsumer consumer = consumer()
                .retry(Duration.ofHours(1), Duration.ofHours(1))
                .handler(alert -> {
                    if (calls.incrementAndGet() < 3) {
                        throw new RetryAlertException("busy", Duration.ofMillis(10));
                    }
                })
                .start()) {
            await().until(consumer::isConnected);
            other.send(json("a", "a-1"));
            await().until(() -> consumer.handled() == 1);
        }
        assertThat(calls).hasValue(3);
    }

    @Test
    @DisplayName("P10: alerts of a site wait for each other while one is tried again; other sites go on")
    void keepsOrderPerSite() throws Exception {
        List<String> handled = new CopyOnWriteArrayList<>();
        AtomicInteger failures = new AtomicInteger(3);
        try (AmqpAlertConsumer consumer = consumer()
                .handler(alert -> {
                    if (alert.id().equals("a-1") && failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("not yet");
                    }
                    handled.add(alert.id());
                })
                .start()) {
            await().until(consumer::isConnected);
            other.send(json("a", "a-1"));
            other.send(json("a", "a-2"));
            other.send(json("b", "b-1"));
            await().until(() -> consumer.handled() == 3);
        }
        assertThat(handled).containsExactly("b-1", "a-1", "a-2");
    }

    @Test
    @DisplayName("P10, P11: a handler that blocks is interrupted; closing leaves its message in the queue")
    void closeLeavesWhatIsNotHandled() throws Exception {
        CountDownLatch inHand = new CountDownLatch(1);
        AmqpAlertConsumer consumer = consumer()
                .closeTimeout(Duration.ofMillis(100))
                .handler(alert -> {
                    inHand.countDown();
                    new CountDownLatch(1).await();
                })
                .start();
        await().until(consumer::isConnected);
        other.send(json("a", "a-1"));
        assertThat(inHand.await(10, TimeUnit.SECONDS)).isTrue();
        consumer.close();
        await().until(() -> other.waiting("alert_queue") == 1);
        await("P24: no thread is left").until(AmqpTrafficContract::ourThreads, List::isEmpty);
    }

    @Test
    @DisplayName("The form has no word for degradations and isolation, and says so at once")
    void refusesWhatItHasNoWordFor() throws Exception {
        try (AmqpAlertPublisher publisher = publisher().open()) {
            for (AlertKind kind : List.of(AlertKind.DEGRADED, AlertKind.ISOLATED, AlertKind.DIGEST)) {
                assertThatThrownBy(() -> publisher.onAlert(TestAlerts.of("c", "a", kind)))
                        .isInstanceOf(UndeliverableAlertException.class)
                        .hasMessage("a site status message can say up and down, but not " + kind + " (check 'c')");
            }
            publisher.onAlert(TestAlerts.of("c", "a", AlertKind.ACKNOWLEDGED)); // told to people only: nothing is sent
        }
    }

    @Test
    @DisplayName("P11: closed twice; afterwards it refuses")
    void closesTwice() throws Exception {
        AmqpAlertPublisher publisher = publisher().open();
        AmqpAlertConsumer consumer = consumer().handler(alert -> {}).start();
        await().until(() -> publisher.isConnected() && consumer.isConnected());
        publisher.close();
        publisher.close();
        consumer.close();
        consumer.close();
        assertThatThrownBy(() -> publisher.onAlert(TestAlerts.numbered("c", 0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the AMQP publisher 'test' is closed");
        await("P24: no thread is left").until(AmqpTrafficContract::ourThreads, List::isEmpty);
    }

    static String json(String site, String id) {
        return "{\"site_name\":\"" + site + "\",\"site_status\":\"down\",\"email\":\"\","
                + "\"timestamp\":\"2026-11-22T12:00:00Z\",\"alert_id\":\"" + id + "\"}";
    }

    AmqpAlertPublisher.Builder publisher() {
        return AmqpAlertPublisher.to(uri()).named("test");
    }

    AmqpAlertConsumerBuilder consumer() {
        return AmqpAlertConsumer.from(uri()).named("test").retry(Duration.ofMillis(20), Duration.ofMillis(50));
    }

    static List<String> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("sitemonitor-test"))
                .toList();
    }
}
