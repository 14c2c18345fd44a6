package io.sitemonitor.alert.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.Alerts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertLookTest {

    @ParameterizedTest
    @CsvSource({
        "DOWN,critical,🔴,#D32F2F,true",
        "DOWN,error,🟠,#E8710A,false",
        "DOWN,warning,🟡,#F2B600,false",
        "DOWN,info,🔵,#3B82C4,false",
        "REMINDER,critical,🔴,#D32F2F,true",
        "DIGEST,critical,🔴,#D32F2F,true",
        "ACKNOWLEDGED,critical,🙋,#3B82C4,false",
        "RECOVERED,critical,✅,#2E9E44,false",
        "DIGEST_ENDED,critical,✅,#2E9E44,false"
    })
    void theLookFollowsFromSeverityAndKind(AlertKind kind, String severity, String emoji, String hex, boolean urgent) {
        AlertMessage message =
                AlertMessage.of(Alerts.of(kind).label("severity", severity).build(), AlertTexts.DEFAULT);

        assertThat(message.look().emoji()).isEqualTo(emoji);
        assertThat(message.look().hex()).isEqualTo(hex);
        assertThat(message.isUrgent()).isEqualTo(urgent);
    }

    @Test
    void aMessageIsNeverBlank() {
        AlertTexts title = AlertTexts.DEFAULT.with(AlertKind.DOWN, "{check}", "{label.none}");
        AlertTexts nothing = AlertTexts.DEFAULT.with(AlertKind.DOWN, "{label.none}", " ");

        assertThat(AlertMessage.of(Alerts.down("storefront"), title).text()).isEqualTo("storefront");
        assertThat(AlertMessage.of(Alerts.down("storefront"), nothing).text()).isEqualTo("DOWN");
    }
}
