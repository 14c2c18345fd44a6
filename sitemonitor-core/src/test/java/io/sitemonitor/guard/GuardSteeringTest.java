package io.sitemonitor.guard;

import static io.github.resilience4j.circuitbreaker.CircuitBreaker.State.CLOSED;
import static io.github.resilience4j.circuitbreaker.CircuitBreaker.State.DISABLED;
import static io.github.resilience4j.circuitbreaker.CircuitBreaker.State.FORCED_OPEN;
import static io.github.resilience4j.circuitbreaker.CircuitBreaker.State.HALF_OPEN;
import static io.github.resilience4j.circuitbreaker.CircuitBreaker.State.METRICS_ONLY;
import static io.github.resilience4j.circuitbreaker.CircuitBreaker.State.OPEN;
import static io.sitemonitor.state.HealthState.DEGRADED;
import static io.sitemonitor.state.HealthState.DOWN;
import static io.sitemonitor.state.HealthState.UNKNOWN;
import static io.sitemonitor.state.HealthState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.event.CheckChanged;
import io.sitemonitor.event.MonitorClosed;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorStarted;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.state.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the breaker follows the check. */
class GuardSteeringTest {

    private final World world = new World();

    @Test
    @DisplayName("§6.10: DOWN opens the breaker, UP closes it")
    void downOpensAndUpCloses() {
        world.becomes(UP, DOWN);
        assertThat(world.state()).isEqualTo(OPEN);

        world.becomes(DOWN, UP);
        assertThat(world.state()).isEqualTo(CLOSED);
    }

    @Test
    void upClosesABreakerOnTrial() {
        world.becomes(UP, DOWN);
        world.halfOpen();
        world.becomes(DOWN, UP);

        assertThat(world.state()).isEqualTo(CLOSED);
    }

    @Test
    void degradedClosesWhenItEndsDown() {
        world.becomes(UP, DOWN);
        world.becomes(DOWN, DEGRADED);

        assertThat(world.state()).isEqualTo(CLOSED);
    }

    @ParameterizedTest
    @EnumSource(names = {"UP", "UNKNOWN"})
    void degradedAsAWorseningDoesNotCloseWhatTheCallsOpened(HealthState before) {
        world.breaker.transitionToOpenState();
        world.becomes(before, DEGRADED);

        assertThat(world.state()).isEqualTo(OPEN);
    }

    @Test
    void downLeavesTheWaitingTimeOfABreakerThatIsOpenAlready() {
        for (int call = 0; call < 4; call++) {
            world.fail();
        }
        assertThat(world.state()).isEqualTo(OPEN);
        world.time.advance(Duration.ofSeconds(40));
        world.becomes(UP, DOWN);
        world.time.advance(Duration.ofSeconds(21));

        assertThat(world.breaker.tryAcquirePermission()).isTrue();
        assertThat(world.state()).isEqualTo(HALF_OPEN);
    }

    @Test
    void downOpensABreakerOnTrial() {
        world.breaker.transitionToOpenState();
        world.halfOpen();
        world.becomes(UP, DOWN);

        assertThat(world.state()).isEqualTo(OPEN);
    }

    @Test
    void aCallOfTheHostMayBeTheTrialWhileDown() {
        world.becomes(UP, DOWN);
        world.time.advance(Duration.ofSeconds(61));
        world.succeed();
        assertThat(world.state()).isEqualTo(HALF_OPEN);
        world.succeed();

        assertThat(world.state()).isEqualTo(CLOSED);
    }

    @Test
    void aFailingProbeWhileDownEndsTheTrials() {
        world.becomes(UP, DOWN);
        world.halfOpen();
        world.ran(World.probeFailed(), DOWN);

        assertThat(world.state()).isEqualTo(OPEN);
        world.time.advance(Duration.ofSeconds(59));
        assertThat(world.breaker.tryAcquirePermission()).isFalse();
    }

    @Test
    void aFailingTrialIsJudgedByTheBreakerAlone() {
        world.feeding().becomes(UP, DOWN);
        world.time.advance(Duration.ofSeconds(61));
        world.fail();
        world.ran(world.results().get(0), DOWN);

        assertThat(world.state()).isEqualTo(HALF_OPEN);
    }

