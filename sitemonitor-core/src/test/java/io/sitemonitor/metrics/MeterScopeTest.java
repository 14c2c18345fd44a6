package io.sitemonitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MeterScopeTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MeterScope scope = new MeterScope(registry);

    @Test
    @DisplayName("P24: a meter that is registered while its scope is closed does not stay")
    void removesAMeterThatComesTooLate() {
        scope.keep(registry.counter("early"));
        Counter foreign = registry.counter("foreign");
        scope.close();
        scope.keep(registry.counter("late")).increment();

        assertThat(registry.getMeters()).containsExactly(foreign);
    }
}
