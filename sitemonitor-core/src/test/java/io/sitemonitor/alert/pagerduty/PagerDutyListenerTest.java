package io.sitemonitor.alert.pagerduty;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.Alerts;
import io.sitemonitor.alert.HttpListenerContract;
import io.sitemonitor.alert.UndeliverableAlertException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagerDutyListenerTest extends HttpListenerContract {

    private static final String KEY = "R0123456789abcdef0123456789abcde";

    @Override
    protected PagerDutyListener listener(String server, Duration timeout) {
        return PagerDutyListener.events(KEY).endpoint(server + "/v2/enqueue").timeout(timeout);
    }

    @Override
    protected PagerDutyListener listener() {
        return listener(base(), Duration.ofSeconds(8));
    }

    /** What resolves names the incident alone, so what opened it tells of which check that is. */
    @Override
    protected Delivery delivery(LoggedRequest request) {
        String key = json(request).get("dedup_key").asString();
        boolean opens = json(request).get("event_action").asString().equals("trigger");
        String known = requests().stream()
                .map(HttpListenerContract::json)
                .filter(event -> event.get("dedup_key").asString().equals(key))
                .map(HttpListenerContract::texts)
                .findFirst()
                .orElse("");
        String two = key.equals(Alerts.recovered("two").incidentId()) ? "two" : known;
        return new Delivery(null, key, (opens ? texts(json(request)) : two).replace(KEY, ""));
    }

    @Override
    protected ResponseDefinitionBuilder success() {
        return aResponse()
                .withStatus(202)
                .withBody("{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\"x\"}");
    }

    @Override
    protected List<String> secrets() {
        return List.of(KEY);
    }

    @Test
    void anOutageTriggers() throws Exception {
        listener()
                .group("{label.team}")
                .link("https://wiki.example/runbook", "Runbook")
                .onAlert(Alerts.down("storefront"));

        assertThat(request().getMethod().value()).isEqualTo("POST");
        assertThat(request().getUrl()).isEqualTo("/v2/enqueue");
        assertJson(request(), """
                {"routing_key": "%s", "dedup_key": "%s", "event_action": "trigger", "client": "sitemonitor",
                 "payload": {"summary": "Site storefront is DOWN!", "source": "shop.example", "severity": "critical",
                  "timestamp": "2026-11-22T12:00:10Z", "component": "storefront", "group": "web", "class": "STATUS",
                  "custom_details": {"Text": "Site storefront has gone down at 2026-11-22T12:00:10Z",
                   "What": "HTTP 503 in 412 ms", "Target": "https://shop.example/", "Failure": "STATUS",
                   "Since": "2026-11-22T12:00:00Z", "Lasted": "10 s", "Monitor": "shop", "Address": "192.0.2.7:443",
                   "Fact status": "503", "Label team": "web"}},
                 "links": [{"href": "https://wiki.example/runbook", "text": "Runbook"}]}
                """.formatted(KEY, Alerts.down("storefront").incidentId()));
    }

    @ParameterizedTest
    @CsvSource({
        "RECOVERED,resolve",
        "ENDED,resolve",
        "DEGRADATION_ENDED,resolve",
        "DIGEST_ENDED,resolve",
        "ACKNOWLEDGED,acknowledge"
    })
    void whatClosesResolvesAndWhatIsTakenOnAcknowledges(AlertKind kind, String action) throws Exception {
        Alert alert = Alerts.of(kind).build();

        listener().onAlert(alert);

        assertJson(request(), """
                {"routing_key": "%s", "dedup_key": "%s", "event_action": "%s"}
                """.formatted(KEY, alert.incidentId(), action));
    }

    @ParameterizedTest
    @CsvSource({"DOWN,critical", "DEGRADED,warning", "REMINDER,critical", "DIGEST,critical", "FLAPPING,warning"})
    void whatLastsTriggersWithItsSeverity(AlertKind kind, String severity) throws Exception {
        listener().onAlert(Alerts.of(kind).build());

        assertThat(json(request()).get("event_action").asString()).isEqualTo("trigger");
        assertThat(json(request()).at("/payload/severity").asString()).isEqualTo(severity);
    }

    @Test
    void theSourceIsWhatIsKnown() throws Exception {
        PagerDutyListener listener = listener();
        listener.onAlert(Alerts.of(AlertKind.DOWN).target(null).build());
        listener.source("{label.host}").onAlert(Alerts.down("storefront"));
        listener.source("{label.host}")
                .onAlert(Alerts.of(AlertKind.DOWN).label("host", "web-1").build());

        assertThat(requests())
                .extracting(request -> json(request).at("/payload/source").asString())
                .containsExactly("storefront", "shop.example", "web-1");
    }

    @Test
    void theSummaryIsCutToWhatAnEventHolds() throws Exception {
        listener().onAlert(Alerts.of(AlertKind.DOWN).check("x".repeat(5_000)).build());

        assertThat(json(request()).at("/payload/summary").asString()).hasSizeLessThanOrEqualTo(1_024);
        assertThat(request().getBody()).hasSizeLessThan(512 * 1024);
    }

    @Test
    void anEventThatIsRefusedIsUndeliverable() {
        answer(aResponse()
                .withStatus(400)
                .withBody("{\"status\":\"invalid event\",\"errors\":[\"routing_key " + KEY + " is bad\"]}"));

        assertThatExceptionOfType(UndeliverableAlertException.class)
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessage("127.0.0.1 answered HTTP 400:"
                        + " {\"status\":\"invalid event\",\"errors\":[\"routing_key *** is bad\"]}");
    }

    @Test
    void goesToItsRegion() {
        assertThat(PagerDutyListener.events(KEY)).hasToString("PagerDutyListener[events.pagerduty.com]");
        assertThat(PagerDutyListener.events(KEY).europe()).hasToString("PagerDutyListener[events.eu.pagerduty.com]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "R0123", "R0123456789abcdef0123456789abcd!"})
    void refusesWhatIsNoKey(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PagerDutyListener.events(key))
                .withMessage("a routing key must be 32 letters and digits");
    }

    @Test
    void refusesWrongOptions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener().link("javascript:alert(1)", "x"))
                .withMessage("a link must be an https or http URL without credentials");
        assertThatIllegalArgumentException().isThrownBy(() -> listener().component("{nothing}"));
        PagerDutyListener ten = listener();
        for (int i = 0; i < 10; i++) {
            ten = ten.link("https://wiki.example/" + i, "x");
        }
        PagerDutyListener full = ten;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> full.link("https://wiki.example/", "x"))
                .withMessage("there can be at most 10 links");
    }
}
