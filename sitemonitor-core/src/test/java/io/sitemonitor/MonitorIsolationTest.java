package io.sitemonitor;

import static io.sitemonitor.Stage.START;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.definition.CheckSettingsBuilder;
import io.sitemonitor.event.Heartbeat;
import io.sitemonitor.event.HeartbeatMissed;
import io.sitemonitor.event.IsolationChanged;
import io.sitemonitor.event.TicksMissed;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.RecordingAlerts;
import io.sitemonitor.testing.ScriptedCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The monitor itself is offline: {@code onlineWhen}, design §6.6, P12. */
class MonitorIsolationTest {

    private static final CheckResult UNREACHABLE = CheckResult.fail(FailureKind.CONNECT, "network is unreachable");

    private final Stage stage = new Stage();
    private final ScriptedCheck first = ScriptedCheck.passing();
    private final ScriptedCheck second = ScriptedCheck.passing();
    private final ScriptedCheck third = ScriptedCheck.passing();
    private final ScriptedCheck shop = ScriptedCheck.passing();

    @AfterEach
    void close() {
        stage.close();
    }

    /** Two proofs of which one must pass, each once a minute, and a shop. */
    private Monitor start(Consumer<CheckSettingsBuilder> ofShop) {
        return stage.start(stage.builder()
                .onlineWhen(1, "first", "second")
                .check("first", stage.noted(first), c -> c.every(ofMinutes(1)))
                .check("second", stage.noted(second), c -> c.every(ofMinutes(1)))
                .check("shop", stage.noted(shop), ofShop));
    }

    private void goOffline() {
        List.of(first, second, third, shop).forEach(check -> check.gives(UNREACHABLE));
    }

    private void goOnline() {
        List.of(first, second, third, shop).forEach(ScriptedCheck::passes);
    }

    private List<AlertKind> kinds() {
        return stage.alerts.kinds();
    }

    @Nested
    @DisplayName("§6.6: while the proofs fail")
    class Offline {

        @Test
        void failuresAreInconclusiveAndNameTheReason() {
            Monitor monitor = start(c -> c.downAfter(1));
            stage.advance(ofSeconds(10));
            goOffline();
            stage.advance(ofMinutes(10));
            assertThat(monitor.stateOf("shop")).isNotEqualTo(HealthState.DOWN);
            assertThat(stage.last("shop"))
                    .isEqualTo(CheckResult.inconclusive("of 2 checks that prove that we are online 2 fail: first,"
                            + " second (CONNECT: network is unreachable)"));
            assertThat(stage.check("shop").figures().failed()).isZero();
            assertThat(stage.check("shop").figures().inconclusive()).isPositive();
            assertThat(monitor.incidents().open()).isEmpty();
        }

        @Test
        void oneAlertSaysSoAfterTheProofsHaveFailedOftenEnoughAndOneSaysThatItIsOver() {
            Monitor monitor = start(c -> c.downAfter(1));
            stage.advance(ofSeconds(10));
            goOffline();
            stage.advance(ofHours(1));
            assertThat(kinds()).containsExactly(AlertKind.ISOLATED);
            goOnline();
            stage.advance(ofHours(1));
            assertThat(kinds()).containsExactly(AlertKind.ISOLATED, AlertKind.ISOLATION_ENDED);

            Alert isolated = stage.alerts.alerts().get(0);
            assertThat(isolated.check()).isEqualTo("test");
            assertThat(isolated.monitor()).isEqualTo("test");
            assertThat(isolated.summary()).contains("first", "second");
            assertThat(isolated.since()).isBetween(START.plusSeconds(10), START.plusSeconds(61));
            assertThat(isolated.at()).isBefore(START.plusSeconds(180));
            Alert ended = stage.alerts.alerts().get(1);
            assertThat(ended.incidentId()).isEqualTo(isolated.incidentId());
            assertThat(ended.id()).isNotEqualTo(isolated.id());
            assertThat(ended.since()).isEqualTo(isolated.since());
            assertThat(ended.duration()).isBetween(ofMinutes(59), ofMinutes(62));
            assertThat(monitor.snapshot().count(HealthState.UP)).isEqualTo(3);
        }

