package io.sitemonitor.alert.telegram;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.Alerts;
import io.sitemonitor.alert.HttpListenerContract;
import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.UndeliverableAlertException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelegramListenerTest extends HttpListenerContract {

    private static final String TOKEN = "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11";
    private static final String CHAT = "-1001234567890";

    @Override
    protected TelegramListener listener(String server, Duration timeout) {
        return TelegramListener.bot(TOKEN).chat(CHAT).server(server).timeout(timeout);
    }

    @Override
    protected TelegramListener listener() {
        return listener(base(), Duration.ofSeconds(8));
    }

    @Override
    protected Delivery delivery(LoggedRequest request) {
        return new Delivery(null, json(request).get("text").asString());
    }

    @Override
    protected ResponseDefinitionBuilder success() {
        return aResponse().withStatus(200).withBody("{\"ok\":true,\"result\":{\"message_id\":7}}");
    }

    @Override
    protected List<String> secrets() {
        return List.of(TOKEN);
    }

    @Override
    protected List<String> harmfulMarkup() {
        return List.of("@everyone", "@channel");
    }

    @Test
    void sendsAnOutage() throws Exception {
        listener().onAlert(Alerts.down("storefront"));

        assertThat(request().getMethod().value()).isEqualTo("POST");
        assertThat(request().getUrl()).isEqualTo("/bot" + TOKEN + "/sendMessage");
        assertJson(request(), """
                {"chat_id": "-1001234567890", "text": "🔴 Site storefront is DOWN!\\nSite storefront has gone down at \
                2026-11-22T12:00:10Z\\nWhat: HTTP 503 in 412 ms\\nTarget: https://shop.example/\\nFailure: STATUS\\nSince: \
                2026-11-22T12:00:00Z\\nLasted: 10 s\\nMonitor: shop", "disable_notification": false,
                 "link_preview_options": {"is_disabled": true}}
                """);
    }

    @Test
    void aRecoveryIsAMessageOfItsOwn() throws Exception {
        listener().silent().thread(42).onAlert(Alerts.recovered("storefront"));

        assertThat(json(request()).get("text").asString()).startsWith("✅ Site storefront is back UP!\n");
        assertThat(json(request()).get("disable_notification").asBoolean()).isTrue();
        assertThat(json(request()).get("message_thread_id").asInt()).isEqualTo(42);
        assertThat(json(request()).has("parse_mode")).isFalse();
    }

    @Test
    void aTextIsCutToWhatAMessageHolds() throws Exception {
        listener()
                .texts(AlertTexts.DEFAULT.with(AlertKind.DOWN, "{check}", "{summary}".repeat(20)))
                .onAlert(Alerts.of(AlertKind.DOWN).summary("@".repeat(1_000)).build());

        assertThat(json(request()).get("text").asString())
                .hasSizeLessThanOrEqualTo(4_096)
                .endsWith("…");
    }

    @Test
    void aRateLimitInTheBodyIsHonoured() {
        answer(aResponse().withStatus(429).withBody("""
                {"ok": false, "error_code": 429, "description": "Too Many Requests: retry after 34",
                 "parameters": {"retry_after": 34}}"""));

        assertThatExceptionOfType(RetryAlertException.class)
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .satisfies(retry -> assertThat(retry.after()).isEqualTo(Duration.ofSeconds(34)));
    }

    @Test
    void whatTelegramSaysIsShown() {
        answer(aResponse().withStatus(400).withBody("{\"ok\":false,\"description\":\"Bad Request: chat not found\"}"));
        assertThatExceptionOfType(UndeliverableAlertException.class)
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessage(
                        "127.0.0.1 answered HTTP 400: {\"ok\":false,\"description\":\"Bad Request: chat not found\"}");

        answer(aResponse().withStatus(403).withBody("{\"ok\":false,\"description\":\"Forbidden: bot was kicked\"}"));
        assertThatIOException()
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessage(
                        "127.0.0.1 answered HTTP 403: {\"ok\":false,\"description\":\"Forbidden: bot was kicked\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12345", "x:ABC-DEF1234ghIkl", "123456:ABC/../x1234"})
    void refusesWhatIsNoToken(String token) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TelegramListener.bot(token))
                .withMessage("the token of a bot must be digits, a colon and letters, digits, '-' or '_'");
    }

    @Test
    void refusesWrongOptions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TelegramListener.bot(TOKEN).chat("ops"))
                .withMessage("a chat must be a number, or the name of a channel with '@' before it, but was 'ops'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener().thread(0))
                .withMessage("the id of a topic must be at least 1, but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener().server("http://telegram.example"))
                .withMessageStartingWith("the server must be an https URL");
    }

    @Test
    void showsNothingOfTheToken() {
        assertThat(TelegramListener.bot(TOKEN)).hasToString("Bot");
        assertThat(TelegramListener.bot(TOKEN).chat("@shop_alerts"))
                .hasToString("TelegramListener[api.telegram.org, chat @shop_alerts]");
    }
}
