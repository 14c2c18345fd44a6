package io.sitemonitor.history.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogBucketsTest {

    @Test
    void knowsEveryDurationFromTenNanosecondsToTwoHoursWithinTenPercent() {
        for (double nanos = 10; nanos < 7.2e12; nanos *= 1.003) {
            long exact = (long) nanos;
            assertThat((double) LogBuckets.nanos(LogBuckets.of(exact))).isCloseTo(exact, within(exact * 0.1));
        }
    }

    @Test
    void neverSortsALongerDurationIntoALowerBucket() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            long a = random.nextLong() & Long.MAX_VALUE >> random.nextInt(63);
            long b = random.nextLong() & Long.MAX_VALUE >> random.nextInt(63);
            assertThat(LogBuckets.of(Math.min(a, b))).isLessThanOrEqualTo(LogBuckets.of(Math.max(a, b)));
        }
    }

    @Test
    void keepsZeroApartAndEndsAtTheLastBucket() {
        assertThat(LogBuckets.of(0)).isZero();
        assertThat(LogBuckets.of(1)).isEqualTo(1);
        assertThat(LogBuckets.of(Long.MAX_VALUE)).isEqualTo(LogBuckets.COUNT - 1);
        assertThat(LogBuckets.nanos(0)).isZero();
    }
}
