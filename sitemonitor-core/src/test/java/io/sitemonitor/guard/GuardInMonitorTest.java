package io.sitemonitor.guard;

import static io.github.resilience4j.circuitbreaker.CircuitBreaker.State.CLOSED;
import static io.github.resilience4j.circuitbreaker.CircuitBreaker.State.HALF_OPEN;
import static io.github.resilience4j.circuitbreaker.CircuitBreaker.State.OPEN;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.sitemonitor.Monitor;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.RecordingListener;
import io.sitemonitor.testing.ScriptedCheck;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A monitor, a guard and a busy host together. */
class GuardInMonitorTest {

    private final World world = new World(
            settings -> settings.slidingWindow(1000, 1000, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED));
    private final ManualTime time = world.time;
    private final ScriptedCheck probe = ScriptedCheck.passing();
    private final RecordingListener events = new RecordingListener();
    private final Monitor monitor = Monitor.named("shop")
            .runOn(time)
            .check(World.CHECK, probe, c -> c.every(ofSeconds(30)).downAfter(3).upAfter(2))
            .listener(world.guard)
            .listener(events)
            .build();
    private boolean broken;
    private int calls;
    private int refused;

    @BeforeEach
    void start() {
        monitor.start();
        world.guard.feed(monitor::report);
    }

    @AfterEach
    void close() {
        monitor.close();
    }

    @Test
    @DisplayName("§6.10: a busy dependency needs no probe at all")
    void aBusyDependencyIsNotProbed() {
        callFor(ofMinutes(10));

        assertThat(calls).isEqualTo(2400);
        assertThat(probe.runs()).isZero();
        assertThat(state()).isEqualTo(HealthState.UP);
    }

    @Test
    void probesBeginWhenTheCallsCease() {
        callFor(ofMinutes(1));
        time.advance(ofMinutes(2));

        assertThat(probe.runs()).isBetween(3L, 4L);
    }

    @Test
    @DisplayName("§6.10: failing calls make DOWN and open the breaker; probes make UP and close it")
    void followsAnOutageFromTheCallsThatMeetItToTheProbesThatEndIt() {
        callFor(ofMinutes(1));
        broken = true;
        probe.fails("HTTP 503");
        callFor(ofSeconds(2));
        assertThat(state()).as("two failures at most in two seconds").isEqualTo(HealthState.UP);
        assertThat(world.state()).isEqualTo(CLOSED);

        callFor(ofSeconds(2));
        assertThat(state()).isEqualTo(HealthState.DOWN);
        assertThat(world.state()).isEqualTo(OPEN);
        assertThat(refused).isPositive();
        assertThat(probe.runs()).as("the calls alone have told").isZero();

        broken = false;
        probe.passes();
        time.advance(ofSeconds(70)); // no call, so no trial either
        assertThat(state()).isEqualTo(HealthState.UP);
        assertThat(world.state()).isEqualTo(CLOSED);
        assertThat(events.events(StateChanged.class))
                .extracting(StateChanged::to)
                .containsExactly(HealthState.UP, HealthState.DOWN, HealthState.UP);
    }

    @Test
    void callsOnTrialAloneEndAnOutage() {
        callFor(ofMinutes(1));
        broken = true;
        probe.fails("HTTP 503");
        callFor(ofSeconds(4));
        assertThat(world.state()).isEqualTo(OPEN);

        broken = false; // but the probe goes on failing: it asks for something else
        callFor(ofSeconds(70));
        assertThat(world.state()).isEqualTo(CLOSED);
        assertThat(state()).isEqualTo(HealthState.UP);
    }

    @Test
    void probesKeepTheBreakerOpenWhileTheTargetIsDown() {
        broken = true;
        probe.fails("HTTP 503");
        time.advance(ofMinutes(2));
        assertThat(state()).isEqualTo(HealthState.DOWN);
        world.time.advance(ofSeconds(61));
        world.breaker.acquirePermission(); // a trial that hangs
        assertThat(world.state()).isEqualTo(HALF_OPEN);

        time.advance(ofMinutes(5));
        assertThat(world.state()).isEqualTo(OPEN);
    }

    @Test
    @DisplayName("a breaker is never held open for a check that nobody looks at")
    void aPausedCheckLeavesTheBreakerToItself() {
        probe.fails("HTTP 503");
        time.advance(ofMinutes(2));
        assertThat(world.state()).isEqualTo(OPEN);

        monitor.pause(World.CHECK);
        callFor(ofSeconds(70));
        assertThat(world.state()).isEqualTo(CLOSED);
        assertThat(state()).isEqualTo(HealthState.DOWN);

        monitor.resume(World.CHECK);
        time.advance(ofSeconds(1));
        assertThat(world.state()).as("it is down still").isEqualTo(OPEN);
    }

    @Test
    void aRemovedCheckLeavesTheBreakerToItself() {
        probe.fails("HTTP 503");
        time.advance(ofMinutes(2));
        monitor.remove(World.CHECK);
        callFor(ofSeconds(70));

        assertThat(world.state()).isEqualTo(CLOSED);
    }

    @Test
    void aClosedMonitorLeavesTheBreakerToItself() {
        probe.fails("HTTP 503");
        time.advance(ofMinutes(2));
        assertThat(world.state()).isEqualTo(OPEN);
        monitor.close();
        callFor(ofSeconds(70));

        assertThat(world.state()).isEqualTo(CLOSED);
    }

    private HealthState state() {
        return monitor.stateOf(World.CHECK);
    }

    /** The host makes four calls a second. */
    private void callFor(Duration duration) {
        for (long left = duration.toMillis(); left > 0; left -= 250) {
            try {
                world.guard.run(() -> {
                    calls++;
                    if (broken) {
                        throw new IOException("broken");
                    }
                });
            } catch (CallNotPermittedException e) {
                refused++;
            } catch (IOException e) {
                assertThat(broken).isTrue();
            }
            time.advance(ofMillis(250));
        }
    }
}
