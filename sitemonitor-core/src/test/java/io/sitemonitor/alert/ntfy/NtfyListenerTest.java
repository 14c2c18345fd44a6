package io.sitemonitor.alert.ntfy;

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
import io.sitemonitor.alert.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NtfyListenerTest extends HttpListenerContract {

    private static final String TOPIC = "shop-alerts-4711-0123456789";
    private static final String TOKEN = "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2";

    @Override
    protected NtfyListener listener(String server, Duration timeout) {
        return NtfyListener.topic(server + "/" + TOPIC)
                .accessToken(TOKEN)
                .oneNotificationPerIncident()
                .timeout(timeout);
    }

    @Override
    protected NtfyListener listener() {
        return listener(base(), Duration.ofSeconds(8));
    }

    @Override
    protected Delivery delivery(LoggedRequest request) {
        return new Delivery(
                null,
                json(request).path("sequence_id").asString(),
                texts(json(request)).replace(TOPIC, ""));
    }

    @Override
    protected ResponseDefinitionBuilder success() {
        return aResponse().withStatus(200).withBody("{\"id\":\"1\",\"event\":\"message\"}");
    }

    @Override
    protected List<String> secrets() {
        return List.of(TOKEN, TOPIC);
    }

    @Test
    void publishesAnOutage() throws Exception {
        NtfyListener.topic(base() + "/" + TOPIC).tags("shop", "web").onAlert(Alerts.down("storefront"));

        assertThat(request().getMethod().value()).isEqualTo("POST");
        assertThat(request().getUrl()).isEqualTo("/");
        assertThat(request().containsHeader("Authorization")).isFalse();
        assertJson(request(), """
                {"topic": "%s", "title": "🔴 Site storefront is DOWN!", "message": "Site storefront has gone down at \
                2026-11-22T12:00:10Z\\nWhat: HTTP 503 in 412 ms\\nTarget: https://shop.example/\\nFailure: STATUS\\nSince: \
                2026-11-22T12:00:00Z\\nLasted: 10 s\\nMonitor: shop", "priority": 5, "tags": ["shop", "web"],
                 "click": "https://shop.example/"}
                """.formatted(TOPIC));
    }

    @Test
    void aRecoveryTakesThePlaceOfTheOutageIfAskedTo() throws Exception {
        listener().onAlert(Alerts.recovered("storefront"));

        assertThat(request().getHeader("Authorization")).isEqualTo("Bearer " + TOKEN);
        assertThat(json(request()).get("sequence_id").asString())
                .isEqualTo(Alerts.down("storefront").incidentId());
        assertThat(json(request()).get("title").asString()).isEqualTo("✅ Site storefront is back UP!");
        assertThat(json(request()).get("priority").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "DOWN,critical,5",
        "DOWN,error,4",
        "DEGRADED,warning,3",
        "DOWN,info,1",
        "REMINDER,critical,5",
        "ACKNOWLEDGED,critical,3"
    })
    void thePriorityFollowsFromTheSeverity(AlertKind kind, String severity, int priority) throws Exception {
        listener()
                .priority(Severity.INFO, 1)
                .onAlert(Alerts.of(kind).label("severity", severity).build());

        assertThat(json(request()).get("priority").asInt()).isEqualTo(priority);
    }

    @Test
    void aMessageDoesNotBecomeAFile() throws Exception {
        listener()
                .texts(AlertTexts.DEFAULT.with(AlertKind.DOWN, "{check}", "{summary}".repeat(20)))
                .onAlert(Alerts.of(AlertKind.DOWN)
                        .check("€".repeat(5_000))
                        .summary("€".repeat(5_000))
                        .build());

        assertThat(json(request()).get("message").asString().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(4_096);
        assertThat(json(request()).get("title").asString().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(1_000);
    }

    @Test
    void aLimitWithoutATimeIsTriedAgain() {
        answer(aResponse().withStatus(429).withBody("{\"code\":42901,\"http\":429,\"error\":\"limit reached\"}"));

        assertThatIOException()
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessage("127.0.0.1 answered HTTP 429: {\"code\":42901,\"http\":429,\"error\":\"limit reached\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://ntfy.sh", "https://ntfy.sh/", "https://ntfy.sh/a.b", "https://ntfy.sh/alerts/"})
    void refusesWhatIsNoTopic(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NtfyListener.topic(url))
                .withMessage(
                        "the URL of a topic must end in 1 to 64 letters, digits, '-' or '_', but that of ntfy.sh does not");
    }

    @Test
    void refusesWrongOptions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NtfyListener.topic("https://shop:hunter22@ntfy.sh/a"))
                .withMessage("the URL of a topic must not hold credentials; give them by accessToken(…); it was that of"
                        + " https://ntfy.sh");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener().priority(Severity.ERROR, 6))
                .withMessage("a priority must be from 1 to 5, but was 6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener().tags("a,b"))
                .withMessage("a tag must be 1 to 50 letters, digits, '-', '_', '+' or '.', but was 'a,b'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener().tags("1", "2", "3", "4", "5", "6", "7", "8", "9"))
                .withMessage("there can be at most 8 tags, but there are 9");
        assertThatIllegalArgumentException().isThrownBy(() -> listener().accessToken(""));
    }

    @Test
    void showsItsHostAlone() {
        assertThat(NtfyListener.topic("http://ntfy.internal/" + TOPIC)).hasToString("NtfyListener[ntfy.internal]");
    }
}
