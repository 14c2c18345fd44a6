package io.sitemonitor.alert.mattermost;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import tools.jackson.databind.node.ObjectNode;

class MattermostListenerTest extends HttpListenerContract {

    private static final String KEY = "hoan6o9ws7rp5xj7wu9rmysrte";

    @Override
    protected MattermostListener listener(String server, Duration timeout) {
        return MattermostListener.webhook(server + "/hooks/" + KEY).timeout(timeout);
    }

    @Override
    protected MattermostListener listener() {
        return listener(base(), Duration.ofSeconds(8));
    }

    @Override
    protected Delivery delivery(LoggedRequest request) {
        ObjectNode form = (ObjectNode) json(request);
        ObjectNode attachment = (ObjectNode) form.at("/attachments/0");
        assertThat(attachment.get("fallback").asString()).doesNotContain("@all", "@here", "@channel");
        // The fallback is plain text, and where the title leads is none.
        attachment.remove(List.of("fallback", "title_link"));
        return new Delivery(null, texts(form));
    }

    @Override
    protected List<String> secrets() {
        return List.of(KEY);
    }

    @Override
    protected List<String> harmfulMarkup() {
        return List.of("@everyone", "@here", "@all", "@channel", "<@", "<h", "](h", "**");
    }

    @Test
    void postsAnOutage() throws Exception {
        listener().channel("alerts").onAlert(Alerts.down("storefront"));

        assertThat(request().getMethod().value()).isEqualTo("POST");
        assertThat(request().getUrl()).isEqualTo("/hooks/" + KEY);
        assertJson(request(), """
                {"channel": "alerts", "attachments": [{"fallback": "🔴 Site storefront is DOWN!", "color": "#D32F2F",
                 "title": "🔴 Site storefront is DOWN!", "title_link": "https://shop.example/",
                 "text": "Site storefront has gone down at 2026-11-22T12:00:10Z", "fields": [
                  {"title": "What", "value": "HTTP 503 in 412 ms", "short": false},
                  {"title": "Target", "value": "https://shop.example/", "short": false},
                  {"title": "Failure", "value": "STATUS", "short": true},
                  {"title": "Since", "value": "2026-11-22T12:00:00Z", "short": true},
                  {"title": "Lasted", "value": "10 s", "short": true},
                  {"title": "Monitor", "value": "shop", "short": true}]}]}
                """);
    }

    @Test
    void aRecoveryIsGreen() throws Exception {
        listener().onAlert(Alerts.recovered("storefront"));

        assertThat(json(request()).at("/attachments/0/title").asString()).isEqualTo("✅ Site storefront is back UP!");
        assertThat(json(request()).at("/attachments/0/color").asString()).isEqualTo("#2E9E44");
    }

    @Test
    void somebodyIsCalledWhenItIsCritical() throws Exception {
        MattermostListener listener = listener().mentionWhenCritical("here");

        listener.onAlert(Alerts.down("storefront"));
        listener.onAlert(Alerts.degraded("storefront"));

        assertThat(json(requests().get(0)).get("text").asString()).isEqualTo("@here");
        assertThat(json(requests().get(1)).has("text")).isFalse();
    }

    @Test
    void aMessageStaysFarBelowWhatMattermostTakes() throws Exception {
        listener()
                .texts(AlertTexts.DEFAULT.with(AlertKind.DOWN, "{check}", "{summary}".repeat(20)))
                .onAlert(Alerts.of(AlertKind.DOWN)
                        .summary("*".repeat(5_000))
                        .target("*".repeat(5_000))
                        .monitor("*".repeat(5_000))
                        .build());

        JsonNode attachment = json(request()).at("/attachments/0");
        assertThat(attachment.get("text").asString()).hasSizeLessThanOrEqualTo(3_000);
        assertThat(request().getBodyAsString()).hasSizeLessThan(8_000 + 4_000);
    }

    @Test
    void rocketChatTakesTheSameForm() throws Exception {
        String path = "/hooks/64f1c0ffee64f1c0ffee64f1/aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789aBcDeFgHiJkL";
        answer(aResponse().withStatus(200).withBody("{\"success\":true}"));

        MattermostListener.rocketChat(base() + path).channel("#alerts").onAlert(Alerts.down("storefront"));

        assertThat(request().getUrl()).isEqualTo(path);
        assertThat(json(request()).get("channel").asString()).isEqualTo("#alerts");
        assertThat(json(request()).at("/attachments/0/title").asString()).isEqualTo("🔴 Site storefront is DOWN!");
    }

    @Test
    void anAnswerOfSuccessThatSaysOtherwiseIsTriedAgain() {
        answer(aResponse().withStatus(200).withBody("{\"success\":false,\"error\":\"invalid channel\"}"));

        assertThatIOException()
                .isThrownBy(() -> MattermostListener.rocketChat(base()).onAlert(Alerts.down("storefront")))
                .withMessage("127.0.0.1 answered HTTP 200: {\"success\":false,\"error\":\"invalid channel\"}");
    }

    @ParameterizedTest
    @CsvSource({"'','@'", "a b,@here", "'a\n',<!here>"})
    void refusesWhatIsNoName(String channel, String whom) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener().channel(channel))
                .withMessageStartingWith("a channel must be named by at most 64 letters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener().mentionWhenCritical(whom))
                .withMessage("whom to mention must be a name without '@', but was '" + whom + "'");
    }

    @Test
    void aServerOfOnesOwnMayBeReachedByHttp() {
        assertThat(MattermostListener.webhook("http://chat.internal/hooks/" + KEY))
                .hasToString("MattermostListener[chat.internal]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MattermostListener.webhook("http://shop:hunter22@chat.internal/hooks/" + KEY))
                .withMessage("the URL of a Mattermost webhook must be an https or http URL without credentials, such as"
                        + " https://chat.internal/hooks/…, but was that of http://chat.internal");
    }
}
