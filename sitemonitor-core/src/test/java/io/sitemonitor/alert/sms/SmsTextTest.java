package io.sitemonitor.alert.sms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsTextTest {

    @Test
    void whatFitsIsKept() {
        assertThat(SmsText.cut("a".repeat(459))).isEqualTo("a".repeat(459));
        assertThat(SmsText.cut("[".repeat(229))).isEqualTo("[".repeat(229));
        assertThat(SmsText.cut("ж".repeat(201))).isEqualTo("ж".repeat(201));
    }

    @Test
    void whatDoesNotFitIsCut() {
        assertThat(SmsText.cut("a".repeat(460))).isEqualTo("a".repeat(456) + "...");
        assertThat(SmsText.cut("[".repeat(230))).isEqualTo("[".repeat(228) + "...");
        assertThat(SmsText.cut("ж".repeat(202))).isEqualTo("ж".repeat(200) + "…");
    }

    @Test
    void aCharacterOfTwoUnitsIsNotTornApart() {
        assertThat(SmsText.cut("ж".repeat(199) + "😀😀")).isEqualTo("ж".repeat(199) + "…");
    }

    @Test
    void oneCharacterOutsideOfTheAlphabetMakesAllLong() {
        assertThat(SmsText.cut("…" + "a".repeat(300))).hasSize(201);
    }

    @ParameterizedTest
    @CsvSource({
        "+254711000000,+254711000000",
        "+254 711-000.000,+254711000000",
        "+1 (555) 010/0000,+15550100000",
        "+1234567,+1234567",
        "+123456789012345,+123456789012345",
        "+123456,",
        "+1234567890123456,",
        "+0234567890,",
        "254711000000,",
        "+25471100000x,",
        "++254711000000,",
        "+,"
    })
    void numbersAreThoseOfE164(String written, String number) {
        assertThat(PhoneNumbers.normalize(written)).isEqualTo(number);
    }
}