        @Test
        void aShortSpellIsNoAlertAtAll() {
            Monitor monitor = start(c -> c.downAfter(1));
            stage.advance(ofSeconds(25));
            goOffline();
            stage.advance(ofSeconds(7));
            assertThat(stage.last("shop").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            goOnline();
            stage.advance(ofMinutes(10));
            assertThat(kinds()).isEmpty();
            assertThat(monitor.stateOf("shop")).isEqualTo(HealthState.UP);
        }

        @Test
        void theAlertComesOnceTheProofsHaveFailedAsOftenInARowAsMakesThemDown() {
            stage.start(stage.builder()
                    .onlineWhen(1, "first", "second")
                    .check(
                            "first",
                            stage.noted(first),
                            c -> c.every(ofSeconds(10)).downAfter(4))
                    .check(
                            "second",
                            stage.noted(second),
                            c -> c.every(ofSeconds(10)).downAfter(4)));
            stage.advance(ofSeconds(5));
            goOffline();
            stage.advanceUntil(() -> !kinds().isEmpty());
            List<Long> of = new ArrayList<>(stage.begun("first"));
            assertThat(of.stream().filter(at -> at > 5_000)).hasSize(4);
            assertThat(stage.begun("second").stream().filter(at -> at > 5_000)).hasSize(4);
        }

        @Test
        void theProofsAreNotDownThemselves() {
            Monitor monitor = start(c -> {});
            stage.advance(ofSeconds(10));
            goOffline();
            stage.advance(ofMinutes(30));
            assertThat(monitor.stateOf("first")).isNotEqualTo(HealthState.DOWN);
            assertThat(monitor.stateOf("second")).isNotEqualTo(HealthState.DOWN);
            assertThat(monitor.incidents().open()).isEmpty();
        }

        @Test
        void itIsSeenInTheSnapshotAndInEvents() {
            Monitor monitor = start(c -> {});
            stage.advance(ofSeconds(10));
            assertThat(monitor.snapshot().isolation()).isNull();
            goOffline();
            stage.advance(ofMinutes(5));
            String reason = "of 2 checks that prove that we are online 2 fail: first, second";
            assertThat(monitor.snapshot().isolation()).isNotNull().satisfies(isolation -> {
                assertThat(isolation.kind()).isEqualTo(ConditionKind.ISOLATED);
                assertThat(isolation.reason()).isEqualTo(reason);
                assertThat(isolation.since()).isBetween(START.plusSeconds(10), START.plusSeconds(61));
                assertThat(isolation.until()).isNull();
            });
            assertThat(monitor.snapshot().checks())
                    .hasSize(3)
                    .allSatisfy(check -> assertThat(check.condition(ConditionKind.ISOLATED))
                            .contains(monitor.snapshot().isolation()));
            goOnline();
            stage.advance(ofMinutes(2));
            assertThat(monitor.snapshot().isolation()).isNull();
            assertThat(monitor.snapshot().checks())
                    .allSatisfy(check ->
                            assertThat(check.condition(ConditionKind.ISOLATED)).isEmpty());
            assertThat(stage.events(IsolationChanged.class))
                    .extracting(IsolationChanged::isolated)
                    .containsExactly(true, false);
            assertThat(stage.events(IsolationChanged.class).get(0).reason()).isEqualTo(reason);
        }

        @Test
        void passesAreBelieved() {
            Monitor monitor = start(c -> c.downAfter(1));
            first.gives(UNREACHABLE);
            second.gives(UNREACHABLE);
            stage.advance(ofMinutes(5));
            assertThat(monitor.snapshot().isolation()).isNotNull();
            assertThat(monitor.stateOf("shop")).as("it is inside the house").isEqualTo(HealthState.UP);
        }

        @Test
        void anOutageFromBeforeStaysAndItsRecoveryIsTold() {
            Monitor monitor = start(c -> c.every(ofSeconds(30)));
            stage.advance(ofSeconds(29));
            shop.fails("HTTP 503");
            stage.advance(ofMinutes(2));
            assertThat(kinds()).containsExactly(AlertKind.DOWN);
            goOffline();
            stage.advance(ofMinutes(20));
            assertThat(monitor.stateOf("shop")).isEqualTo(HealthState.DOWN);
            goOnline();
            stage.advance(ofMinutes(20));
            assertThat(kinds())
                    .containsExactly(
                            AlertKind.DOWN, AlertKind.ISOLATED, AlertKind.ISOLATION_ENDED, AlertKind.RECOVERED);
        }

        @Test
        void anOutageThatOutlivesItIsToldAfterwards() {
            start(c -> c.every(ofSeconds(30)));
            stage.advance(ofSeconds(10));
            goOffline();
            stage.advance(ofMinutes(10));
            goOnline();
            shop.fails("HTTP 503");
            stage.advance(ofMinutes(10));
            assertThat(kinds()).containsExactly(AlertKind.ISOLATED, AlertKind.ISOLATION_ENDED, AlertKind.DOWN);
        }

        @Test
        void afterwardsEachCheckKeepsItsPaceWithoutABurst() {
            MonitorBuilder builder = stage.builder()
                    .warmUp(ofSeconds(5))
                    .onlineWhen(1, "first")
                    .check("first", stage.noted(first), c -> c.every(ofSeconds(10)));
            for (int i = 0; i < 30; i++) {
                builder.check("c" + i, stage.noted(shop), c -> c.every(ofSeconds(30)));
            }
            stage.start(builder);
            stage.advance(ofSeconds(25));
            goOffline();
            stage.advance(ofMinutes(30));
            goOnline();
            stage.forgetRuns();
            stage.advance(ofSeconds(30));
            for (int i = 0; i < 30; i++) {
                assertThat(stage.begun("c" + i)).as("c%s", i).hasSize(1);
            }
            Set<Long> moments = new HashSet<>();
            stage.order().stream()
                    .filter(name -> name.startsWith("c"))
                    .forEach(name -> moments.add(stage.begun(name).get(0)));
            assertThat(moments).as("still spread").hasSize(30);
            assertThat(stage.events(TicksMissed.class)).isEmpty();
        }

        @Test
        void theMonitorStillDoesItsWork() {
            start(c -> {});
            stage.advance(ofSeconds(10));
            goOffline();
            stage.advance(ofMinutes(30));
            assertThat(stage.events(HeartbeatMissed.class)).isEmpty();
            assertThat(stage.events(Heartbeat.class)).hasSize(30);
        }

        @Test
        void theProofsAreNotLeftAloneForLong() {
            Monitor monitor = stage.start(stage.builder()
                    .onlineWhen(1, "first")
                    .check(
                            "first",
                            stage.noted(first),
                            c -> c.every(ofMinutes(1)).downAfter(1)));
            stage.advance(ofSeconds(10));
            goOffline();
            stage.advance(ofHours(1));
            goOnline();
            stage.advance(ofSeconds(61));
            assertThat(monitor.snapshot().isolation()).isNull();
        }

        @Test
        @DisplayName("P12: each listener sees a legal history")
        void eachListenerSeesALegalHistory() {
            RecordingAlerts chosen = new RecordingAlerts();
            RecordingAlerts lame = new RecordingAlerts();
            stage.start(stage.builder()
                    .alert(chosen, p -> p.kinds(AlertKind.DOWN))
                    .alert(lame, p -> p.retry(ofSeconds(1), ofMinutes(1)))
                    .onlineWhen(1, "first", "second")
                    .check("first", first, c -> c.every(ofSeconds(20)))
                    .check("second", second, c -> c.every(ofSeconds(20)))
                    .check("shop", shop, c -> c.every(ofSeconds(30)).flapAfter(0, ofMinutes(1))));
            for (int i = 0; i < 5; i++) {
                stage.advance(ofSeconds(73));
                lame.failWith(new IllegalStateException("away"));
                goOffline();
                stage.advance(ofSeconds(200));
                lame.failWith(null);
                goOnline();
                stage.advance(ofSeconds(301));
                shop.fails("HTTP 503");
                stage.advance(ofSeconds(150));
                shop.passes();
                stage.advance(ofSeconds(301));
            }
            List<AlertKind> all = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                all.addAll(List.of(AlertKind.ISOLATED, AlertKind.ISOLATION_ENDED, AlertKind.DOWN, AlertKind.RECOVERED));
            }
            assertThat(kinds()).containsExactlyElementsOf(all);
            assertThat(lame.kinds()).containsExactlyElementsOf(all);
            assertThat(chosen.kinds()).hasSize(10).doesNotContain(AlertKind.ISOLATED, AlertKind.ISOLATION_ENDED);
            Set<String> ids = new HashSet<>();
            stage.alerts.alerts().forEach(alert -> ids.add(alert.id()));
            assertThat(ids).hasSize(20);
        }
    }

