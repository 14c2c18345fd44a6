package io.sitemonitor.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.sitemonitor.check.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTemplateTest {

    private final Alert alert =
            Alerts.of(AlertKind.RECOVERED).id("a1").incident("i1").build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{id}|a1",
                "{incident}|i1",
                "{monitor}|shop",
                "{check}|storefront",
                "{kind}|RECOVERED",
                "{status}|UP",
                "{from}|DOWN",
                "{to}|UP",
                "{since}|2026-11-22T12:00:00Z",
                "{at}|2026-11-22T12:04:12Z",
                "{duration}|4 min 12 s",
                "{failure}|STATUS",
                "{summary}|HTTP 503 in 412 ms",
                "{target}|https://shop.example/",
                "{address}|192.0.2.7:443",
                "{label.team}|web",
                "{severity}|CRITICAL",
                "{excerpt}|Service Unavailable",
                "{contacts}|owner@shop.example, +254711000001",
                "{fact.status}|503",
                "{phase.connect}|12 ms",
                "Site {check} is {status}!|Site storefront is UP!",
                "{{{check}}}|{storefront}",
                "{{check}}|{check}",
                "no placeholder|no placeholder",
            })
    void putsInWhatTheAlertSays(String template, String text) {
        assertThat(MessageTemplate.of(template).render(alert)).isEqualTo(text);
    }

    @Test
    void missingValuesBecomeNothing() {
        Alert bare = Alerts.of(AlertKind.DOWN)
                .failure(null)
                .target(null)
                .evidence(Evidence.none())
                .contacts()
                .build();

        assertThat(MessageTemplate.of("[{failure}{target}{address}{excerpt}{contacts}{label.floor}{fact.no}{phase.no}]")
                        .render(bare))
                .isEqualTo("[]");
    }

    @Test
    void valuesAreNotReadAsTemplates() {
        Alert sly =
                Alerts.of(AlertKind.DOWN).summary("{check} {{ }} {nonsense}").build();

        assertThat(MessageTemplate.of("{summary}").render(sly)).isEqualTo("{check} {{ }} {nonsense}");
    }

    @Test
    void valuesLoseTheirControlCharactersAndTheirExcess() {
        Alert sly = Alerts.of(AlertKind.DOWN)
                .summary("one\r\nBcc: two\u202E\u0000")
                .label("long", "x".repeat(2_000))
                .build();

        assertThat(MessageTemplate.of("{summary}").render(sly)).isEqualTo("one  Bcc: two\uFFFD\uFFFD");
        assertThat(MessageTemplate.of("{label.long}").render(sly))
                .hasSize(1_000)
                .endsWith("x…");
    }

    @Test
    void aTemplateMayHaveSeveralLines() {
        assertThat(MessageTemplate.of("{check}\n{kind}").render(alert)).isEqualTo("storefront\nRECOVERED");
    }

    @Test
    void timesAreWrittenInTheZoneOfTheReader() {
        MessageTemplate nairobi = MessageTemplate.of("{since} {at}").zone(ZoneId.of("Africa/Nairobi"));

        assertThat(nairobi.render(alert)).isEqualTo("2026-11-22T15:00:00+03:00 2026-11-22T15:04:12+03:00");
    }

    @Test
    void timesAreWrittenInWholeSeconds() {
        Alert precise = Alerts.of(AlertKind.DOWN)
                .since(Instant.parse("2026-11-22T12:00:00.999999Z"))
                .build();

        assertThat(MessageTemplate.of("{since}").render(precise)).isEqualTo("2026-11-22T12:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,0 s",
        "PT-5S,0 s",
        "PT0.35S,350 ms",
        "PT12S,12 s",
        "PT59.9S,59 s",
        "PT60S,1 min",
        "PT4M12S,4 min 12 s",
        "PT1H,1 h",
        "PT2H5M9S,2 h 5 min",
        "PT76H,3 d 4 h",
        "P366D,366 d"
    })
    void durationsAreWrittenForPeople(Duration duration, String text) {
        Alert lasted = Alerts.of(AlertKind.RECOVERED).duration(duration).build();

        assertThat(MessageTemplate.of("{duration}").render(lasted)).isEqualTo(text);
    }

    @Test
    void refusesAnUnknownPlaceholderAndListsTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageTemplate.of("Site {chek} is down"))
                .withMessage("unknown placeholder {chek} in template 'Site {chek} is down'; known are {id}, {incident},"
                        + " {monitor}, {check}, {kind}, {severity}, {status}, {from}, {to}, {since}, {at}, {duration},"
                        + " {failure}, {summary}, {target}, {address}, {excerpt}, {contacts}, {label.<name>},"
                        + " {fact.<name>}, {phase.<name>}; write '{{' for a brace");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageTemplate.of("{label.}"))
                .withMessageStartingWith("unknown placeholder {label.} in template '{label.}'; known are ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageTemplate.of("{}"))
                .withMessageStartingWith("unknown placeholder {} in template '{}'; known are ");
    }

    @Test
    void refusesABraceWithoutItsPartner() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageTemplate.of("Site {check"))
                .withMessage("'{' at position 5 is never closed in template 'Site {check'; write '{{' for a brace");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageTemplate.of("Site check} is"))
                .withMessage("'}' at position 10 closes nothing in template 'Site check} is'; write '}}' for a brace");
    }

    @Test
    void refusesControlCharactersAndExcess() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageTemplate.of("one\r\ntwo"))
                .withMessage(
                        "a template must not contain control characters other than line feeds, but was 'one  two'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageTemplate.of("x".repeat(10_001)))
                .withMessage(
                        "a template must have at most 10000 characters, but has 10001 ('" + "x".repeat(39) + "…')");
        assertThatNullPointerException()
                .isThrownBy(() -> MessageTemplate.of(null))
                .withMessage("template");
    }

    @Test
    void equalTemplatesAreEqual() {
        assertThat(MessageTemplate.of("{check}"))
                .isEqualTo(MessageTemplate.of("{check}"))
                .hasSameHashCodeAs(MessageTemplate.of("{check}"))
                .isNotEqualTo(MessageTemplate.of("{check}").zone(ZoneId.of("Africa/Nairobi")))
                .isNotEqualTo(MessageTemplate.of("{kind}"))
                .hasToString("{check}");
    }
}
