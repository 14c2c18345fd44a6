package io.sitemonitor;

import static io.sitemonitor.Stage.START;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.definition.CheckSettingsBuilder;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the checks that prove that we are online make of a failure, and when: {@code onlineWhen}, design §6.6. */
class MonitorProofsTest {

    private static final CheckResult UNREACHABLE = CheckResult.fail(FailureKind.CONNECT, "network is unreachable");

    private final Stage stage = new Stage();
    private final ScriptedCheck first = ScriptedCheck.passing();
    private final ScriptedCheck second = ScriptedCheck.passing();
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
        List.of(first, second, shop).forEach(check -> check.gives(UNREACHABLE));
    }

    private List<AlertKind> kinds() {
        return stage.alerts.kinds();
    }

    @Nested
    @DisplayName("§6.6: the line is lost between a proof's last pass and a failure")
    class Races {

        private Monitor startSlowProofs(Duration proofsTake) {
            return stage.start(stage.builder()
                    .onlineWhen(1, "first", "second")
                    .check(
                            "first",
                            stage.noted(first.takes(proofsTake)),
                            c -> c.every(ofMinutes(30)).timeout(ofSeconds(8)))
                    .check(
                            "second",
                            stage.noted(second.takes(proofsTake)),
                            c -> c.every(ofMinutes(30)).timeout(ofSeconds(8)))
                    .check(
                            "shop",
                            stage.noted(shop),
                            c -> c.every(ofSeconds(30)).downAfter(1)));
        }

        @Test
        void theProofsAreRunAtOnceAndTheFailureWaitsForThem() {
            Monitor monitor = startSlowProofs(ofSeconds(3));
            stage.advance(ofSeconds(25));
            goOffline();
            stage.advance(ofSeconds(6));
            assertThat(stage.begun("first")).containsExactly(0L, 30_000L);
            assertThat(stage.begun("second")).containsExactly(0L, 30_000L);
            assertThat(stage.runs("shop")).as("nothing is decided yet").hasSize(1);
            stage.advance(ofSeconds(4));
            assertThat(stage.runs("shop")).hasSize(2);
            assertThat(stage.last("shop").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(monitor.stateOf("shop")).isEqualTo(HealthState.UP);
            assertThat(monitor.snapshot().isolation()).isNotNull();
            stage.advance(ofMinutes(30));
            assertThat(kinds()).doesNotContain(AlertKind.DOWN);
        }

        @Test
        void aGenuineOutageIsToldAsSoonAsOneProofHasPassed() {
            Monitor monitor = startSlowProofs(ofSeconds(3));
            stage.advance(ofSeconds(25));
            second.hangsFor(ofMinutes(10));
            shop.fails("HTTP 503");
            stage.advance(ofSeconds(9));
            assertThat(stage.begun("first")).containsExactly(0L, 30_000L);
            assertThat(monitor.stateOf("shop")).isEqualTo(HealthState.DOWN);
            assertThat(kinds()).containsExactly(AlertKind.DOWN);
            Alert down = stage.alerts.alerts().get(0);
            assertThat(down.since()).isEqualTo(START.plusSeconds(30));
            assertThat(down.at()).isBefore(START.plusSeconds(34));
        }

        @Test
        void proofsThatHangEndTheWaitAtTheirTimeout() {
            Monitor monitor = startSlowProofs(Duration.ZERO);
            stage.advance(ofSeconds(25));
            first.hangsFor(ofHours(1));
            second.hangsFor(ofHours(1));
            shop.fails("HTTP 503");
            stage.advance(ofSeconds(5 + 8).plusMillis(100));
            assertThat(stage.last("shop").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(monitor.snapshot().isolation()).isNotNull();
            assertThat(kinds()).isEmpty();
        }

        @Test
        void aPassOfTheSameMomentIsEnough() {
            Monitor monitor = stage.start(stage.builder()
                    .onlineWhen(1, "first")
                    .check(
                            "shop",
                            stage.noted(shop),
                            c -> c.every(ofSeconds(30)).downAfter(1))
                    .check("first", stage.noted(first), c -> c.every(ofSeconds(30))));
            stage.advance(ofSeconds(10));
            shop.fails("HTTP 503");
            stage.advance(ofSeconds(21));
            assertThat(monitor.stateOf("shop")).isEqualTo(HealthState.DOWN);
            assertThat(stage.begun("first")).containsExactly(0L, 30_000L);
        }

        @Test
        void failuresOfManyChecksAtOnceAskTheProofsOnce() {
            MonitorBuilder builder = stage.builder()
                    .onlineWhen(1, "first")
                    .check("first", stage.noted(first.takes(ofSeconds(1))), c -> c.every(ofMinutes(30)));
            for (int i = 0; i < 50; i++) {
                builder.check("c" + i, shop, c -> c.every(ofSeconds(30)).downAfter(1));
            }
            stage.start(builder);
            stage.advance(ofSeconds(25));
            goOffline();
            stage.advance(ofSeconds(7));
            assertThat(stage.begun("first")).containsExactly(0L, 30_000L);
            assertThat(kinds()).isEmpty();
        }

        @Test
        void theCheckIsNotRunAgainWhileItsFailureWaits() {
            stage.start(stage.builder()
                    .onlineWhen(1, "first")
                    .check(
                            "first",
                            stage.noted(first),
                            c -> c.every(ofMinutes(30)).timeout(ofSeconds(10)))
                    .check("shop", stage.noted(shop), c -> c.every(ofSeconds(1)).timeout(ofSeconds(1))));
            stage.advance(ofMillis(500));
            first.takes(ofSeconds(5));
            shop.fails("HTTP 503");
            stage.advance(ofMillis(5_400));
            assertThat(stage.begun("shop")).containsExactly(0L, 1_000L);
            assertThat(stage.check("shop").missedTicks()).isEqualTo(4);
        }

        @Test
        void whoAskedForTheRunIsToldWhatItCountsAs() {
            Monitor monitor = startSlowProofs(ofSeconds(3));
            stage.advance(ofSeconds(10));
            goOffline();
            var result = monitor.runNow("shop");
            stage.advance(ofSeconds(2));
            assertThat(result).isNotDone();
            stage.advance(ofSeconds(5));
            assertThat(result.join().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        }

        @Test
        void aCheckThatIsPausedReplacedOrRemovedMeanwhileIsNotDecided() {
            Monitor monitor = startSlowProofs(ofSeconds(3));
            stage.advance(ofSeconds(25));
            shop.fails("HTTP 503");
            stage.advance(ofSeconds(6));
            monitor.pause("shop");
            stage.advance(ofSeconds(20));
            assertThat(monitor.stateOf("shop")).isEqualTo(HealthState.UP);
            assertThat(kinds()).isEmpty();
            monitor.resume("shop");
            stage.advance(ofSeconds(1));
            monitor.remove("shop");
            stage.advance(ofSeconds(20));
            assertThat(kinds()).isEmpty();
        }
    }

    @Nested
    @DisplayName("§6.6: proofs that come and go")
    class Changes {

        @Test
        void withoutProofsThatRunFailuresAreBelievedWithinTheirTimeout() {
            Monitor monitor = start(c -> c.every(ofSeconds(30)).downAfter(1));
            stage.advance(ofSeconds(10));
            monitor.pause("first");
            monitor.pause("second");
            shop.fails("HTTP 503");
            stage.advance(ofSeconds(20 + 12));
            assertThat(monitor.stateOf("shop")).isEqualTo(HealthState.DOWN);
            assertThat(kinds()).containsExactly(AlertKind.DOWN);
        }

        @Test
        void withoutProofsAtAllFailuresAreBelieved() {
            Monitor monitor = start(c -> c.every(ofSeconds(30)).downAfter(1));
            stage.advance(ofSeconds(10));
            monitor.remove("first");
            monitor.remove("second");
            shop.fails("HTTP 503");
            stage.advance(ofSeconds(25));
            assertThat(monitor.stateOf("shop")).isEqualTo(HealthState.DOWN);
            assertThat(kinds()).containsExactly(AlertKind.DOWN);
        }

        @Test
        void whileOneIsPausedTheOthersProveIt() {
            Monitor monitor = start(c -> c.every(ofSeconds(30)).downAfter(1));
            stage.advance(ofSeconds(10));
            monitor.pause("first");
            shop.fails("HTTP 503");
            stage.advance(ofSeconds(21));
            assertThat(stage.begun("second")).containsExactly(0L, 30_000L);
            assertThat(monitor.stateOf("shop")).isEqualTo(HealthState.DOWN);
        }

        @Test
        void isolationEndsWhenItsProofsAreTakenAway() {
            Monitor monitor = start(c -> {});
            stage.advance(ofSeconds(10));
            goOffline();
            stage.advance(ofMinutes(10));
            assertThat(kinds()).containsExactly(AlertKind.ISOLATED);
            monitor.remove("first");
            monitor.remove("second");
            stage.advance(ofSeconds(1));
            assertThat(monitor.snapshot().isolation()).isNull();
            assertThat(kinds()).containsExactly(AlertKind.ISOLATED, AlertKind.ISOLATION_ENDED);
        }

        @Test
        void aProofThatComesBackProvesAgain() {
            Monitor monitor = start(c -> c.every(ofSeconds(30)).downAfter(1));
            stage.advance(ofSeconds(10));
            monitor.remove("first");
            monitor.remove("second");
            monitor.add("first", first, c -> c.every(ofSeconds(30)));
            monitor.add("second", second, c -> c.every(ofSeconds(30)));
            stage.advance(ofSeconds(40));
            goOffline();
            stage.advance(ofMinutes(10));
            assertThat(kinds()).containsExactly(AlertKind.ISOLATED);
            assertThat(monitor.stateOf("shop")).isNotEqualTo(HealthState.DOWN);
        }

        @Test
        void otherSettingsForAProofEndNoIsolation() {
            Monitor monitor = stage.start(stage.builder()
                    .onlineWhen(1, "first")
                    .check("first", first, c -> c.every(ofSeconds(30)))
                    .check("shop", shop));
            stage.advance(ofSeconds(10));
            goOffline();
            stage.advance(ofMinutes(10));
            assertThat(kinds()).containsExactly(AlertKind.ISOLATED);
            monitor.replace("first", first, c -> c.every(ofSeconds(20)));
            stage.advance(ofMinutes(10));
            assertThat(kinds()).containsExactly(AlertKind.ISOLATED);
        }
    }

    @Nested
    @DisplayName("onlineWhen refuses")
    class Refusals {

        private final MonitorBuilder builder =
                Monitor.named("shop").check("first", first).check("second", second);

        @Test
        void numbersThatCannotBe() {
            refuses(
                    () -> builder.onlineWhen(0, "first", "second"),
                    "onlineWhen must ask for 1 to 2 of its checks, but asked for 0");
            refuses(
                    () -> builder.onlineWhen(3, "first", "second"),
                    "onlineWhen must ask for 1 to 2 of its checks, but asked for 3");
            refuses(
                    () -> builder.onlineWhen(2, "first", "first"),
                    "onlineWhen must ask for 1 to 1 of its checks, but asked for 2");
        }

        @Test
        void noChecksAtAll() {
            refuses(() -> builder.onlineWhen(1), "onlineWhen needs at least one check that proves that we are online");
        }

        @Test
        void namesThatAreNone() {
            refuses(
                    () -> builder.onlineWhen(1, "first", ""),
                    "the name of a check that proves that we are online must not be empty");
        }

        @Test
        void checksThatDoNotExist() {
            assertThatThrownBy(() -> builder.onlineWhen(1, "first", "third").build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("monitor 'shop' has no check named 'third', which is to prove that we are online");
        }

        @Test
        void invertedChecks() {
            builder.check("closed", context -> CheckResult.pass(), c -> c.inverted(true));
            assertThatThrownBy(() -> builder.onlineWhen(1, "first", "closed").build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("check 'closed' is inverted, so it cannot prove that monitor 'shop' is online");
        }

        @Test
        void nothing() {
            assertThatThrownBy(() -> builder.onlineWhen(1, (String[]) null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("checks");
        }

        private void refuses(ThrowingCallable call, String message) {
            assertThatThrownBy(call)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
        }
    }
}