    @Test
    void aFailingRunWhileDownOpensABreakerThatLuckyTrialsHaveClosed() {
        world.feeding().becomes(UP, DOWN);
        world.breaker.transitionToClosedState();
        world.fail();
        world.ran(world.results().get(0), DOWN);

        assertThat(world.state()).isEqualTo(OPEN);
    }

    @Test
    void otherRunsMoveNothing() {
        world.ran(World.probeFailed(), UP);
        world.ran(World.probeFailed(), DEGRADED);
        world.ran(World.probeFailed(), UNKNOWN);
        world.ran(CheckResult.pass(), DOWN);
        world.ran(CheckResult.warn("slow"), DOWN);
        world.ran(CheckResult.inconclusive("paused"), DOWN);
        assertThat(world.state()).isEqualTo(CLOSED);

        world.breaker.transitionToOpenState();
        world.ran(CheckResult.pass(), UP);
        assertThat(world.state()).isEqualTo(OPEN);
    }

    @ParameterizedTest
    @EnumSource(
            value = CircuitBreaker.State.class,
            names = {"FORCED_OPEN", "DISABLED", "METRICS_ONLY"})
    void whatTheHostHasSetIsNotTouched(CircuitBreaker.State set) {
        if (set == FORCED_OPEN) {
            world.breaker.transitionToForcedOpenState();
        } else if (set == DISABLED) {
            world.breaker.transitionToDisabledState();
        } else {
            world.breaker.transitionToMetricsOnlyState();
        }
        world.becomes(UP, DOWN);
        assertThat(world.state()).isEqualTo(set).isIn(FORCED_OPEN, DISABLED, METRICS_ONLY);
        world.ran(World.probeFailed(), DOWN);
        assertThat(world.state()).isEqualTo(set);
        world.becomes(DOWN, DEGRADED);
        assertThat(world.state()).isEqualTo(set);
        world.becomes(DEGRADED, UP);
        assertThat(world.state()).isEqualTo(set);
    }

    @Test
    void theBreakerIsLeftToItselfWhenTheStateIsUnknown() {
        world.becomes(UP, DOWN);
        world.becomes(DOWN, UNKNOWN);
        assertThat(world.state()).isEqualTo(OPEN);
        world.time.advance(Duration.ofSeconds(61));
        world.succeed();
        world.succeed();

        assertThat(world.state()).isEqualTo(CLOSED);
    }

    @ParameterizedTest
    @EnumSource(names = {"REMOVED", "PAUSED"})
    void theBreakerIsLeftToItselfWhenTheCheckEnds(CheckChanged.Change change) {
        world.becomes(UP, DOWN);
        world.guard.onEvent(new CheckChanged("shop", World.CHECK, "http", world.time.now(), change, false));
        world.time.advance(Duration.ofSeconds(61));
        world.succeed();
        world.succeed();

        assertThat(world.state()).isEqualTo(CLOSED);
    }

    @Test
    void otherChecksMoveNothing() {
        Transition down = new Transition(UP, DOWN, world.time.now(), world.time.now(), 3);
        world.guard.onEvent(new StateChanged("shop", "other", down, World.probeFailed()));
        world.guard.onEvent(
                new RunCompleted("shop", "other", "http", world.time.now(), Duration.ZERO, World.probeFailed(), DOWN));

        assertThat(world.state()).isEqualTo(CLOSED);
    }

    @Test
    @DisplayName("§6.10: no loop: what the guard does to the breaker is not fed to the check")
    void ownTransitionsFeedNothing() {
        world.feeding();
        world.becomes(UP, DOWN);
        world.halfOpen();
        world.ran(World.probeFailed(), DOWN);
        world.becomes(DOWN, UP);

        assertThat(world.fed).isEmpty();
    }

    @Test
    void wantsOnlyWhatMovesTheBreakerAndHasAThreadOfItsOwn() {
        List<Class<? extends MonitorEvent>> wanted = new ArrayList<>();
        for (Class<? extends MonitorEvent> type : List.of(
                StateChanged.class,
                RunCompleted.class,
                MonitorClosed.class,
                MonitorStarted.class,
                CheckChanged.class)) {
            if (world.guard.wants(type)) {
                wanted.add(type);
            }
        }
        assertThat(wanted).containsExactly(StateChanged.class, RunCompleted.class, MonitorClosed.class);
        assertThat(world.guard.isDirect())
                .as("a transition calls consumers of the host")
                .isFalse();
    }
}
