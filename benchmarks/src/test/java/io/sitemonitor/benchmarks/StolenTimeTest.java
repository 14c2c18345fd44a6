package io.sitemonitor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a virtual machine loses to others, and what is told of the machine. */
class StolenTimeTest {

    @Test
    void readsTheEighthColumnOfTheFirstLine() {
        StolenTime before = StolenTime.parse("cpu  100 0 50 800 10 0 0 40 7 0");
        assertThat(before).isEqualTo(new StolenTime(40, 1_000));
        assertThat(new StolenTime(90, 1_200).percentSince(before)).isEqualTo(25);
        assertThat(before.percentSince(before)).isZero();
    }

    @Test
    void oldKernelsHaveFewerColumns() {
        assertThat(StolenTime.parse("cpu  100 0 50 800")).isEqualTo(new StolenTime(0, 950));
    }

    @Test
    void ofTheKernelOnlyItsNumberIsTold() {
        assertThat(Machine.release("6.18.44-lab-v7")).isEqualTo("6.18.44");
        assertThat(Machine.release("14.5")).isEqualTo("14.5");
    }
}
