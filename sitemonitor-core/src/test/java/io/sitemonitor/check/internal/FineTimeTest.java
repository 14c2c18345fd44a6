package io.sitemonitor.check.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FineTimeTest {

    @Test
    void writesThreeDecimals() {
        assertThat(FineTime.text(Duration.ofNanos(42_400))).isEqualTo("0.042 ms");
        assertThat(FineTime.text(Duration.ofNanos(42_500))).isEqualTo("0.043 ms");
        assertThat(FineTime.text(Duration.ofMillis(-7))).isEqualTo("-7.000 ms");
        assertThat(FineTime.text(Duration.ofNanos(-1))).isEqualTo("0.000 ms");
        assertThat(FineTime.text(Duration.ZERO)).isEqualTo("0.000 ms");
        assertThat(FineTime.text(Duration.ofMillis(1_250))).isEqualTo("1.250 s");
        assertThat(FineTime.text(Duration.ofMillis(-1_250))).isEqualTo("-1.250 s");
        assertThat(FineTime.text(Duration.ofDays(50_000))).isEqualTo("4320000000.000 s");
    }
}
