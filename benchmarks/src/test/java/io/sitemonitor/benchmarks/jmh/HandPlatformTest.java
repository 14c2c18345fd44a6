package io.sitemonitor.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.Monitor;
import io.sitemonitor.check.CheckResult;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HandPlatformTest {

    @Test
    void eachStepRunsEachCheckOnce() {
        HandPlatform platform = new HandPlatform();
        AtomicInteger runs = new AtomicInteger();
        try (Monitor monitor = Monitor.named("hand")
                .runOn(platform)
                .warmUp(Duration.ZERO)
                .defaults(c -> c.every(Duration.ofSeconds(1)))
                .check("a", context -> {
                    runs.incrementAndGet();
                    return CheckResult.pass();
                })
                .check("b", context -> {
                    runs.incrementAndGet();
                    return CheckResult.pass();
                })
                .start()) {
            platform.step(0);
            assertThat(runs).hasValue(2);
            for (int i = 0; i < 10; i++) {
                platform.step(1_000_000_000L);
            }
            assertThat(runs).hasValue(22);
            assertThat(monitor.isUp("a")).isTrue();
        }
    }
}
