package io.sitemonitor.check.dns;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsOptionsTest {

    private static final DnsCheck CHECK = DnsCheck.lookup("shop.example", RecordType.A);

    @Test
    void isEqualByItsOptions() {
        DnsCheck check = CHECK.server("192.0.2.53").expectRecords("192.0.2.7", "192.0.2.8");

        assertThat(check)
                .isEqualTo(DnsCheck.lookup("SHOP.example.", RecordType.A)
                        .server("192.0.2.53", 53)
                        .expectRecords("192.0.2.8", "192.0.2.7"))
                .hasToString("DNS shop.example A at 192.0.2.53:53")
                .isNotEqualTo(CHECK)
                .isNotEqualTo(check.overTcp())
                .isNotEqualTo(check.server("192.0.2.54"))
                .isNotEqualTo(check.expectAuthoritative())
                .isNotEqualTo(check.expectAuthenticated())
                .isNotEqualTo(check.expectTtl(ofSeconds(1), ofSeconds(2)))
                .isNotEqualTo(check.failAbove(ofSeconds(1)))
                .isNotEqualTo(DnsCheck.lookup("shop.example", RecordType.AAAA));
        assertThat(check.kind()).isEqualTo("dns");
        assertThat(check.target()).isEqualTo("shop.example A at 192.0.2.53:53");
        assertThat(CHECK.target()).isEqualTo("shop.example A");
        assertThat(check.host()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"grün.example, xn--grn-ioa.example A", ".,            . A", "_a._b.example, _a._b.example A"})
    void takesNamesAsPeopleWriteThem(String name, String shown) {
        assertThat(DnsCheck.lookup(name, RecordType.A)).hasToString("DNS " + shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a..b", "shop\n.example", "https://shop.example/"})
    void refusesNamesThatAreNone(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DnsCheck.lookup(name, RecordType.A))
                .withMessageStartingWith("name must be one that DNS can have, such as shop.example, but was '");
    }

    @Test
    void refusesNamesThatAreTooLong() {
        assertThatIllegalArgumentException().isThrownBy(() -> DnsCheck.lookup("a".repeat(64), RecordType.A));
        assertThatIllegalArgumentException().isThrownBy(() -> DnsCheck.lookup("a.".repeat(128), RecordType.A));
        assertThat(DnsCheck.lookup("a".repeat(63) + ".example", RecordType.A)).isNotNull();
    }

    @Test
    void refusesRecordsThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CHECK.expectRecords("2001:db8::7"))
                .withMessage("expectRecords takes records of type A as RecordType shows them, but was '2001:db8::7'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DnsCheck.lookup("shop.example", RecordType.MX).expectAnyOf("mail.shop.example"))
                .withMessageStartingWith("expectAnyOf takes records of type MX");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CHECK.expectRecords())
                .withMessage("expectRecords takes at least one record");
    }

    @Test
    void refusesToExpectSomethingOfNothing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> CHECK.expectRecords("192.0.2.7").expectNoSuchName())
                .withMessage("a check that expects no records cannot expect anything of them");
        assertThatIllegalStateException()
                .isThrownBy(() -> CHECK.expectNoRecords().expectTtl(ofSeconds(1), ofSeconds(2)));
        assertThatIllegalStateException()
                .isThrownBy(() -> CHECK.expectNoSuchName().expectNoRecords())
                .withMessage("expectNoRecords is about a name that exists, but the check expects NXDOMAIN");
    }

    @Test
    void refusesTimesThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CHECK.expectTtl(ofSeconds(2), ofSeconds(1)))
                .withMessageContaining("but was PT2S to PT1S");
        assertThatIllegalArgumentException().isThrownBy(() -> CHECK.expectTtl(ofSeconds(-1), ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CHECK.expectTtl(Duration.ZERO, Duration.ofDays(365 * 100)));
    }

    @ParameterizedTest
    @CsvSource({
        "60, 3600, PASS: 192.0.2.7",
        "59, 3600, 'ASSERTION: records may be kept for 59 s, expected from 60 s to 3600 s'",
        "60, 3601, 'ASSERTION: records may be kept for 3601 s, expected from 60 s to 3600 s'"
    })
    void judgesTheShortestAndTheLongestTime(long shortest, long longest, String summary) {
        DnsAnswer answer = new DnsAnswer(0, false, false, List.of("192.0.2.7"), shortest, longest, "");

        assertThat(DnsExpectations.USUAL
                        .ttl(ofSeconds(60), ofSeconds(3_600))
                        .judge(DnsQuestion.of("shop.example", RecordType.A), answer)
                        .summary())
                .isEqualTo(summary);
    }

    @Test
    void refusesServersThatAreNoneOrTooMany() {
        assertThatIllegalArgumentException().isThrownBy(() -> CHECK.server("192.0.2.53:53"));
        assertThatIllegalArgumentException().isThrownBy(() -> CHECK.server("192.0.2.53", 0));
        DnsCheck many = CHECK;
        for (int i = 1; i <= DnsCheck.MOST_SERVERS; i++) {
            many = many.server("192.0.2." + i);
        }
        DnsCheck full = many;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> full.server("192.0.2.99"))
                .withMessage("a DNS check can have at most 16 servers");
    }
}
