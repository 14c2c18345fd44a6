package io.sitemonitor.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ListResourceBundle;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertTextsFromBundleTest {

    private final AlertTexts german = AlertTexts.from(bundle("de")).zone(ZoneId.of("Europe/Berlin"));
    private final AlertTexts swahili = AlertTexts.from(bundle("sw")).zone(ZoneId.of("Africa/Nairobi"));

    @Test
    void speaksGerman() {
        Alert recovered =
                Alerts.of(AlertKind.RECOVERED).duration(Duration.ofHours(76)).build();

        assertThat(german.subject(Alerts.down("Kasse"))).isEqualTo("Kasse ist nicht erreichbar");
        assertThat(german.text(Alerts.down("Kasse")))
                .isEqualTo("Kasse ist seit 22. November 2026, 13:00 Uhr nicht erreichbar (falscher Status).");
        assertThat(german.text(recovered)).isEqualTo("storefront ist nach 3 Tage 4 Std. wieder erreichbar.");
        assertThat(german.locale()).isEqualTo(Locale.GERMAN);
    }

    @Test
    void speaksSwahili() {
        assertThat(swahili.subject(Alerts.down("duka"))).isEqualTo("Tovuti duka imeanguka!");
        assertThat(swahili.text(Alerts.down("duka")))
                .isEqualTo("Tovuti duka haipatikani tangu 22 Novemba 2026, 15:00.");
        assertThat(swahili.text(Alerts.recovered("duka")))
                .isEqualTo("Tovuti duka sasa inapatikana, baada ya 4 dakika 12 sekunde.");
    }

    @Test
    void whatABundleDoesNotSayIsSaidAsEver() {
        assertThat(german.subject(Alerts.degraded("Kasse"))).isEqualTo("Site Kasse is DEGRADED!");
        assertThat(german.text(Alerts.degraded("Kasse")))
                .isEqualTo("Site Kasse works, but not well, at 22. November 2026, 13:00 Uhr");
        assertThat(swahili.value(Alerts.down("duka"), "failure")).isEqualTo("STATUS");
        assertThat(swahili.word("word.since")).isEqualTo("Since");
        assertThat(AlertTexts.from(of("order.subject", "{0}"))).isEqualTo(AlertTexts.from(of("other", "x")));
    }

    @Test
    void oneOfTheTwoTextsOfAKindIsEnough() {
        AlertTexts texts = AlertTexts.from(of("DOWN.subject", "Oh, {check}"));

        assertThat(texts.subject(Alerts.down("pay"))).isEqualTo("Oh, pay");
        assertThat(texts.text(Alerts.down("pay"))).isEqualTo("Site pay has gone down at 2026-11-22T12:00:10Z");
    }

    @Test
    void aBundleMayBeWrittenForMustache() {
        AlertTexts french = AlertTexts.from(bundle("fr"), MessageTemplate::mustache);

        assertThat(french.subject(Alerts.down("caisse"))).isEqualTo("caisse est en panne");
        assertThat(french.text(Alerts.down("caisse"))).isEqualTo("caisse est en panne (STATUS), équipe web");
        assertThat(french.text(Alerts.of(AlertKind.DOWN).failure(null).build()))
                .isEqualTo("storefront est en panne, équipe web");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DOWN.text|{chek}|DOWN.text of bundle 'X': unknown placeholder {chek} in template '{chek}'; known are {id},",
                "DOWN.subject|a{|DOWN.subject of bundle 'X': '{' at position 1 is never closed in template 'a{';",
                "DWON.subject|a|no alert is of the kind DWON (DWON.subject of bundle 'X'); there are [DOWN, RECOVERED,",
                "times|uuuu-bb|times of bundle 'X': ",
                "unit.h|' '|unit.h of bundle 'X' must have from 1 to 100 characters, none of them a control character,"
                        + " but was ' '",
                "state.UP|''|state.UP of bundle 'X' must have from 1 to 100 characters, none of them a control character,"
                        + " but was ''"
            })
    void refusesWhatIsWrongByKeyAndBundle(String key, String text, String message) {
        ResourceBundle bundle = of(key, text);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertTexts.from(bundle))
                .withMessageStartingWith(
                        message.replace("'X'", "'" + bundle.getClass().getName() + "'"));
    }

    @Test
    void refusesSubjectsOfSeveralLinesControlCharactersAndWhatIsNoText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertTexts.from(of("DOWN.subject", "one\ntwo")))
                .withMessageEndingWith(": a subject must be one line, but was 'one two'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertTexts.from(of("word.since", "Seit\u202E")))
                .withMessageEndingWith("none of them a control character, but was 'Seit\uFFFD'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertTexts.from(of("DOWN.text", 7)))
                .withMessageEndingWith("' must be a text");
    }

    @Test
    void namesABundleByItsNameAndLanguage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertTexts.from(bundle("fr"), template -> MessageTemplate.of("{x}")))
                .withMessageStartingWith(
                        "DOWN.subject of bundle 'io.sitemonitor.alert.alerts' (fr): unknown placeholder {x}");
    }

    private static ResourceBundle bundle(String language) {
        return ResourceBundle.getBundle("io.sitemonitor.alert.alerts", Locale.forLanguageTag(language));
    }

    private static ResourceBundle of(String key, Object value) {
        return new ListResourceBundle() {
            @Override
            protected Object[][] getContents() {
                return new Object[][] {{key, value}};
            }
        };
    }
}
