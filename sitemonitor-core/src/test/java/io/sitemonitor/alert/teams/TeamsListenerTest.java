package io.sitemonitor.alert.teams;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.Alerts;
import io.sitemonitor.alert.HttpListenerContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class TeamsListenerTest extends HttpListenerContract {

    private static final String SIGNATURE = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_abcde";
    private static final String PATH =
            "/powerautomate/automations/direct/workflows/0123456789abcdef0123456789abcdef/triggers/manual/paths/invoke"
                    + "?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=" + SIGNATURE;

    @Override
    protected TeamsListener listener(String server, Duration timeout) {
        return TeamsListener.workflow(server + PATH).timeout(timeout);
    }

    @Override
    protected TeamsListener listener() {
        return listener(base(), Duration.ofSeconds(8));
    }

    @Override
    protected Delivery delivery(LoggedRequest request) {
        return new Delivery(null, texts(json(request)));
    }

    @Override
    protected ResponseDefinitionBuilder success() {
        return aResponse().withStatus(202);
    }

    @Override
    protected List<String> secrets() {
        return List.of(SIGNATURE, "0123456789abcdef0123456789abcdef");
    }

    @Test
    void postsAnOutage() throws Exception {
        listener().onAlert(Alerts.down("storefront"));

        assertThat(request().getMethod().value()).isEqualTo("POST");
        assertThat(request().getUrl()).isEqualTo(PATH);
        assertJson(request(), """
                {"type": "message", "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive",
                 "contentUrl": null, "content": {"$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                  "type": "AdaptiveCard", "version": "1.4", "msteams": {"width": "Full"}, "body": [
                   {"type": "Container", "style": "attention", "bleed": true, "items": [
                    {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "🔴 Site storefront is DOWN!",
                     "weight": "Bolder", "size": "Large"}]}]},
                   {"type": "RichTextBlock", "inlines": [{"type": "TextRun",
                    "text": "Site storefront has gone down at 2026-11-22T12:00:10Z"}]},
                   {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "What: ", "weight": "Bolder"},
                    {"type": "TextRun", "text": "HTTP 503 in 412 ms"}]},
                   {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "Target: ", "weight": "Bolder"},
                    {"type": "TextRun", "text": "https://shop.example/"}]},
                   {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "Failure: ", "weight": "Bolder"},
                    {"type": "TextRun", "text": "STATUS"}]},
                   {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "Since: ", "weight": "Bolder"},
                    {"type": "TextRun", "text": "2026-11-22T12:00:00Z"}]},
                   {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "Lasted: ", "weight": "Bolder"},
                    {"type": "TextRun", "text": "10 s"}]},
                   {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "Monitor: ", "weight": "Bolder"},
                    {"type": "TextRun", "text": "shop"}]}]}}]}
                """);
    }

    @ParameterizedTest
    @CsvSource({"RECOVERED,good", "DEGRADED,warning", "REMINDER,attention"})
    void eachKindHasItsStyle(AlertKind kind, String style) throws Exception {
        listener().onAlert(Alerts.of(kind).build());

        assertThat(json(request()).at("/attachments/0/content/body/0/style").asString())
                .isEqualTo(style);
    }

    @Test
    void allTextStandsInRunsThatKnowNoMarkdownAndNobodyIsMentioned() throws Exception {
        listener()
                .onAlert(Alerts.of(AlertKind.DOWN)
                        .check("<at>all</at> [x](https://evil.example)")
                        .build());

        JsonNode card = json(request()).at("/attachments/0/content");
        assertThat(card.findValuesAsString("type")).contains("TextRun").doesNotContain("TextBlock", "FactSet");
        assertThat(card.get("msteams").has("entities")).isFalse();
    }

    @Test
    void aCardStaysBelowWhatTeamsTakes() throws Exception {
        AlertTexts texts = AlertTexts.DEFAULT.with(AlertKind.DOWN, "{check}", "{summary}".repeat(20));
        listener()
                .texts(texts)
                .onAlert(Alerts.of(AlertKind.DOWN)
                        .check("€".repeat(5_000))
                        .summary("€".repeat(5_000))
                        .target("€".repeat(5_000))
                        .monitor("€".repeat(5_000))
                        .build());

        assertThat(request().getBody()).hasSizeLessThan(28 * 1024);
    }

    @Test
    void anErrorBehindAnAnswerOfSuccessIsTriedAgain() {
        answer(
                aResponse()
                        .withStatus(200)
                        .withBody(
                                "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429"));

        assertThatIOException()
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessageContaining("Microsoft Teams endpoint returned HTTP error 429");
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TeamsListener.workflow("http://x.api.powerplatform.com" + PATH))
                .withMessageStartingWith("the URL of a Teams workflow must be an https URL")
                .withMessageEndingWith("but was that of http://x.api.powerplatform.com");
    }

    @Test
    void showsItsHostAlone() {
        assertThat(TeamsListener.workflow("https://x.api.powerplatform.com" + PATH))
                .hasToString("TeamsListener[x.api.powerplatform.com]");
    }
}
