package io.sitemonitor.alert.gotify;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.Alerts;
import io.sitemonitor.alert.HttpListenerContract;
import io.sitemonitor.alert.Severity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GotifyListenerTest extends HttpListenerContract {

    private static final String TOKEN = "AKsjdf83jfhDL2k";

    @Override
    protected GotifyListener listener(String server, Duration timeout) {
        return GotifyListener.server(server).token(TOKEN).timeout(timeout);
    }

    @Override
    protected GotifyListener listener() {
        return listener(base(), Duration.ofSeconds(8));
    }

    @Override
    protected Delivery delivery(LoggedRequest request) {
        return new Delivery(null, texts(json(request)));
    }

    @Override
    protected ResponseDefinitionBuilder success() {
        return aResponse().withStatus(200).withBody("{\"id\":1}");
    }

    @Override
    protected List<String> secrets() {
        return List.of(TOKEN);
    }

    @Test
    void sendsAnOutage() throws Exception {
        GotifyListener.server(base() + "/push/").token(TOKEN).onAlert(Alerts.down("storefront"));

        assertThat(request().getMethod().value()).isEqualTo("POST");
        assertThat(request().getUrl()).isEqualTo("/push/message");
        assertThat(request().getHeader("X-Gotify-Key")).isEqualTo(TOKEN);
        assertJson(request(), """
                {"title": "🔴 Site storefront is DOWN!", "message": "Site storefront has gone down at \
                2026-11-22T12:00:10Z\\nWhat: HTTP 503 in 412 ms\\nTarget: https://shop.example/\\nFailure: STATUS\\nSince: \
                2026-11-22T12:00:00Z\\nLasted: 10 s\\nMonitor: shop", "priority": 8,
                 "extras": {"client::display": {"contentType": "text/plain"},
                  "client::notification": {"click": {"url": "https://shop.example/"}}}}
                """);
    }

    @ParameterizedTest
    @CsvSource({"RECOVERED,4", "DEGRADED,5", "ACKNOWLEDGED,4", "REMINDER,10"})
    void thePriorityFollowsFromTheSeverity(AlertKind kind, int priority) throws Exception {
        listener().priority(Severity.CRITICAL, 10).onAlert(Alerts.of(kind).build());

        assertThat(json(request()).get("priority").asInt()).isEqualTo(priority);
    }

    @Test
    void aTargetThatIsNoWebAddressIsNoLink() throws Exception {
        listener().onAlert(Alerts.of(AlertKind.DOWN).target("gw.internal:443").build());

        assertThat(json(request()).get("extras").has("client::notification")).isFalse();
    }

    @Test
    void saysWhatItWasTold() throws Exception {
        listener()
                .texts(AlertTexts.DEFAULT.with(AlertKind.DOWN, "{check} fell", "see {label.team}"))
                .onAlert(Alerts.down("storefront"));

        assertThat(json(request()).get("title").asString()).isEqualTo("🔴 storefront fell");
        assertThat(json(request()).get("message").asString()).startsWith("see web\nWhat: ");
    }

    @Test
    void refusesWrongOptions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GotifyListener.server("https://x:hunter22@push.internal"))
                .withMessage(
                        "the URL of a Gotify server must not hold credentials; give them by token(…); it was that of"
                                + " https://push.internal");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GotifyListener.server(base()).token("a b"))
                .withMessage("the token of an application must consist of visible ASCII characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener().priority(Severity.INFO, 11))
                .withMessage("a priority must be from 0 to 10, but was 11");
    }

    @Test
    void showsItsHostAlone() {
        assertThat(GotifyListener.server("http://push.internal")).hasToString("Server[push.internal]");
        assertThat(GotifyListener.server("http://push.internal").token(TOKEN))
                .hasToString("GotifyListener[push.internal]");
    }
}
