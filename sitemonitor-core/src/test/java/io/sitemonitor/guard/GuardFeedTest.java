package io.sitemonitor.guard;

import static io.sitemonitor.state.HealthState.DOWN;
import static io.sitemonitor.state.HealthState.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.event.MonitorClosed;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which calls count as runs of the check. */
class GuardFeedTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final World world = new World().feeding();

    @Test
    void aCallCountsWithItsDuration() {
        world.guard.run(() -> world.time.advance(Duration.ofMillis(40)));

        assertThat(world.fed).hasSize(1);
        World.Fed fed = world.fed.get(0);
        assertThat(fed.check()).isEqualTo("payments-api");
        assertThat(fed.took()).isEqualTo(Duration.ofMillis(40));
        assertThat(fed.result().verdict()).isEqualTo(Verdict.PASS);
        assertThat(fed.result().evidence().facts()).isEqualTo(Map.of("source", "calls through breaker payments"));
    }

    @Test
    void aFailedCallCountsAsAFailureOfItsKind() {
        world.fail(new ConnectException("Connection refused"));

        CheckResult result = world.results().get(0);
        assertThat(result.summary()).isEqualTo("CONNECT: a call failed: ConnectException: Connection refused");
        assertThat(result.evidence().facts()).containsEntry("source", "calls through breaker payments");
    }

    @Test
    void callsThatTheHostMakesWithItsBreakerCountAsWell() {
        world.breaker.executeRunnable(() -> world.time.advance(Duration.ofMillis(7)));
        world.time.advance(SECOND);
        world.breaker.onError(9, TimeUnit.MILLISECONDS, new IOException());

        assertThat(world.fed).extracting(World.Fed::took).containsExactly(Duration.ofMillis(7), Duration.ofMillis(9));
        assertThat(world.results()).extracting(CheckResult::verdict).containsExactly(Verdict.PASS, Verdict.FAIL);
    }

    @Test
    void oneCallASlotCountsWhateverItsOutcome() {
        world.fail();
        world.succeed();
        world.time.advance(SECOND.minusNanos(1));
        world.succeed();
        assertThat(world.results()).extracting(CheckResult::verdict).containsExactly(Verdict.FAIL);

        world.time.advance(Duration.ofNanos(1));
        world.succeed();
        world.fail();
        assertThat(world.results()).extracting(CheckResult::verdict).containsExactly(Verdict.FAIL, Verdict.PASS);
    }

    @Test
    void aSlotBeginsWhenTheLastCallCounted() {
        world.succeed();
        world.time.advance(Duration.ofMillis(1900));
        world.succeed();
        world.time.advance(Duration.ofMillis(900));
        world.succeed();
        assertThat(world.fed).hasSize(2);

        world.time.advance(Duration.ofMillis(100));
        world.succeed();
        assertThat(world.fed).hasSize(3);
    }

    @Test
    void theSlotCanBeChosen() {
        Guard rare = world.guard.sampleEvery(Duration.ofMinutes(1));
        rare.feed((check, result, took) -> world.fed.add(new World.Fed(check, result, took)));
        world.guard.feed((check, result, took) -> {});
        world.succeed();
        world.time.advance(Duration.ofSeconds(59));
        world.succeed();
        assertThat(world.fed).hasSize(1);

        world.time.advance(SECOND);
        world.succeed();
        assertThat(world.fed).hasSize(2);
    }

    @Test
    void refusesAbsurdSlots() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.guard.sampleEvery(Duration.ofNanos(999_999)))
                .withMessage(
                        "sampleEvery must be from PT0.001S to PT1H, but was PT0.000999999S (check 'payments-api')");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.guard.sampleEvery(Duration.ofHours(1).plusNanos(1)))
                .withMessage(
                        "sampleEvery must be from PT0.001S to PT1H, but was PT1H0.000000001S (check 'payments-api')");
        assertThatNullPointerException()
                .isThrownBy(() -> world.guard.sampleEvery(null))
                .withMessage("time");
    }

    @Test
    void refusesWhatIsNoName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Guard.of(" ", world.breaker))
                .withMessage("the name of a check must not be empty");
        assertThatNullPointerException()
                .isThrownBy(() -> Guard.of("payments-api", null))
                .withMessage("breaker");
        assertThatNullPointerException()
                .isThrownBy(() -> world.guard.feed(null))
                .withMessage("results");
    }

    @Test
    void refusedCallsCountAsNothing() {
        world.becomes(UP, DOWN);
        assertThat(world.breaker.tryAcquirePermission()).isFalse();

        assertThat(world.fed).isEmpty();
    }

    @Test
    void aRefusalByAnotherBreakerCountsAsNothing() {
        CircuitBreaker other = CircuitBreaker.ofDefaults("other");
        other.transitionToOpenState();
        try {
            world.breaker.executeRunnable(() -> other.executeRunnable(() -> {}));
        } catch (RuntimeException refused) {
            assertThat(refused).hasMessage("CircuitBreaker 'other' is OPEN and does not permit further calls");
        }

        assertThat(world.fed).isEmpty();
    }

    @Test
    void whatTheBreakerIgnoresCountsAsNothing() {
        World strict = new World(settings -> settings.ignoreExceptions(IllegalArgumentException.class)).feeding();
        strict.fail(new IllegalArgumentException());

        assertThat(strict.fed).isEmpty();
    }

    @Test
    void whatTheBreakerDoesNotRecordIsASuccess() {
        World strict = new World(settings -> settings.recordExceptions(IOException.class)).feeding();
        strict.fail(new IllegalArgumentException());

        assertThat(strict.results()).extracting(CheckResult::verdict).containsExactly(Verdict.PASS);
    }

    @Test
    void aResultThatTheBreakerRecordsAsAFailureIsOne() {
        World strict = new World(settings -> settings.recordResult("declined"::equals)).feeding();
        assertThat(strict.guard.call(() -> "declined")).isEqualTo("declined");

        CheckResult result = strict.results().get(0);
        assertThat(result.failure()).isEqualTo(FailureKind.ASSERTION);
        assertThat(result.message()).isEqualTo("a call failed: ResultRecordedAsFailureException");
    }

    @Test
    void aCancelledCallDoesNotUseUpTheSlot() {
        world.breaker.onError(1, TimeUnit.MILLISECONDS, new CancellationException());
        assertThat(world.fed).isEmpty();

        world.fail();
        assertThat(world.fed).hasSize(1);
    }

    @Test
    void nothingIsFedBeforeSomebodyTakesItAndNoSlotIsUsedUp() {
        World quiet = new World();
        quiet.succeed();
        quiet.feeding();
        quiet.succeed();

        assertThat(quiet.fed).hasSize(1);
    }

    @Test
    void anotherTakerReplacesTheFirst() {
        world.guard.feed((check, result, took) -> {});
        world.succeed();

        assertThat(world.fed).isEmpty();
    }

    @Test
    void lettingGoOfTheMonitorWhenItIsClosedAndAnotherMayFollow() {
        world.guard.onEvent(new MonitorClosed("shop", world.time.now(), 0));
        world.succeed();
        assertThat(world.fed).isEmpty();

        world.feeding().succeed();
        assertThat(world.fed).as("once, though fed twice").hasSize(1);
    }

    @Test
    void aTakerThatThrowsHarmsNoCall() {
        world.guard.feed((check, result, took) -> {
            throw new AssertionError("broken taker");
        });
        for (int call = 0; call < 4; call++) {
            world.time.advance(SECOND);
            world.fail();
        }

        assertThat(world.state()).as("the breaker counts all the same").isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void saysWhatItJoins() {
        assertThat(world.guard).hasToString("Guard[payments-api, breaker payments]");
        assertThat(world.guard.check()).isEqualTo("payments-api");
        assertThat(world.guard.breaker()).isSameAs(world.breaker);
    }
}
