package io.sitemonitor.alert.internal;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertPolicy;
import io.sitemonitor.alert.AlertPolicyBuilder;
import io.sitemonitor.alert.DeadLetter;
import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.event.AlertDelivered;
import io.sitemonitor.event.AlertDeliveryFailed;
import io.sitemonitor.event.AlertUndelivered;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.schedule.internal.Timers;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.RecordingAlerts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertRouterTest {

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-03-01T12:00:00Z"));
    private final Timers timers = new Timers(time, e -> {
        throw new AssertionError(e);
    });
    private final List<MonitorEvent> events = new ArrayList<>();
    private final DeadLetters deadLetters = new DeadLetters();
    private final Map<String, AlertRouter.Registration> listeners = new LinkedHashMap<>();
    private final RecordingAlerts mail = new RecordingAlerts();

    @Test
    void givesAnAlertToEveryListener() {
        RecordingAlerts pager = new RecordingAlerts();
        AlertRouter router = router(Map.of("mail", mail, "pager", pager));
        router.route(down("a"));
        time.advance(Duration.ZERO);
        assertThat(mail.alerts()).containsExactly(down("a"));
        assertThat(pager.alerts()).containsExactly(down("a"));
        assertThat(router.waiting()).isZero();
        assertThat(events).hasSize(2).allMatch(AlertDelivered.class::isInstance);
    }

    /** P7. */
    @Test
    void triesAgainWithTheSameIdAfterEverLongerPauses() {
        AlertRouter router = router(mail, p -> p.retry(ofSeconds(1), ofSeconds(30)));
        mail.failWith(new IOException("no route"));
        router.route(down("a"));
        time.advance(ofMinutes(5));
        assertThat(mail.attempts()).hasSizeBetween(8, 20).containsOnly(down("a"));
        assertThat(router.waiting()).isEqualTo(1);
        assertThat(events).allMatch(AlertDeliveryFailed.class::isInstance);

        mail.failWith(null);
        time.advance(ofSeconds(36));
        assertThat(mail.alerts()).containsExactly(down("a"));
        assertThat(router.waiting()).isZero();
    }

    /** P6: what follows in one check waits, what belongs to other checks goes on. */
    @Test
    void keepsTheOrderOfOneCheckWithoutHoldingBackOthers() {
        List<String> got = new ArrayList<>();
        int[] failures = {3};
        AlertRouter router = router(
                alert -> {
                    if (alert.check().equals("a") && failures[0]-- > 0) {
                        throw new IOException("not now");
                    }
                    got.add(alert.check() + " " + alert.kind());
                },
                p -> {});
        router.route(down("a"));
        router.route(recovered("a"));
        router.route(down("b"));
        time.advance(ofMillis(1));
        assertThat(got).containsExactly("b DOWN");
        time.advance(ofMinutes(1));
        assertThat(got).containsExactly("b DOWN", "a DOWN", "a RECOVERED");
    }

    /** P23. */
    @Test
    void aListenerThatHangsDelaysNoOther() {
        RecordingAlerts pager = new RecordingAlerts();
        AlertListener hangs = alert -> time.take(ofHours(1_000));
        AlertRouter router = router(Map.of("hangs", hangs, "pager", pager));
        for (int i = 0; i < 100; i++) {
            router.route(down("c" + i));
        }
        time.advance(ofSeconds(1));
        assertThat(pager.alerts()).hasSize(100);
        assertThat(router.waiting()).isEqualTo(100);
    }

    @Test
    void whatThrowsAnErrorIsTriedAgainToo() {
        int[] calls = {0};
        AlertRouter router = router(
                alert -> {
                    if (calls[0]++ == 0) {
                        throw new StackOverflowError("deep");
                    }
                },
                p -> {});
        router.route(down("a"));
        time.advance(ofSeconds(2));
        assertThat(calls[0]).isEqualTo(2);
        assertThat(router.waiting()).isZero();
    }

    @Test
    void triesAgainWhenTheListenerSaysSo() {
        mail.failWith(new RetryAlertException("rate limit", ofSeconds(7)));
        AlertRouter router = router(mail, p -> p.retry(ofMinutes(10), ofMinutes(10)));
        router.route(down("a"));
        time.advance(ofSeconds(70));
        assertThat(mail.attempts())
                .as("every seven seconds, and no breaker in between")
                .hasSize(11);
    }

    @Test
    void givesUpAtOnceWhatCanNeverBeDelivered() {
        mail.failWith(new UndeliverableAlertException("nobody to send it to"));
        AlertRouter router = router(mail, p -> {});
        router.route(down("a"));
        time.advance(ofHours(1));
        assertThat(mail.attempts()).hasSize(1);
        assertThat(router.deadLetters())
                .containsExactly(new DeadLetter(
                        "mail",
                        down("a"),
                        Instant.parse("2026-03-01T12:00:00Z"),
                        1,
                        "UndeliverableAlertException: nobody to send it to"));
        assertThat(events).singleElement().isInstanceOf(AlertUndelivered.class);
    }

    @Test
    void givesUpWhatHasExpired() {
        mail.failWith(new IOException("no route"));
        AlertRouter router = router(mail, p -> p.expireAfter(ofMinutes(10)));
        router.route(down("a"));
        time.advance(ofMinutes(9));
        assertThat(router.deadLetters()).isEmpty();
        time.advance(ofMinutes(2));
        assertThat(router.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.alert()).isEqualTo(down("a"));
            assertThat(letter.attempts()).isPositive();
        });
        assertThat(router.waiting()).isZero();
    }

    @Test
    void givesUpOnceWhatExpiresDuringAnAttemptThatFails() {
        AlertRouter router = router(
                alert -> {
                    time.take(ofSeconds(5));
                    throw new IOException("no route");
                },
                p -> p.expireAfter(ofSeconds(3)));
        router.route(down("a"));
        time.advance(ofMinutes(1));
        assertThat(router.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.attempts()).isEqualTo(1);
            assertThat(letter.reason()).isEqualTo("IOException: no route");
        });
        assertThat(router.waiting()).isZero();
    }

    @Test
    void whatWaitsBehindAListenerThatHangsExpiresAsWell() {
        AlertRouter router = router(alert -> time.take(ofHours(1_000)), p -> p.expireAfter(ofMinutes(1)));
        router.route(down("a"));
        router.route(down("b"));
        time.advance(ofMinutes(2));
        assertThat(router.deadLetters())
                .singleElement()
                .extracting(letter -> letter.alert().check())
                .isEqualTo("b");
    }

    /** P8: bounded, counted, said. */
    @Test
    void refusesWhatIsTooMuchAndDoesNotCloseWhatItNeverTold() {
        mail.failWith(new IOException("no route"));
        AlertRouter router = router(mail, p -> p.capacity(2));
        router.route(down("a"));
        router.route(down("b"));
        router.route(down("c"));
        router.route(recovered("c"));
        assertThat(router.waiting()).isEqualTo(2);
        assertThat(router.deadLetters())
                .extracting(DeadLetter::reason)
                .containsExactly("2 alerts are waiting already", "what it closes was never told");
    }

    @Test
    void aRecoveryGoesToWhoWasToldOfTheOutageAndToNobodyElse() {
        RecordingAlerts all = new RecordingAlerts();
        listeners.put(
                "mail", registration(mail, p -> p.when(alert -> alert.check().equals("a"))));
        listeners.put("all", registration(all, p -> {}));
        AlertRouter router = newRouter();
        router.route(down("a"));
        router.route(down("b"));
        router.route(recovered("a"));
        router.route(recovered("b"));
        time.advance(Duration.ZERO);
        assertThat(mail.kinds()).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
        assertThat(mail.alerts()).extracting(Alert::check).containsOnly("a");
        assertThat(all.alerts()).hasSize(4);
    }

    @Test
    void aFilterThatThrowsHidesNoOutage() {
        AlertRouter router = router(
                mail,
                p -> p.when(alert -> {
                    throw new IllegalStateException("broken filter");
                }));
        router.route(down("a"));
        time.advance(Duration.ZERO);
        assertThat(mail.alerts()).hasSize(1);
    }

    /** P23. */
    @Test
    void aFilterThatHangsDelaysNoOtherListener() {
        RecordingAlerts pager = new RecordingAlerts();
        listeners.put(
                "mail",
                registration(
                        mail,
                        p -> p.when(alert -> {
                            time.take(ofHours(1_000));
                            return true;
                        })));
        listeners.put("pager", registration(pager, p -> {}));
        AlertRouter router = newRouter();
        router.route(down("a"));
        router.route(recovered("a"));
        time.advance(ofSeconds(1));
        assertThat(pager.kinds()).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
    }

    @Test
    void whatAFilterDoesNotWantIsNeitherDeliveredNorADeadLetter() {
        AlertRouter router = router(mail, p -> p.when(alert -> false));
        router.route(down("a"));
        router.route(recovered("a"));
        time.advance(ofSeconds(1));
        assertThat(router.waiting()).isZero();
        assertThat(mail.attempts()).isEmpty();
        assertThat(router.deadLetters()).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void selectsKindsThatOpenSomethingAndClosesThem() {
        AlertRouter router = router(mail, p -> p.kinds(AlertKind.DEGRADED));
        router.route(down("a"));
        router.route(alert("a", AlertKind.DEGRADED, "degraded"));
        router.route(recovered("a"));
        router.route(alert("a", AlertKind.DEGRADATION_ENDED, "degraded"));
        time.advance(Duration.ZERO);
        assertThat(mail.kinds()).containsExactly(AlertKind.DEGRADED, AlertKind.DEGRADATION_ENDED);
    }

    @Test
    void leavesADestinationAloneWhenEverythingFailsAndDrainsOnceItIsBack() {
        mail.failWith(new IOException("no route"));
        AlertRouter router = router(mail, p -> p.retry(ofSeconds(1), ofSeconds(30)));
        for (int i = 0; i < 1_000; i++) {
            router.route(down("c" + i));
        }
        time.advance(ofMinutes(10));
        assertThat(mail.attempts()).as("one trial at a time, not a thousand").hasSizeLessThan(40);
        mail.failWith(null);
        time.advance(ofSeconds(31));
        assertThat(mail.alerts()).hasSize(1_000);
        assertThat(router.waiting()).isZero();
    }

    @Test
    void interruptsAnAttemptAtItsTimeout() {
        AlertRouter router = router(alert -> time.take(ofSeconds(30)), p -> p.timeout(ofSeconds(10)));
        router.route(down("a"));
        time.advance(ofMinutes(1));
        assertThat(events)
                .as("it returned normally in the end, so it is delivered")
                .singleElement()
                .isInstanceOf(AlertDelivered.class);
    }

    /** P11. */
    @Test
    void closingHandsOverWhatItCanAndReportsTheRest() {
        mail.failWith(new IOException("no route"));
        RecordingAlerts pager = new RecordingAlerts();
        listeners.put("mail", registration(mail, p -> {}));
        listeners.put("pager", registration(pager, p -> {}));
        AlertRouter router = newRouter();
        router.route(down("a"));
        router.route(down("b"));
        assertThat(router.close(ofSeconds(2))).isEqualTo(2);
        assertThat(pager.alerts()).hasSize(2);
        assertThat(mail.attempts()).as("tried until the limit").hasSizeGreaterThan(10);
        assertThat(router.deadLetters())
                .extracting(DeadLetter::reason)
                .containsOnly("the monitor was closed before it could be delivered");
        assertThat(router.deadLetters()).hasSize(2);
    }

    @Test
    void closingDoesNotWaitOutAPause() {
        mail.failWith(new IOException("no route"));
        AlertRouter router = router(mail, p -> p.retry(ofMinutes(10), ofMinutes(10)));
        router.route(down("a"));
        time.advance(ofSeconds(1));
        mail.failWith(null);
        assertThat(router.close(ofSeconds(2))).isZero();
        assertThat(mail.alerts()).hasSize(1);
    }

    /** P6, P7, P12: random failures, several checks; every alert arrives, in order for each check, once delivered. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void losesNothingAndKeepsOrderWhateverFails(long seed) {
        Random random = new Random(seed);
        List<Alert> got = new ArrayList<>();
        double[] failing = {0.5};
        AlertRouter router = router(
                alert -> {
                    if (random.nextDouble() < 0.1) {
                        time.take(ofMillis(random.nextInt(15_000)));
                    }
                    if (random.nextDouble() < failing[0]) {
                        throw new IOException("at random");
                    }
                    got.add(alert);
                },
                p -> p.expireAfter(Duration.ofDays(300)));
        List<Alert> sent = new ArrayList<>();
        int[] rounds = new int[10];
        boolean[] open = new boolean[10];
        for (int i = 0; i < 1_000; i++) {
            int check = random.nextInt(10);
            AlertKind kind = open[check] ? AlertKind.RECOVERED : AlertKind.DOWN;
            Alert alert = alert("c" + check, kind, "incident-" + check + "-" + rounds[check]);
            rounds[check] += open[check] ? 1 : 0;
            open[check] = !open[check];
            sent.add(alert);
            router.route(alert);
            failing[0] = i % 200 < 50 ? 1 : 0.3;
            time.advance(ofMillis(random.nextInt(2_000)));
        }
        failing[0] = 0;
        time.advance(ofHours(2));
        assertThat(router.waiting()).as("seed %d", seed).isZero();
        assertThat(router.deadLetters()).isEmpty();
        for (int check = 0; check < 10; check++) {
            String name = "c" + check;
            assertThat(got.stream().filter(alert -> alert.check().equals(name)))
                    .as("seed %d, check %s", seed, name)
                    .containsExactlyElementsOf(sent.stream()
                            .filter(alert -> alert.check().equals(name))
                            .toList());
        }
    }

    private AlertRouter router(AlertListener listener, Consumer<AlertPolicyBuilder> options) {
        listeners.put("mail", registration(listener, options));
        return newRouter();
    }

    private AlertRouter router(Map<String, AlertListener> all) {
        all.forEach((name, listener) -> listeners.put(name, registration(listener, p -> {})));
        return newRouter();
    }

    private AlertRouter newRouter() {
        timers.attach(time.loop("test", timers));
        return new AlertRouter(new LaneContext("test", time, timers, events::add, deadLetters), time, listeners, null);
    }

    private static AlertRouter.Registration registration(AlertListener listener, Consumer<AlertPolicyBuilder> options) {
        AlertPolicyBuilder builder = AlertPolicy.builder();
        options.accept(builder);
        return new AlertRouter.Registration(listener, builder.build());
    }

    private static Alert down(String check) {
        return alert(check, AlertKind.DOWN, "incident of " + check);
    }

    private static Alert recovered(String check) {
        return alert(check, AlertKind.RECOVERED, "incident of " + check);
    }

    private static Alert alert(String check, AlertKind kind, String incident) {
        Instant at = Instant.parse("2026-03-01T12:00:00Z");
        return new Alert(
                incident + " " + kind,
                incident,
                "test",
                check,
                kind,
                HealthState.UP,
                HealthState.DOWN,
                at,
                at,
                Duration.ZERO,
                null,
                check + " " + kind,
                null,
                Evidence.none(),
                Map.of(),
                List.of());
    }
}
