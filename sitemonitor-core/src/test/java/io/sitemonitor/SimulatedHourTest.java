package io.sitemonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.Simulation.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An hour of ten thousand checks at ten seconds: 3.6 million runs with random faults. */
class SimulatedHourTest {

    private static final long SEED = 2027;

    private static Simulation simulation(int checks, int minutes) {
        return new Simulation(SEED, checks, Duration.ofSeconds(10), Duration.ofMinutes(minutes));
    }

    @Test
    @DisplayName("P12, P13, P15, §6.4: ten thousand checks break no promise and give the alerts they always gave")
    void anHourOfManyChecksIsToldAsItAlwaysWas() {
        Outcome hour = simulation(10_000, 60).play();

        assertThat(hour.violations()).as("seed %d", SEED).isEmpty();
        assertThat(hour.runs()).isBetween(3_500_000L, 3_900_000L);
        assertThat(hour.line()).as(GoldenLines.hint("hour")).isEqualTo(GoldenLines.of("hour"));
    }

    @Test
    void theSameSeedGivesTheSameAlerts() {
        Outcome once = simulation(1_000, 60).play();
        Outcome again = simulation(1_000, 60).play();

        assertThat(again).isEqualTo(once);
        assertThat(once.violations()).as("seed %d", SEED).isEmpty();
        assertThat(once.alerts()).isNotEmpty();
    }
}
