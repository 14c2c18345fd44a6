package io.sitemonitor.alert.matrix;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.Alerts;
import io.sitemonitor.alert.HttpListenerContract;
import io.sitemonitor.alert.RetryAlertException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixListenerTest extends HttpListenerContract {

    private static final String TOKEN = "syt_c2hvcA_aBcDeFgHiJkLmNoPqRsT_0123ab";
    private static final String SEND = "/_matrix/client/v3/rooms/!alerts:internal/send/m.room.message/";

    @Override
    protected MatrixListener listener(String server, Duration timeout) {
        return MatrixListener.homeserver(server)
                .accessToken(TOKEN)
                .room("!alerts:internal")
                .timeout(timeout);
    }

    @Override
    protected MatrixListener listener() {
        return listener(base(), Duration.ofSeconds(8));
    }

    @Override
    protected Delivery delivery(LoggedRequest request) {
        String transaction = request.getUrl().substring(request.getUrl().lastIndexOf('/') + 1);
        return new Delivery(transaction, texts(json(request)));
    }

    @Override
    protected ResponseDefinitionBuilder success() {
        return aResponse().withStatus(200).withBody("{\"event_id\":\"$1\"}");
    }

    @Override
    protected List<String> secrets() {
        return List.of(TOKEN);
    }

    @Override
    protected List<String> harmfulMarkup() {
        return List.of("<script", "</b>", "<http");
    }

    @Test
    void putsAnOutage() throws Exception {
        listener().onAlert(Alerts.down("storefront"));

        assertThat(request().getMethod().value()).isEqualTo("PUT");
        assertThat(request().getUrl())
                .isEqualTo(SEND + Alerts.down("storefront").id());
        assertThat(request().getHeader("Authorization")).isEqualTo("Bearer " + TOKEN);
        assertJson(request(), """
                {"msgtype": "m.text", "body": "🔴 Site storefront is DOWN!\\nSite storefront has gone down at \
                2026-11-22T12:00:10Z\\nWhat: HTTP 503 in 412 ms\\nTarget: https://shop.example/\\nFailure: STATUS\\nSince: \
                2026-11-22T12:00:00Z\\nLasted: 10 s\\nMonitor: shop", "format": "org.matrix.custom.html",
                 "formatted_body": "<strong>🔴 Site storefront is DOWN!</strong><br>Site storefront has gone down at \
                2026-11-22T12:00:10Z<ul><li>What: HTTP 503 in 412 ms</li><li>Target: https://shop.example/</li><li>Failure: \
                STATUS</li><li>Since: 2026-11-22T12:00:00Z</li><li>Lasted: 10 s</li><li>Monitor: shop</li></ul>",
                 "m.mentions": {}}
                """);
    }

    @Test
    void aRecoveryIsATransactionOfItsOwn() throws Exception {
        listener().onAlert(Alerts.recovered("storefront"));

        assertThat(request().getUrl())
                .isEqualTo(SEND + Alerts.recovered("storefront").id());
        assertThat(json(request()).get("body").asString()).startsWith("✅ Site storefront is back UP!\n");
    }

    @Test
    void theRoomIsCalledWhenItIsCritical() throws Exception {
        MatrixListener listener = listener().mentionRoomWhenCritical();

        listener.onAlert(Alerts.down("storefront"));
        listener.onAlert(Alerts.recovered("storefront"));

        assertThat(json(requests().get(0)).get("m.mentions")).isEqualTo(JSON.readTree("{\"room\": true}"));
        assertThat(json(requests().get(0)).get("body").asString()).startsWith("@room 🔴");
        assertThat(json(requests().get(1)).get("m.mentions")).isEqualTo(JSON.readTree("{}"));
        assertThat(json(requests().get(1)).get("body").asString()).startsWith("✅");
    }

    @Test
    void anEventStaysBelowWhatMatrixTakes() throws Exception {
        listener()
                .texts(AlertTexts.DEFAULT.with(AlertKind.DOWN, "{check}", "{summary}".repeat(20)))
                .onAlert(Alerts.of(AlertKind.DOWN)
                        .check("€".repeat(5_000))
                        .summary("€".repeat(5_000))
                        .target("€".repeat(5_000))
                        .monitor("€".repeat(5_000))
                        .build());

        assertThat(request().getBody()).hasSizeLessThan(65_536);
    }

    @ParameterizedTest
    @CsvSource({"2500,PT2.5S", "60000,PT1M"})
    void aRateLimitInTheBodyIsHonoured(int millis, Duration wait) {
        answer(aResponse()
                .withStatus(429)
                .withBody("{\"errcode\":\"M_LIMIT_EXCEEDED\",\"error\":\"Too many requests\",\"retry_after_ms\":"
                        + millis + "}"));

        assertThatExceptionOfType(RetryAlertException.class)
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .satisfies(retry -> assertThat(retry.after()).isEqualTo(wait));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#alerts:internal", "alerts", "!a/../b:internal", "!a b:internal"})
    void refusesWhatIsNoRoom(String room) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        MatrixListener.homeserver(base()).accessToken(TOKEN).room(room))
                .withMessage("a room must be named by its id, such as !alerts:internal, but was '" + room + "'");
    }

    @Test
    void refusesWrongCredentials() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MatrixListener.homeserver(base()).accessToken(TOKEN + "\r\n"))
                .withMessage("an access token must consist of visible ASCII characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MatrixListener.homeserver("https://shop:hunter22@matrix.internal"))
                .withMessage("the URL of a homeserver must not hold credentials; give them by accessToken(…);"
                        + " it was that of https://matrix.internal");
    }

    @Test
    void showsNoToken() {
        assertThat(MatrixListener.homeserver("http://matrix.internal")).hasToString("Homeserver[matrix.internal]");
        assertThat(MatrixListener.homeserver("http://matrix.internal").accessToken(TOKEN))
                .hasToString("Account[matrix.internal]");
        assertThat(MatrixListener.homeserver("http://matrix.internal")
                        .accessToken(TOKEN)
                        .room("!alerts:internal"))
                .hasToString("MatrixListener[matrix.internal, room !alerts:internal]");
    }
}
