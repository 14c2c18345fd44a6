package io.sitemonitor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PunctualityTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;

    private static Punctuality of(long phase, long... starts) {
        return Punctuality.of(new long[][] {starts}, new long[] {phase}, new boolean[] {true}, SECOND, 0, 4 * SECOND);
    }

    @Test
    void measuresFromTheLineOfTheGridToTheStart() {
        Punctuality found = of(0, 2 * MILLI, SECOND + 4 * MILLI, 2 * SECOND + 3 * MILLI, 3 * SECOND + MILLI);
        assertThat(found.lateness()).containsExactly(2, 4, 3, 1);
        assertThat(found.lost()).isZero();
    }

    @Test
    void countsLinesWithoutStart() {
        assertThat(of(0, 2 * SECOND).lost()).isEqualTo(3);
        assertThat(of(0).lost()).isEqualTo(4);
    }

    @Test
    void takesAnyLineOfTheGridAsItsPhase() {
        assertThat(of(7 * SECOND + 500 * MILLI, 501 * MILLI, 1501 * MILLI, 2501 * MILLI, 3501 * MILLI))
                .satisfies(found -> assertThat(found.lateness()).containsExactly(1, 1, 1, 1))
                .satisfies(found -> assertThat(found.lost()).isZero());
    }

    @Test
    void leavesOutWhatBelongsToLinesOutside() {
        Punctuality found = of(0, -SECOND, 0, SECOND, 2 * SECOND, 3 * SECOND, 4 * SECOND + MILLI);
        assertThat(found.lateness()).containsExactly(0, 0, 0, 0);
    }

    @Test
    void countsOneStartALineAndAnEarlyOneForItsLine() {
        Punctuality found = of(0, 0, 300 * MILLI, SECOND - MILLI, 2 * SECOND, 3 * SECOND);
        assertThat(found.lateness()).containsExactly(0, -1, 0, 0);
        assertThat(found.lost()).isZero();
    }

    @Test
    void driftIsTheMeanGapOverTheInterval() {
        assertThat(of(0, 0, SECOND + MILLI, 2 * SECOND + 2 * MILLI, 3 * SECOND + 3 * MILLI)
                        .drift())
                .isCloseTo(0.1, within(1e-9));
        assertThat(of(0, MILLI, 3 * SECOND + MILLI).drift()).isCloseTo(0, within(1e-9));
        assertThat(of(0, SECOND).drift()).isNull();
    }

    @Test
    void leavesOutChecksThatDoNotCount() {
        Punctuality found = Punctuality.of(
                new long[][] {{0, SECOND}, {}}, new long[] {0, 0}, new boolean[] {true, false}, SECOND, 0, 2 * SECOND);
        assertThat(found.lost()).isZero();
        assertThat(found.lateness()).hasSize(2);
    }
}
