package io.sitemonitor.alert.alertmanager;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.Alerts;
import io.sitemonitor.alert.HttpListenerContract;
import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.state.HealthState;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class AlertmanagerListenerTest extends HttpListenerContract {

    private static final String PASSWORD = "hunter22hunter22";

    @Override
    protected AlertmanagerListener listener(String server, Duration timeout) {
        return AlertmanagerListener.at(server).credentials("shop", PASSWORD).timeout(timeout);
    }

    @Override
    protected AlertmanagerListener listener() {
        return listener(base(), Duration.ofSeconds(8));
    }

    @Override
    protected Delivery delivery(LoggedRequest request) {
        return new Delivery(null, json(request).at("/0/labels/incident").asString(), texts(json(request)));
    }

    @Override
    protected List<String> secrets() {
        return List.of(PASSWORD, "c2hvcDpodW50ZXIyMmh1bnRlcjIy");
    }

    @Test
    void postsAnOutage() throws Exception {
        AlertmanagerListener.at(base()).label("cluster", "eu").onAlert(Alerts.down("storefront"));

        assertThat(request().getMethod().value()).isEqualTo("POST");
        assertThat(request().getUrl()).isEqualTo("/api/v2/alerts");
        assertThat(request().containsHeader("Authorization")).isFalse();
        assertJson(request(), """
                [{"labels": {"team": "web", "cluster": "eu", "alertname": "SiteMonitorAlert", "monitor": "shop",
                   "check": "storefront", "incident": "%s", "severity": "critical"},
                  "annotations": {"summary": "Site storefront is DOWN!",
                   "description": "Site storefront has gone down at 2026-11-22T12:00:10Z", "what": "HTTP 503 in 412 ms",
                   "kind": "DOWN", "target": "https://shop.example/", "failure": "STATUS"},
                  "startsAt": "2026-11-22T12:00:00Z", "endsAt": "2026-11-23T12:00:10Z",
                  "generatorURL": "https://shop.example/"}]
                """.formatted(Alerts.down("storefront").incidentId()));
    }

    @Test
    void aRecoveryEndsTheAlertOfTheSameLabels() throws Exception {
        AlertmanagerListener listener =
                listener().generatorUrl("https://monitor.example/").alertName("SiteDown");

        listener.onAlert(Alerts.down("storefront"));
        listener.onAlert(Alerts.recovered("storefront"));

        JsonNode down = json(requests().get(0)).get(0);
        JsonNode up = json(requests().get(1)).get(0);
        assertThat(up.get("labels")).isEqualTo(down.get("labels"));
        assertThat(up.get("startsAt")).isEqualTo(down.get("startsAt"));
        assertThat(up.get("endsAt").asString()).isEqualTo("2026-11-22T12:04:12Z");
        assertThat(up.get("generatorURL").asString()).isEqualTo("https://monitor.example/");
        assertThat(up.at("/labels/alertname").asString()).isEqualTo("SiteDown");
        assertThat(requests().get(0).getHeader("Authorization")).isEqualTo("Basic c2hvcDpodW50ZXIyMmh1bnRlcjIy");
    }

    @ParameterizedTest
    @EnumSource(names = {"DOWN", "DEGRADED", "FLAPPING", "ISOLATED", "DIGEST"})
    void aReminderExtendsTheAlertOfTheSameLabels(AlertKind kind) throws Exception {
        AlertmanagerListener listener = listener().holdFor(Duration.ofHours(1));
        Alert opening =
                Alerts.of(kind).states(HealthState.UP, HealthState.UNKNOWN).build();
        listener.onAlert(opening);
        listener.onAlert(Alerts.of(AlertKind.REMINDER)
                .incident(opening.incidentId())
                .states(HealthState.UP, HealthState.UNKNOWN)
                .duration(Duration.ofMinutes(50))
                .build());

        assertThat(json(requests().get(1)).at("/0/labels"))
                .isEqualTo(json(requests().get(0)).at("/0/labels"));
        assertThat(json(requests().get(0)).at("/0/endsAt").asString()).isEqualTo("2026-11-22T13:00:10Z");
        assertThat(json(requests().get(1)).at("/0/endsAt").asString()).isEqualTo("2026-11-22T13:50:00Z");
    }

    @Test
    void labelsAreNamedAsPrometheusNamesThem() throws Exception {
        listener()
                .onAlert(Alerts.of(AlertKind.DOWN)
                        .label("my-team", "a")
                        .label("1st", "b")
                        .label("", "c")
                        .label("check", "forged")
                        .build());

        JsonNode labels = json(request()).at("/0/labels");
        assertThat(labels.get("my_team").asString()).isEqualTo("a");
        assertThat(labels.get("_1st").asString()).isEqualTo("b");
        assertThat(labels.get("_").asString()).isEqualTo("c");
        assertThat(labels.get("check").asString()).isEqualTo("storefront");
    }

    @Test
    void allInstancesGetItAndOneIsEnough() throws Exception {
        server.stubFor(post(urlPathEqualTo("/one/api/v2/alerts"))
                .willReturn(aResponse().withStatus(500)));

        AlertmanagerListener.at(base() + "/one", base() + "/two/").onAlert(Alerts.down("storefront"));

        assertThat(requests())
                .extracting(LoggedRequest::getUrl)
                .containsExactly("/one/api/v2/alerts", "/two/api/v2/alerts");
    }

    @Test
    void ifNoneTakesItItIsTriedAgain() {
        server.stubFor(post(urlPathEqualTo("/one/api/v2/alerts"))
                .willReturn(aResponse().withStatus(400)));
        server.stubFor(post(urlPathEqualTo("/two/api/v2/alerts"))
                .willReturn(aResponse().withStatus(502)));
        server.stubFor(post(urlPathEqualTo("/three/api/v2/alerts"))
                .willReturn(aResponse().withStatus(503).withHeader("Retry-After", "5")));

        assertThatIOException()
                .isThrownBy(() -> AlertmanagerListener.at(base() + "/one", base() + "/two")
                        .onAlert(Alerts.down("storefront")))
                .withMessage("127.0.0.1 answered HTTP 502");
        assertThatExceptionOfType(RetryAlertException.class)
                .isThrownBy(() -> AlertmanagerListener.at(base() + "/one", base() + "/two", base() + "/three")
                        .onAlert(Alerts.down("storefront")));
    }

    @Test
    void refusesWrongOptions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertmanagerListener.at("http://shop:hunter22@am.internal:9093"))
                .withMessage("the URL of an Alertmanager must not hold credentials; give them by credentials(…); it was"
                        + " that of http://am.internal");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertmanagerListener.at("http://am.internal:9093/api/v2/alerts"))
                .withMessage("the URL of an Alertmanager must end before its API, such as http://am.internal:9093, but"
                        + " that of am.internal ends in /api/v2/alerts");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener().holdFor(Duration.ofSeconds(1)))
                .withMessage("hold must be from PT1M to PT8784H, but was PT1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener().label("my-team", "x"))
                .withMessage("a label must be named by letters, digits and underscores, but was 'my-team'");
        assertThatIllegalArgumentException().isThrownBy(() -> listener().alertName(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> listener().generatorUrl("x"));
        assertThatIllegalArgumentException().isThrownBy(() -> listener().credentials("a:b", "c"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertmanagerListener.at(
                        base(), Collections.nCopies(10, base()).toArray(String[]::new)));
    }

    @Test
    void showsItsHostsAlone() {
        assertThat(AlertmanagerListener.at("http://am-1.internal:9093", "http://am-2.internal:9093")
                        .credentials("shop", PASSWORD))
                .hasToString("AlertmanagerListener[am-1.internal, am-2.internal]");
    }
}