    @Nested
    @DisplayName("§6.6: k of n")
    class Thresholds {

        @ParameterizedTest(name = "{0} of 3 must pass, {1} fail: isolated {2}")
        @CsvSource({
            "1,0,false", "1,1,false", "1,2,false", "1,3,true",
            "2,0,false", "2,1,false", "2,2,true", "2,3,true",
            "3,0,false", "3,1,true", "3,2,true", "3,3,true"
        })
        void soManyProofsMustPass(int least, int failing, boolean isolated) {
            Monitor monitor = stage.start(stage.builder()
                    .onlineWhen(least, "first", "second", "third")
                    .check("first", first, c -> c.every(ofMinutes(5)))
                    .check("second", second, c -> c.every(ofMinutes(5)))
                    .check("third", third, c -> c.every(ofMinutes(5)))
                    .check("shop", shop, c -> c.downAfter(2)));
            stage.advance(ofSeconds(10));
            List.of(first, second, third).subList(0, failing).forEach(proof -> proof.gives(UNREACHABLE));
            shop.gives(UNREACHABLE);
            stage.advance(ofMinutes(2));
            assertThat(monitor.snapshot().isolation() != null).isEqualTo(isolated);
            assertThat(monitor.stateOf("shop") == HealthState.DOWN).isEqualTo(!isolated);
        }

