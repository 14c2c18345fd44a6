package io.sitemonitor.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that are made with the guard itself. */
class GuardCallTest {

    private final World world = new World(settings -> settings.permittedNumberOfCallsInHalfOpenState(1)).feeding();

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void returnsWhatTheCallReturns() throws Exception {
        Callable<String> callable = () -> "from a Callable";
        assertThat(world.guard.call(() -> 42)).isEqualTo(42);
        assertThat(world.guard.call(callable::call)).isEqualTo("from a Callable");
        assertThat(world.guard.<Object, RuntimeException>call(() -> null)).isNull();
        assertThat(world.breaker.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(3);
    }

    @Test
    void throwsWhatTheCallThrowsUnchanged() {
        IOException broken = new IOException("broken");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> world.guard.call(() -> {
                    throw broken;
                }))
                .isSameAs(broken);
        assertThat(world.breaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void refusesWhileTheBreakerIsOpenAndDoesNotCall() {
        world.breaker.transitionToOpenState();
        assertThatExceptionOfType(CallNotPermittedException.class)
                .isThrownBy(() -> world.guard.run(() -> {
                    throw new AssertionError("called");
                }))
                .withMessage("CircuitBreaker 'payments' is OPEN and does not permit further calls");
    }

    @Test
    void refusesNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> world.guard.call(null))
                .withMessage("call");
        assertThatNullPointerException().isThrownBy(() -> world.guard.run(null)).withMessage("action");
    }

    static Stream<Throwable> sayingNothing() {
        return Stream.of(
                new InterruptedException(),
                new ClosedByInterruptException(),
                new CancellationException(),
                new ExecutionException(new InterruptedException()),
                new IllegalStateException(new InterruptedException()),
                new IOException("Canceled"),
                CallNotPermittedException.createCallNotPermittedException(CircuitBreaker.ofDefaults("other")),
                new AssertionError("a bug of the host"),
                new OutOfMemoryError());
    }

    /** With a single trial, one that is neither counted nor given back would leave nobody to try. */
    @ParameterizedTest
    @MethodSource("sayingNothing")
    void aCallThatSaysNothingGivesItsPermissionBack(Throwable thrown) {
        world.breaker.transitionToOpenState();
        world.breaker.transitionToHalfOpenState();
        throwInCall(thrown);

        assertThat(world.state()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
        assertThat(world.breaker.tryAcquirePermission()).isTrue();
        assertThat(world.breaker.getMetrics().getNumberOfBufferedCalls()).isZero();
        assertThat(world.fed).isEmpty();
    }

    @Test
    void whateverFailsWhileTheThreadIsInterruptedSaysNothing() {
        Thread.currentThread().interrupt();
        throwInCall(new IOException("interrupted"));

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(world.breaker.getMetrics().getNumberOfBufferedCalls()).isZero();
    }

    @Test
    void aFailingTrialOpensTheBreakerAgain() {
        world.breaker.transitionToOpenState();
        world.breaker.transitionToHalfOpenState();
        world.fail();

        assertThat(world.state()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    private void throwInCall(Throwable thrown) {
        try {
            world.guard.run(() -> {
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (Exception) thrown;
            });
        } catch (Throwable caught) {
            assertThat(caught).isSameAs(thrown);
            return;
        }
        throw new AssertionError("not thrown");
    }
}
