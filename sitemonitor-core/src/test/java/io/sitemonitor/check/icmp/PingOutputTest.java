package io.sitemonitor.check.icmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PingOutputTest {

    @Test
    void readsAnswersOfEachMake() {
        assertThat(PingOutput.read(PingOutputs.IPUTILS).times()).containsExactly(micros(30), micros(40), micros(50));
        assertThat(PingOutput.read(PingOutputs.BUSYBOX).times()).containsExactly(micros(45), micros(55), micros(65));
        assertThat(PingOutput.read(PingOutputs.MACOS).times()).containsExactly(micros(52), micros(148));
        assertThat(PingOutput.read(PingOutputs.MACOS_IPV6).times()).containsExactly(micros(63), micros(137));
        assertThat(PingOutput.read(PingOutputs.WINDOWS).times()).containsExactly(micros(1_000), micros(3_000));
        assertThat(PingOutput.read(PingOutputs.WINDOWS_GERMAN).times()).containsExactly(micros(1_000));
    }

    @Test
    void doesNotCountAnAnswerTwice() {
        assertThat(PingOutput.read(PingOutputs.IPUTILS_LOSS).times()).containsExactly(micros(14_200));
    }

    @Test
    void findsNoAnswerInASummary() {
        PingOutput summary = PingOutput.read(
                "rtt min/avg/max/mdev = 0.030/0.040/0.050/0.008 ms\nMinimum = 0ms, Maximum = 0ms, Average = 0ms");

        assertThat(summary.times()).isEmpty();
        assertThat(PingOutput.read("").firstLine()).isEmpty();
    }

    @Test
    void tellsSilenceFromTrouble() {
        assertThat(PingOutput.read(PingOutputs.IPUTILS_SILENCE).isSilence()).isTrue();
        assertThat(PingOutput.read(PingOutputs.MACOS_SILENCE).isSilence()).isTrue();
        assertThat(PingOutput.read(PingOutputs.IPUTILS_LOSS).isSilence()).isFalse();
        assertThat(PingOutput.read(PingOutputs.IPUTILS_SILENCE).trouble()).isNull();
        assertThat(PingOutput.read(PingOutputs.IPUTILS_NOT_PERMITTED).trouble())
                .isEqualTo("ping: socket: Operation not permitted");
        assertThat(PingOutput.read(PingOutputs.WINDOWS_NO_WAY).noWay())
                .isEqualTo("Reply from 192.0.2.1: Destination host unreachable.");
        assertThat(PingOutput.read(PingOutputs.WINDOWS_NO_WAY).times()).isEmpty();
    }

    @Test
    void takesTheMean() {
        assertThat(PingOutput.read(PingOutputs.MACOS).average()).isEqualTo(micros(100));
    }

    @ParameterizedTest
    @Timeout(20)
    @ValueSource(strings = {"=", "1", " ", "=1", "=1 ", "<0.000000"})
    void isNotHeldUpByLinesWithoutEnd(String part) {
        assertThat(PingOutput.read(part.repeat(16_000)).times()).isEmpty();
    }

    private static Duration micros(long micros) {
        return Duration.ofNanos(1_000 * micros);
    }
}