        @Test
        void aSingleProofThatFailsIsAnOutageOfItsOwn() {
            Monitor monitor = start(c -> {});
            stage.advance(ofSeconds(10));
            first.gives(UNREACHABLE);
            stage.advance(ofMinutes(5));
            assertThat(monitor.stateOf("first")).isEqualTo(HealthState.DOWN);
            assertThat(kinds()).containsExactly(AlertKind.DOWN);
            assertThat(stage.alerts.alerts().get(0).check()).isEqualTo("first");
            assertThat(stage.events(IsolationChanged.class)).isEmpty();
            first.passes();
            stage.advance(ofMinutes(10));
            assertThat(kinds()).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
        }

        @Test
        void proofsThatWarnAreOnline() {
            Monitor monitor = start(c -> c.downAfter(1));
            first.warns("slow");
            second.warns("slow");
            stage.advance(ofSeconds(10));
            shop.fails("HTTP 503");
            stage.advance(ofMinutes(1));
            assertThat(monitor.stateOf("shop")).isEqualTo(HealthState.DOWN);
            assertThat(monitor.snapshot().isolation()).isNull();
        }

        @Test
        void withoutProofsEveryFailureIsBelieved() {
            Monitor monitor = stage.start(stage.builder()
                    .check("shop", shop, c -> c.downAfter(1))
                    .check("other", first, c -> c.downAfter(1)));
            goOffline();
            stage.advance(ofMinutes(1));
            assertThat(monitor.snapshot().count(HealthState.DOWN)).isEqualTo(2);
        }
    }
}
