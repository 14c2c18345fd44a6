package io.sitemonitor.schedule.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridTest {

    @ParameterizedTest
    @CsvSource({
        "0,10,0,10",
        "0,10,9,10",
        "0,10,10,20",
        "3,10,3,13",
        "3,10,12,13",
        "3,10,13,23",
        "3,10,-20,-17",
        "9223372036854775000,10,9223372036854775001,9223372036854775010"
    })
    void theNextLineIsTheFirstAfterAMoment(long phase, long interval, long now, long next) {
        assertThat(new Grid(phase, interval).after(now)).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({"0,10,0,9,0", "0,10,0,10,1", "0,10,0,35,3", "3,10,3,12,0", "3,10,3,13,1", "3,10,13,3,0"})
    void countsTheLinesBetweenTwoMoments(long phase, long interval, long from, long to, long lines) {
        assertThat(new Grid(phase, interval).between(from, to)).isEqualTo(lines);
    }
}
