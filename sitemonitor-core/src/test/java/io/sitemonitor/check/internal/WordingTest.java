package io.sitemonitor.check.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

    @ParameterizedTest
    @CsvSource({"0,0 ms", "412,412 ms", "999,999 ms", "1000,1 s", "1099,1 s", "1100,1.1 s", "5000,5 s", "61950,61.9 s"})
    void writesDurationsForPeople(long millis, String text) {
        assertThat(Wording.duration(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "-PT1S,0 s",
        "PT0S,0 s",
        "PT0.35S,350 ms",
        "PT59.9S,59 s",
        "PT7M,7 min",
        "PT4M12S,4 min 12 s",
        "PT3H,3 h",
        "PT26H59M,1 d 2 h",
        "P40D,40 d"
    })
    void writesLongDurationsByTheirTwoLargestUnits(Duration duration, String text) {
        assertThat(Wording.span(duration)).isEqualTo(text);
    }

    @Test
    void writesAddressesWithoutAskingForTheirNames() throws Exception {
        byte[] bytes = {127, 0, 0, 1};
        InetAddress named = InetAddress.getByAddress("some.name", bytes);

        assertThat(Wording.address(new InetSocketAddress(named, 80))).isEqualTo("127.0.0.1:80");
        assertThat(Wording.address(InetSocketAddress.createUnresolved("some.name", 80)))
                .isEqualTo("some.name:80");
        assertThat(Wording.address("::1", 80)).isEqualTo("[::1]:80");
    }

    @Test
    void namesTheOptionThatIsNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> Wording.requireLimit("warnAbove", null))
                .withMessage("warnAbove");
    }
}
