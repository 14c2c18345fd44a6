package io.sitemonitor.breaker.internal;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.breaker.BreakerSettings;
import io.sitemonitor.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-03-01T00:00:00Z"));
    private final Breaker breaker = new Breaker("test", new BreakerSettings(ofSeconds(10), ofSeconds(50)), 2, time);

    @Test
    void opensAfterAsManyFailuresInARowAsSaid() {
        breaker.failed(0);
        assertThat(breaker.isOpen()).isFalse();
        breaker.succeeded();
        breaker.failed(0);
        assertThat(breaker.isOpen()).isFalse();
        breaker.failed(0);
        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.tryAcquire()).isFalse();
    }

    @Test
    void spacesItsTrialsEverMoreUpToTheLongestPause() {
        open();
        assertTrialAfter(ofSeconds(10));
        assertTrialAfter(ofSeconds(20));
        assertTrialAfter(ofSeconds(40));
        assertTrialAfter(ofSeconds(50));
        assertTrialAfter(ofSeconds(50));
    }

    @Test
    void letsOneTrialThroughAtATime() {
        open();
        time.advance(ofSeconds(10));
        assertThat(breaker.tryAcquire()).isTrue();
        assertThat(breaker.tryAcquire()).isFalse();
        breaker.release();
        assertThat(breaker.tryAcquire()).isTrue();
    }

    @Test
    void oneSuccessClosesItAndBeginsThePausesAnew() {
        open();
        assertTrialAfter(ofSeconds(10));
        time.advance(ofSeconds(20));
        assertThat(breaker.tryAcquire()).isTrue();
        breaker.succeeded();
        assertThat(breaker.isOpen()).isFalse();
        open();
        assertTrialAfter(ofSeconds(10));
    }

    @Test
    void aSuccessWithoutPermissionClosesItAsWell() {
        open();
        breaker.succeeded();
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.tryAcquire()).isTrue();
    }

    @Test
    void pausesCountFromTheStartOfTheFailedAttempt() {
        breaker.failed(ofSeconds(3).toNanos());
        breaker.failed(ofSeconds(3).toNanos());
        time.advance(ofMillis(6_999));
        assertThat(breaker.tryAcquire()).isFalse();
        time.advance(ofMillis(1));
        assertThat(breaker.tryAcquire()).isTrue();
    }

    /** P19. */
    @Test
    void doesNotNoticeStepsOfTheWallClock() {
        open();
        time.stepWallClock(ofMinutes(60));
        assertThat(breaker.tryAcquire()).isFalse();
        time.stepWallClock(ofMinutes(-600));
        assertTrialAfter(ofSeconds(10));
    }

    private void open() {
        breaker.failed(0);
        breaker.failed(0);
        assertThat(breaker.isOpen()).isTrue();
    }

    private void assertTrialAfter(Duration pause) {
        assertThat(breaker.trialAt() - time.nanos()).isEqualTo(pause.toNanos());
        time.advance(pause.minusMillis(1));
        assertThat(breaker.tryAcquire()).isFalse();
        time.advance(ofMillis(1));
        assertThat(breaker.tryAcquire()).isTrue();
        breaker.failed(0);
        assertThat(breaker.isOpen()).isTrue();
    }
}
