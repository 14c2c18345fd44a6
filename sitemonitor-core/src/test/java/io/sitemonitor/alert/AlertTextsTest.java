package io.sitemonitor.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AlertTextsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DOWN|Site storefront is DOWN!|Site storefront has gone down at 2026-11-22T12:00:10Z",
                "RECOVERED|Site storefront is back UP!|Site storefront is back UP at 2026-11-22T12:04:12Z",
                "ENDED|Site storefront is no longer monitored"
                        + "|Site storefront was removed at 2026-11-22T12:04:12Z while it was down",
                "DEGRADED|Site storefront is DEGRADED!|Site storefront works, but not well, at 2026-11-22T12:00:10Z",
                "DEGRADATION_ENDED|Site storefront works well again"
                        + "|Site storefront works well again at 2026-11-22T12:04:12Z",
                "FLAPPING|Site storefront is FLAPPING!"
                        + "|Site storefront goes up and down, at 2026-11-22T12:00:10Z: HTTP 503 in 412 ms",
                "FLAPPING_ENDED|Site storefront has calmed and is UP"
                        + "|Site storefront has calmed and is UP at 2026-11-22T12:04:12Z",
                "ISOLATED|Monitor shop is OFFLINE!"
                        + "|Monitor shop is offline at 2026-11-22T12:00:10Z: HTTP 503 in 412 ms",
                "ISOLATION_ENDED|Monitor shop is back ONLINE!|Monitor shop is back online at 2026-11-22T12:04:12Z",
            })
    void saysWhatTheAncestorSaid(AlertKind kind, String subject, String text) {
        Alert alert = Alerts.of(kind).build();

        assertThat(AlertTexts.DEFAULT.subject(alert)).isEqualTo(subject);
        assertThat(AlertTexts.DEFAULT.text(alert)).isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatIsUpIsSaidToBeUp(AlertKind kind) {
        Alert alert = Alerts.of(kind).build();

        assertThat((AlertTexts.DEFAULT.subject(alert) + AlertTexts.DEFAULT.text(alert)).contains("UP"))
                .isEqualTo(kind == AlertKind.RECOVERED || kind == AlertKind.FLAPPING_ENDED);
    }

    @Test
    void oneKindCanSaySomethingElse() {
        AlertTexts texts = AlertTexts.DEFAULT.with(AlertKind.DOWN, "{check} fell", "{summary}\nsee {target}");

        assertThat(texts.subject(Alerts.down("pay"))).isEqualTo("pay fell");
        assertThat(texts.text(Alerts.down("pay"))).isEqualTo("HTTP 503 in 412 ms\nsee https://shop.example/");
        assertThat(texts.subject(Alerts.recovered("pay"))).isEqualTo("Site pay is back UP!");
        assertThat(AlertTexts.DEFAULT.subject(Alerts.down("pay"))).isEqualTo("Site pay is DOWN!");
    }

    @Test
    void timesAreWrittenInTheZoneOfTheReader() {
        AlertTexts texts =
                AlertTexts.DEFAULT.with(AlertKind.RECOVERED, "{at}", "{since}").zone(ZoneId.of("Africa/Nairobi"));

        assertThat(texts.text(Alerts.down("pay"))).isEqualTo("Site pay has gone down at 2026-11-22T15:00:10+03:00");
        assertThat(texts.subject(Alerts.recovered("pay"))).isEqualTo("2026-11-22T15:04:12+03:00");
        assertThat(texts.text(Alerts.recovered("pay"))).isEqualTo("2026-11-22T15:00:00+03:00");
    }

    @Test
    void aSubjectStaysOneShortLine() {
        Alert sly = Alerts.of(AlertKind.DOWN)
                .check("a\r\nBcc: b@x.example" + "y".repeat(300))
                .build();

        assertThat(AlertTexts.DEFAULT.subject(sly)).hasSize(200).startsWith("Site a  Bcc: b@x.exampley");
        assertThat(AlertTexts.DEFAULT.text(sly)).doesNotContain("\r", "\n");
    }

    @Test
    void refusesASubjectOfSeveralLines() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertTexts.DEFAULT.with(AlertKind.DOWN, "one\ntwo", "text"))
                .withMessage("the subject for DOWN must be one line, but was 'one two'");
    }

    @Test
    void equalTextsAreEqual() {
        assertThat(AlertTexts.DEFAULT.with(
                        AlertKind.DOWN, "Site {check} is DOWN!", "Site {check} has gone down at {at}"))
                .isEqualTo(AlertTexts.DEFAULT)
                .hasSameHashCodeAs(AlertTexts.DEFAULT)
                .isNotEqualTo(AlertTexts.DEFAULT.with(AlertKind.DOWN, "a", "b"));
    }

    @Test
    void templatesOfAnyEngineAreTaken() {
        AlertTexts texts = AlertTexts.DEFAULT
                .zone(ZoneId.of("Africa/Nairobi"))
                .with(
                        AlertKind.DOWN,
                        MessageTemplate.of("{check}"),
                        MessageTemplate.mustache("{{check}}{{#failure}} by {{failure}}{{/failure}} at {{at}}"));

        assertThat(texts.subject(Alerts.down("pay"))).isEqualTo("pay");
        assertThat(texts.text(Alerts.down("pay"))).isEqualTo("pay by STATUS at 2026-11-22T15:00:10+03:00");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        texts.with(AlertKind.DOWN, MessageTemplate.mustache("a\n{{check}}"), MessageTemplate.of("")))
                .withMessage("the subject for DOWN must be one line, but was 'a {{check}}'");
    }

    @Test
    void timesCanBeWrittenInAnotherForm() {
        DateTimeFormatter yearOfOneDigit =
                new DateTimeFormatterBuilder().appendValue(ChronoField.YEAR, 1).toFormatter();
        DateTimeFormatter form = DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ENGLISH);
        AlertTexts texts = AlertTexts.DEFAULT.times(form).zone(ZoneId.of("Africa/Nairobi"));

        assertThat(texts.text(Alerts.down("pay"))).isEqualTo("Site pay has gone down at 22 Nov 2026 15:00");
        assertThat(texts.times(form.withZone(ZoneOffset.UTC)).value(Alerts.down("pay"), "since"))
                .isEqualTo("22 Nov 2026 12:00");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertTexts.DEFAULT.times(yearOfOneDigit))
                .withMessageStartingWith("times must be written from date, time and zone alone, but ");
    }

    @Test
    void theSubjectCanBeTheSameForAll() {
        AlertTexts texts = AlertTexts.DEFAULT.sameSubject("[{monitor}] {check}");

        assertThat(texts.preview())
                .filteredOn(preview -> preview.alert().check().equals("storefront"))
                .hasSize(9)
                .allSatisfy(preview -> assertThat(preview.subject()).isEqualTo("[shop] storefront"));
        assertThat(texts.text(Alerts.down("pay"))).isEqualTo(AlertTexts.DEFAULT.text(Alerts.down("pay")));
    }

    @Test
    void aSingleValueIsWrittenAsInTheTexts() {
        assertThat(AlertTexts.DEFAULT.value(Alerts.down("pay"), "label.team")).isEqualTo("web");
        assertThat(AlertTexts.DEFAULT.value(Alerts.down("pay"), "label.floor")).isNull();
        assertThat(AlertTexts.DEFAULT.word("state.DOWN")).isEqualTo("DOWN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertTexts.DEFAULT.value(Alerts.down("pay"), "label."))
                .withMessageStartingWith("unknown variable 'label.'; known are id, incident, ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertTexts.DEFAULT.word("word.x"))
                .withMessageStartingWith("unknown word 'word.x'; known are state.");
    }

    @Test
    void previewsShowEveryKindOnce() {
        AlertTexts texts = AlertTexts.DEFAULT.with(AlertKind.DOWN, "{check} fell", "{summary}, {target}");

        assertThat(texts.preview())
                .extracting(preview -> preview.alert().kind())
                .containsExactly(AlertKind.values());
        assertThat(texts.preview(AlertKind.DOWN).subject()).isEqualTo("storefront fell");
        assertThat(texts.preview(AlertKind.DOWN).text()).isEqualTo("HTTP 503 in 412 ms, https://shop.example/");
        assertThat(AlertTexts.DEFAULT.preview())
                .extracting(AlertTexts.Preview::subject)
                .contains(
                        "Site storefront has calmed and is UP",
                        "Reminder: HTTP 503 in 412 ms",
                        "storefront is acknowledged by ann",
                        "Monitor shop: 3 checks are down, all at gw.shop.example by CONNECT: storefront, payments, search");
    }
}
