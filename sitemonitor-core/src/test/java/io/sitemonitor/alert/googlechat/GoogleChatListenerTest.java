package io.sitemonitor.alert.googlechat;

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

class GoogleChatListenerTest extends HttpListenerContract {

    private static final String KEY = "AIzaSyDdI0hCZtE6vySjMm-WEfRq3CPzqKqqsHI";
    private static final String TOKEN = "aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789-_aBcDe";
    private static final String PATH = "/v1/spaces/AAAAAAAAAAA/messages?key=" + KEY + "&token=" + TOKEN;

    @Override
    protected GoogleChatListener listener(String server, Duration timeout) {
        return GoogleChatListener.webhook(server + PATH).timeout(timeout);
    }

    @Override
    protected GoogleChatListener listener() {
        return listener(base(), Duration.ofSeconds(8));
    }

    @Override
    protected Delivery delivery(LoggedRequest request) {
        return new Delivery(
                json(request).at("/cardsV2/0/cardId").asString(),
                json(request).at("/thread/threadKey").asString(),
                texts(json(request)));
    }

    @Override
    protected ResponseDefinitionBuilder success() {
        return aResponse().withStatus(200).withBody("{\"name\":\"spaces/AAAAAAAAAAA/messages/1\"}");
    }

    @Override
    protected List<String> secrets() {
        return List.of(KEY, TOKEN);
    }

    @Override
    protected List<String> harmfulMarkup() {
        return List.of("<users", "<http", "<script", "@everyone <", "</b");
    }

    @Test
    void postsAnOutage() throws Exception {
        listener().onAlert(Alerts.down("storefront"));

        assertThat(request().getMethod().value()).isEqualTo("POST");
        assertThat(request().getUrl()).isEqualTo(PATH + "&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD");
        assertJson(request(), """
                {"thread": {"threadKey": "%s"}, "fallbackText": "🔴 Site storefront is DOWN!", "cardsV2": [{"cardId": "%s",
                 "card": {"header": {"title": "🔴 Site storefront is DOWN!"}, "sections": [{"widgets": [
                  {"textParagraph": {"text": "Site storefront has gone down at 2026-11-22T12:00:10Z"}},
                  {"decoratedText": {"topLabel": "What", "text": "HTTP 503 in 412 ms", "wrapText": true}},
                  {"decoratedText": {"topLabel": "Target", "text": "https://shop.example/", "wrapText": true}},
                  {"decoratedText": {"topLabel": "Failure", "text": "STATUS", "wrapText": true}},
                  {"decoratedText": {"topLabel": "Since", "text": "2026-11-22T12:00:00Z", "wrapText": true}},
                  {"decoratedText": {"topLabel": "Lasted", "text": "10 s", "wrapText": true}},
                  {"decoratedText": {"topLabel": "Monitor", "text": "shop", "wrapText": true}}]}]}}]}
                """.formatted(
                        Alerts.down("storefront").incidentId(),
                        Alerts.down("storefront").id()));
    }

    @Test
    void aRecoveryStandsInTheThreadOfItsIncident() throws Exception {
        listener().onAlert(Alerts.recovered("storefront"));

        assertThat(json(request()).at("/thread/threadKey").asString())
                .isEqualTo(Alerts.down("storefront").incidentId());
        assertThat(json(request()).at("/cardsV2/0/card/header/title").asString())
                .isEqualTo("✅ Site storefront is back UP!");
    }

    @Test
    void aMessageStaysBelowWhatGoogleTakes() throws Exception {
        listener()
                .texts(AlertTexts.DEFAULT.with(AlertKind.DOWN, "{check}", "{summary}".repeat(20)))
                .onAlert(Alerts.of(AlertKind.DOWN)
                        .check("€".repeat(5_000))
                        .summary("€".repeat(5_000))
                        .target("€".repeat(5_000))
                        .monitor("€".repeat(5_000))
                        .build());

        assertThat(request().getBody()).hasSizeLessThan(32_000);
    }

    @Test
    void whatGoogleSaysIsShown() {
        answer(aResponse().withStatus(403).withBody("{\"error\":{\"code\":403,\"status\":\"PERMISSION_DENIED\"}}"));

        assertThatIOException()
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessage(
                        "127.0.0.1 answered HTTP 403: {\"error\":{\"code\":403,\"status\":\"PERMISSION_DENIED\"}}");
    }

    @Test
    void showsItsHostAlone() {
        assertThat(GoogleChatListener.webhook("https://chat.googleapis.com" + PATH))
                .hasToString("GoogleChatListener[chat.googleapis.com]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoogleChatListener.webhook("http://chat.googleapis.com" + PATH))
                .withMessageEndingWith("but was that of http://chat.googleapis.com");
    }
}
