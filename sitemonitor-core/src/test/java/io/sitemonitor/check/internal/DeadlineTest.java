package io.sitemonitor.check.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.FixedContext;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    @Test
    void comesALittleBeforeTheEndOfTheRun() {
        assertThat(Deadline.of(FixedContext.of(Duration.ofSeconds(10))).reserve())
                .isEqualTo(Duration.ofMillis(20).toNanos());
        assertThat(Deadline.of(FixedContext.of(Duration.ofMillis(50))).reserve())
                .isEqualTo(Duration.ofMillis(5).toNanos());
    }

    @Test
    void halfLeavesAsMuchForWhatComesAfter() {
        Deadline all = Deadline.of(FixedContext.of(Duration.ofSeconds(100)));
        Deadline half = all.half();

        assertThat(all.limit()).isEqualTo(Duration.ofSeconds(100));
        assertThat(half.limit()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(50));
        assertThat(half.reserve()).isEqualTo(all.reserve() + half.limit().toNanos());
        assertThat(half.half().limit()).isLessThan(Duration.ofSeconds(25));
        assertThat(Deadline.of(FixedContext.of(Duration.ofNanos(1))).half().limit())
                .isZero();
    }

    @Test
    void aPartLeavesAsMuchForEachOfTheOthers() {
        Deadline all = Deadline.of(FixedContext.of(Duration.ofSeconds(100)));
        Deadline quarter = all.part(4);

        assertThat(quarter.limit()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(25));
        assertThat(quarter.reserve())
                .isEqualTo(all.reserve() + 3 * quarter.limit().toNanos());
        assertThat(all.part(1)).isSameAs(all);
    }

    @Test
    void neverBecomesALimitOfZeroWhichMeansNone() {
        assertThat(Deadline.millis(-5)).isEqualTo(1);
        assertThat(Deadline.millis(0)).isEqualTo(1);
        assertThat(Deadline.millis(1_500_000)).isEqualTo(2);
        assertThat(Deadline.millis(Long.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    }
}
