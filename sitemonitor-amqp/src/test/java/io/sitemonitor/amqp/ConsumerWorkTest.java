package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.store.file.FileStore;
import io.sitemonitor.testing.MemoryStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How a consumer works: several at once, ids that outlive it, messages that wait on the broker. */
@ExtendWith(WithRabbit.class)
@NeedsOwnNode
class ConsumerWorkTest {

    private final RabbitNode node = WithRabbit.node();
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private PlainClient other;

    @BeforeEach
    void connect() throws Exception {
        other = PlainClient.connect(node.uri()).wipe();
        other.channel().queueDelete("alert_queue.retry");
    }

    @AfterEach
    void disconnect() {
        other.close();
    }

    private AmqpAlertConsumerBuilder consumer() {
        return AmqpAlertConsumer.from(node.uri()).named("test").retry(Duration.ofMillis(5), Duration.ofMillis(5));
    }

    @Test
    @DisplayName("P6: so many at once as asked for, and of one site one after the other")
    void handlesSeveralAtOnce() throws Exception {
        int sites = 5;
        CountDownLatch together = new CountDownLatch(3);
        Map<String, AtomicInteger> inside = new ConcurrentHashMap<>();
        Map<String, List<String>> bySite = new ConcurrentHashMap<>();
        AtomicBoolean twice = new AtomicBoolean();
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (AmqpAlertConsumer consumer = consumer()
                .concurrency(3)
                .prefetch(100)
                .handler(alert -> {
                    twice.compareAndSet(
                            false,
                            inside.computeIfAbsent(alert.check(), site -> new AtomicInteger())
                                            .incrementAndGet()
                                    > 1);
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    together.countDown();
                    together.await(20, TimeUnit.SECONDS);
                    bySite.computeIfAbsent(alert.check(), site -> Collections.synchronizedList(new ArrayList<>()))
                            .add(alert.id());
                    now.decrementAndGet();
                    inside.get(alert.check()).decrementAndGet();
                })
                .start()) {
            await().until(consumer::isConnected);
            for (int i = 0; i < 40; i++) {
                for (int site = 0; site < sites; site++) {
                    other.send(AmqpTrafficContract.json("site-" + site, site + "#" + i));
                }
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> consumer.handled() == 40 * sites);
        }
        assertThat(most).hasValue(3);
        assertThat(twice).isFalse();
        assertThat(bySite).hasSize(sites);
        bySite.forEach((site, ids) -> {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                expected.add(site.substring(5) + "#" + i);
            }
            assertThat(ids).isEqualTo(expected);
        });
    }

    @Test
    @DisplayName("P10: what comes again over a new connection is not handled twice at once, though there are hands")
    void waitsForTheFirstAttempt() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch goOn = new CountDownLatch(1);
        try (FaultProxy wire = FaultProxy.to(node.port());
                AmqpAlertConsumer consumer = AmqpAlertConsumer.from(wire.uri())
                        .named("test")
                        .concurrency(4)
                        .handler(alert -> {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            goOn.await(20, TimeUnit.SECONDS);
                            handled.add(alert.id());
                            inside.decrementAndGet();
                        })
                        .start()) {
            await().until(consumer::isConnected);
            other.send(AmqpTrafficContract.json("a", "a-1"));
            await().until(() -> inside.get() == 1);
            wire.cut();
            await().until(() -> consumer.connections() == 2 && consumer.isConnected());
            other.send(AmqpTrafficContract.json("b", "b-1"));
            await("the new connection has brought what is behind it").until(() -> inside.get() == 2);
            goOn.countDown();
            await().until(() -> consumer.handled() == 2 && consumer.doubles() == 1);
        }
        assertThat(most).hasValue(2);
        assertThat(handled).containsExactlyInAnyOrder("a-1", "b-1");
    }

    @Test
    @DisplayName("§11: while all hands are busy and another message is due again, nothing spins")
    void waitsQuietlyForAHand() throws Exception {
        CountDownLatch inHand = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (AmqpAlertConsumer consumer = consumer()
                .attempts(1_000)
                .handler(alert -> {
                    if (alert.check().equals("due again") && handled.isEmpty()) {
                        throw new IOException("not yet");
                    }
                    if (alert.check().equals("slow")) {
                        inHand.countDown();
                        goOn.await(20, TimeUnit.SECONDS);
                    }
                    handled.add(alert.id());
                })
                .start()) {
            await().until(consumer::isConnected);
            other.send(AmqpTrafficContract.json("due again", "d-1"));
            await().until(() -> consumer.retries() > 0);
            other.send(AmqpTrafficContract.json("slow", "s-1"));
            assertThat(inHand.await(20, TimeUnit.SECONDS)).isTrue();
            long before = workerNanos();
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            long used = workerNanos() - before;
            goOn.countDown();
            assertThat(used).isLessThan(Duration.ofMillis(300).toNanos());
            await().until(() -> consumer.handled() == 2);
        }
    }

    private static long workerNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("sitemonitor-test-amqp-consumer-worker"))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getId()))
                .sum();
    }

    @Test
    @DisplayName("P10: with a store, what was handled before a restart is known as a double after it")
    void remembersInAStore(@TempDir Path folder) throws Exception {
        for (int life = 0; life < 2; life++) {
            try (AmqpAlertConsumer consumer = consumer()
                    .remember(FileStore.in(folder))
                    .handler(alert -> handled.add(alert.id()))
                    .start()) {
                await().until(consumer::isConnected);
                other.send(AmqpTrafficContract.json("a", "a-1"));
                other.send(AmqpTrafficContract.json("a", "a-2"));
                long before = life * 2L;
                await().until(() -> consumer.handled() + consumer.doubles() == 2);
                assertThat(consumer.doubles()).isEqualTo(before);
            }
        }
        assertThat(handled).containsExactly("a-1", "a-2");
        assertThat(other.waiting("alert_queue")).isZero();
    }

    @Test
    @DisplayName("P10: a store that fails is said, and keeps nobody from handling")
    void goesOnWithoutItsStore() throws Exception {
        MemoryStore store = new MemoryStore();
        store.failWith(new IOException("disk full"));
        try (LogCapture log = new LogCapture();
                AmqpAlertConsumer consumer = consumer()
                        .remember(store)
                        .handler(alert -> handled.add(alert.id()))
                        .start()) {
            await().until(consumer::isConnected);
            other.send(AmqpTrafficContract.json("a", "a-1"));
            await().until(() -> consumer.handled() == 1);
            await().until(() -> log.everything().contains("disk full"));
        }
        await().until(() -> other.waiting("alert_queue") == 0);
    }

    @Test
    @DisplayName("P10: what fails waits on the broker, what follows of its site waits behind it, other sites go on")
    void letsMessagesWaitOnTheBroker() throws Exception {
        AtomicBoolean away = new AtomicBoolean(true);
        try (AmqpAlertConsumer consumer = consumer()
                .attempts(2)
                .prefetch(2)
                .retryQueue(Duration.ofSeconds(1), 1_000)
                .handler(alert -> {
                    if (alert.check().equals("a") && away.get()) {
                        throw new IOException("away");
                    }
                    handled.add(alert.id());
                })
                .start()) {
            await().until(consumer::isConnected);
            for (int i = 0; i < 6; i++) {
                other.send(AmqpTrafficContract.json("a", "a-" + i));
            }
            other.send(AmqpTrafficContract.json("b", "b-0"));
            await().until(() -> handled.contains("b-0"));
            await().until(() -> consumer.parked() > 8);
            assertThat(handled).as("more wait there than may be in hand here").containsExactly("b-0");
            away.set(false);
            await().atMost(Duration.ofSeconds(30)).until(() -> consumer.handled() == 7);
            assertThat(consumer.deadLetters()).isZero();
        }
        assertThat(handled).containsExactly("b-0", "a-0", "a-1", "a-2", "a-3", "a-4", "a-5");
        assertThat(other.waiting("alert_queue")).isZero();
        assertThat(other.waiting("alert_queue.retry")).isZero();
    }

    @Test
    @DisplayName("P10: after so many rounds, or when it is refused, it is a dead letter with the reason")
    void givesUpAfterItsRounds() throws Exception {
        List<AmqpEvent> events = new CopyOnWriteArrayList<>();
        try (AmqpAlertConsumer consumer = consumer()
                .attempts(2)
                .retryQueue(Duration.ofSeconds(1), 2)
                .listener(events::add)
                .handler("mail", alert -> {
                    handled.add(alert.id());
                    if (alert.check().equals("refused")) {
                        throw new UndeliverableAlertException("no such mailbox");
                    }
                    throw new IOException("away");
                })
                .start()) {
            await().until(consumer::isConnected);
            other.send(AmqpTrafficContract.json("a", "a-0"));
            other.send(AmqpTrafficContract.json("refused", "r-0"));
            await().atMost(Duration.ofSeconds(30)).until(() -> consumer.deadLetters() == 2);
            assertThat(consumer.parked()).isEqualTo(2);
            await().until(() -> events.stream()
                            .filter(event -> event.kind() == AmqpEvent.Kind.DEAD_LETTER)
                            .count()
                    == 2);
        }
        assertThat(Collections.frequency(handled, "a-0"))
                .as("two attempts in three rounds")
                .isEqualTo(6);
        assertThat(Collections.frequency(handled, "r-0")).isOne();
        var first = other.get("alert_queue.dead").getProps();
        assertThat(first.getHeaders().get("x-sitemonitor-reason"))
                .hasToString("handler 'mail' failed after 1 attempt: UndeliverableAlertException: no such mailbox");
        var second = other.get("alert_queue.dead").getProps();
        assertThat(second.getMessageId()).isEqualTo("a-0");
        assertThat(second.getExpiration()).isNull();
        assertThat(second.getHeaders().get("x-sitemonitor-reason"))
                .hasToString("handler 'mail' failed after 2 attempts: IOException: away");
    }

    @Test
    @DisplayName("An event among the alerts is no poison: it is dropped and counted")
    void dropsEvents() throws Exception {
        try (AmqpAlertConsumer consumer =
                consumer().handler(alert -> handled.add(alert.id())).start()) {
            await().until(consumer::isConnected);
            other.send(
                    "{\"version\":1}",
                    new AMQP.BasicProperties.Builder()
                            .type("io.sitemonitor.event.state")
                            .build());
            other.send(AmqpTrafficContract.json("a", "a-0"));
            await().until(() -> consumer.handled() == 1);
            assertThat(consumer.ignored()).isOne();
            assertThat(consumer.deadLetters()).isZero();
        }
    }

    @Test
    @DisplayName("P9, P2: only looked for: nothing is declared, and it works once somebody else has declared it")
    void looksOnly() throws Exception {
        List<String> before = PublisherFaultsTest.declarations(node);
        AmqpTopology topology = AmqpTopology.direct().passive();
        try (LogCapture log = new LogCapture();
                AmqpAlertConsumer consumer = consumer()
                        .topology(topology)
                        .handler(alert -> handled.add(alert.id()))
                        .start();
                AmqpAlertPublisher publisher = AmqpAlertPublisher.to(node.uri())
                        .named("test")
                        .topology(topology)
                        .open()) {
            await().until(() -> log.everything().contains("cannot find the exchange 'site_monitor'")
                    && log.everything().contains("cannot find the queue 'alert_queue'"));
            assertThat(PublisherFaultsTest.declarations(node)).isEqualTo(before);
            assertThat(publisher.state()).isEqualTo(AmqpState.CONNECTING);
            other.declareQueue();
            publisher.onAlert(TestAlerts.numbered("c", 0));
            await().until(() -> handled.contains("c#0"));
        }
    }

    @Test
    @DisplayName("Our own topology: all of an alert arrives, in queues that are replicated, by pattern")
    void usesTheTopicExchange() throws Exception {
        AmqpTopology topology = AmqpTopology.topic();
        List<Alert> all = new CopyOnWriteArrayList<>();
        List<Alert> outages = new CopyOnWriteArrayList<>();
        try (AmqpAlertConsumer everything =
                        consumer().topology(topology).handler(all::add).start();
                AmqpAlertConsumer down = consumer()
                        .topology(topology.queue("outages").bind("*.*.down"))
                        .handler(outages::add)
                        .start();
                AmqpAlertPublisher publisher = AmqpAlertPublisher.to(node.uri())
                        .named("test")
                        .topology(topology)
                        .open()) {
            await().until(() -> everything.isConnected() && down.isConnected());
            List<Alert> sent = TestAlerts.ofEveryKind("storefront");
            for (Alert alert : sent) {
                publisher.onAlert(alert);
            }
            await().until(() -> all.size() == sent.size());
            assertThat(all).isEqualTo(sent);
            await().until(() -> outages.size() == 1);
            assertThat(node.control("list_queues", "--no-table-headers", "name", "type"))
                    .contains("sitemonitor.alerts\tquorum", "outages\tquorum");
        } finally {
            other.channel().queueDelete("sitemonitor.alerts");
            other.channel().queueDelete("sitemonitor.alerts.dead");
            other.channel().queueDelete("outages");
            other.channel().queueDelete("outages.dead");
            other.channel().exchangeDelete("sitemonitor.alerts");
        }
    }

    @Test
    @DisplayName(
            "P10: a message that kills its consumers over and over is a dead letter of the broker's, not lost and not for ever")
    void deadLettersWhatKillsItsConsumers() throws Exception {
        AmqpTopology topology = AmqpTopology.topic().queue("killers");
        try (AmqpAlertPublisher publisher = AmqpAlertPublisher.to(node.uri())
                .named("test")
                .topology(topology)
                .open()) {
            try (AmqpAlertConsumer declaring =
                    consumer().topology(topology).handler(alert -> {}).start()) {
                await().until(declaring::isConnected);
            }
            publisher.onAlert(TestAlerts.numbered("c", 0));
            AtomicInteger taken = new AtomicInteger();
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> {
                        Semaphore came = new Semaphore(0);
                        try (Channel dying = other.channel().getConnection().createChannel()) {
                            dying.basicConsume("killers", (tag, message) -> came.release(), tag -> {});
                            if (came.tryAcquire(50, TimeUnit.MILLISECONDS)) {
                                taken.incrementAndGet();
                            }
                        }
                        return other.waiting("killers.dead") == 1;
                    });
            assertThat(taken).hasValueBetween(100, 102);
            assertThat(other.get("killers.dead").getProps().getMessageId()).isEqualTo("c#0");
        } finally {
            other.channel().queueDelete("killers");
            other.channel().queueDelete("killers.dead");
            other.channel().exchangeDelete("sitemonitor.alerts");
        }
    }
}
