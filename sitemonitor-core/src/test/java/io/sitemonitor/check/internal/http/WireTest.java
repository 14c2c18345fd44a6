package io.sitemonitor.check.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How calls are shared out over pools of connections. */
class WireTest {

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "16, 1", "17, 64", "10000, 64"})
    void aFewShareAPoolAndManyDoNot(int calls, int pools) {
        assertThat(Wire.pools(calls)).isEqualTo(pools);
    }
}
