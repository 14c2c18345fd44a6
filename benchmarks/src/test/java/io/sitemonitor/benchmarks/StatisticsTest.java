package io.sitemonitor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void medianIsTheMiddleOrHalfWayBetweenTheTwoInTheMiddle() {
        assertThat(Statistics.median(new double[] {9, 1, 4})).isEqualTo(4);
        assertThat(Statistics.median(new double[] {9, 1, 4, 6})).isEqualTo(5);
        assertThat(Statistics.median(new double[] {})).isNull();
    }

    @Test
    void percentileIsTheNearestRank() {
        double[] values = new double[200];
        for (int i = 0; i < values.length; i++) {
            values[i] = values.length - i;
        }
        assertThat(Statistics.percentile(values, 50)).isEqualTo(100);
        assertThat(Statistics.percentile(values, 99)).isEqualTo(198);
        assertThat(Statistics.percentile(values, 100)).isEqualTo(200);
        assertThat(Statistics.percentile(values, 0)).isEqualTo(1);
        assertThat(Statistics.percentile(new double[] {}, 50)).isNull();
    }

    @Test
    void doesNotTouchWhatItIsGiven() {
        double[] values = {3, 1, 2};
        Statistics.median(values);
        Statistics.percentile(values, 50);
        assertThat(values).containsExactly(3, 1, 2);
    }
}
