package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertTexts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients that this project did not write, on one broker with ours. They declare exchange and queue strictly, as the old ones do:
 * were ours to declare anything otherwise, theirs would fail, and the other way round.
 */
@ExtendWith(WithRabbit.class)
@NeedsOwnNode
@Timeout(120)
class ForeignClientsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private static Path directory;

    static Stream<Arguments> kindsAndOrders() {
        return Stream.of(ForeignClient.Kind.values())
                .flatMap(kind -> Stream.of(true, false).map(theirsFirst -> Arguments.of(kind, theirsFirst)));
    }

    @ParameterizedTest(name = "{0}, theirs starts first: {1}")
    @MethodSource("kindsAndOrders")
    @DisplayName("P9: what their producer sends becomes the mails that the old consumer wrote")
    void theirProducerReachesOurHandlers(ForeignClient.Kind kind, boolean theirsFirst) throws Exception {
        List<Alert> handled = new CopyOnWriteArrayList<>();
        try (Scene scene = emptyScene()) {
            ForeignClient early = theirsFirst ? producer(kind, scene, "down", "2026-11-22T12:00:00Z") : null;
            if (early != null) {
                await().atMost(LIMIT).until(() -> exchangeExists(scene));
            }
            try (AmqpAlertConsumer consumer = AmqpAlertConsumer.from(scene.broker())
                    .named("test")
                    .handler(handled::add)
                    .start()) {
                if (early == null) {
                    await().atMost(LIMIT).until(consumer::isConnected);
                }
                ended(early == null ? producer(kind, scene, "down", "2026-11-22T12:00:00Z") : early);
                ended(producer(kind, scene, "up", "2026-11-22T13:05:00+01:00"));
                await().atMost(LIMIT).until(() -> consumer.handled() == 2);
            }
            assertThat(scene.admin().messages("alert_queue", Scene.VIRTUAL_HOST))
                    .isZero();
        }
        assertThat(handled)
                .extracting(AlertTexts.DEFAULT::subject)
                .containsExactly("Site storefront is DOWN!", "Site storefront is back UP!");
        assertThat(handled)
                .extracting(AlertTexts.DEFAULT::text)
                .containsExactly(
                        "Site storefront has gone down at 2026-11-22T12:00:00Z",
                        "Site storefront is back UP at 2026-11-22T12:05:00Z");
        assertThat(handled).allSatisfy(alert -> assertThat(alert.contacts()).containsExactly("owner@shop.example"));
    }

    @ParameterizedTest(name = "{0}, theirs starts first: {1}")
    @MethodSource("kindsAndOrders")
    @DisplayName("P9: their consumer, which knows strings only, reads what our publisher sends")
    void ourPublisherReachesTheirConsumer(ForeignClient.Kind kind, boolean theirsFirst) throws Exception {
        try (Scene scene = emptyScene()) {
            ForeignClient theirs;
            CompletableFuture<Void> first;
            AmqpAlertPublisher ours;
            if (theirsFirst) {
                theirs = consumer(kind, scene);
                ours = publisher(scene);
                first = sending(ours, "a-1", AlertKind.DOWN);
            } else {
                ours = publisher(scene);
                first = sending(ours, "a-1", AlertKind.DOWN);
                theirs = consumer(kind, scene);
            }
            first.get(60, TimeUnit.SECONDS);
            sending(ours, "a-2", AlertKind.RECOVERED).get(60, TimeUnit.SECONDS);
            await().atMost(LIMIT)
                    .until(() -> !theirs.isRunning() || theirs.lines().size() >= 3);
            assertThat(theirs.lines())
                    .containsExactly(
                            "ready",
                            "storefront|down|owner@shop.example|2026-11-22T12:01:30Z",
                            "storefront|up|owner@shop.example|2026-11-22T12:01:30Z");
            await("every acknowledgement")
                    .atMost(LIMIT)
                    .until(() -> scene.admin().messages("alert_queue", Scene.VIRTUAL_HOST) == 0);
            assertThat(theirs.isRunning()).isTrue();
        }
    }

    private static ForeignClient consumer(ForeignClient.Kind kind, Scene scene) throws Exception {
        ForeignClient theirs = scene.keep(ForeignClient.start(kind, directory, "consume", scene.uri()));
        await().atMost(LIMIT).until(() -> !theirs.isRunning() || !theirs.lines().isEmpty());
        assertThat(theirs.lines()).startsWith("ready");
        return theirs;
    }

    private static AmqpAlertPublisher publisher(Scene scene) throws Exception {
        AmqpAlertPublisher ours = scene.keep(AmqpAlertPublisher.to(scene.broker())
                .named("test")
                .confirmTimeout(LIMIT)
                .open());
        await().atMost(LIMIT).until(ours::isConnected);
        return ours;
    }

    private static Scene emptyScene() throws Exception {
        Scene scene = Scene.on(WithRabbit.node(), Fault.Wiring.STRAIGHT);
        scene.other().wipe();
        return scene;
    }

    private static ForeignClient producer(ForeignClient.Kind kind, Scene scene, String status, String at)
            throws Exception {
        return ForeignClient.start(kind, directory, "produce", scene.uri(), "storefront", status, at);
    }

    private static void ended(ForeignClient producer) throws Exception {
        try (producer) {
            assertThat(producer.end()).as(producer.lines().toString()).isZero();
        }
    }

    private static boolean exchangeExists(Scene scene) throws Exception {
        return scene.admin().exchangeExists("site_monitor", Scene.VIRTUAL_HOST);
    }

    private static CompletableFuture<Void> sending(AmqpAlertPublisher publisher, String id, AlertKind kind) {
        return CompletableFuture.runAsync(() -> {
            try {
                publisher.onAlert(TestAlerts.of("storefront", id, kind));
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }
}
