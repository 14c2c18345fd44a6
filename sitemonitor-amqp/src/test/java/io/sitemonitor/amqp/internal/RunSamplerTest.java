package io.sitemonitor.amqp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunSamplerTest {

    @Test
    void takesTheFirstAndThenEveryThird() {
        RunSampler sampler = new RunSampler(3, 0);
        assertThat(IntStream.range(0, 7).mapToObj(i -> sampler.takes("a", i)))
                .containsExactly(true, false, false, true, false, false, true);
        assertThat(sampler.takes("b", 7)).as("each check for itself").isTrue();
        sampler.forget("a");
        assertThat(sampler.takes("a", 8)).isTrue();
    }

    @Test
    void takesOneInAnInterval() {
        RunSampler sampler = new RunSampler(1, 10);
        assertThat(IntStream.of(-5, 0, 4, 5, 14, 15, 40).mapToObj(now -> sampler.takes("a", now)))
                .containsExactly(true, false, false, true, false, true, true);
    }
}
