package io.sitemonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.Simulation.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A year of fifty checks at one minute: 26 million runs with random faults. */
class SimulatedYearTest {

    private static final long SEED = 2026;

    private static Simulation simulation(long seed, int days) {
        return new Simulation(seed, 50, Duration.ofMinutes(1), Duration.ofDays(days));
    }

    @Test
    @DisplayName("P12, P13, P15, §6.4: a year of random faults breaks no promise and gives the alerts it always gave")
    void aYearOfRandomFaultsIsToldAsItAlwaysWas() {
        Outcome year = simulation(SEED, 365).play();

        assertThat(year.violations()).as("seed %d", SEED).isEmpty();
        assertThat(year.runs()).isBetween(25_000_000L, 28_000_000L);
        assertThat(year.line()).as(GoldenLines.hint("year")).isEqualTo(GoldenLines.of("year"));
    }

    @Test
    void theSameSeedGivesTheSameAlertsAndAnotherOneOthers() {
        Outcome once = simulation(1, 20).play();
        Outcome again = simulation(1, 20).play();
        Outcome other = simulation(2, 20).play();

        assertThat(again).isEqualTo(once);
        assertThat(other.digest()).isNotEqualTo(once.digest());
        assertThat(other.violations()).as("seed 2").isEmpty();
        assertThat(once.violations()).as("seed 1").isEmpty();
    }
}
