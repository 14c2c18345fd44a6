package io.sitemonitor.alert.pushover;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
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
import io.sitemonitor.alert.Severity;
import io.sitemonitor.testing.ManualTime;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushoverListenerTest extends HttpListenerContract {

    private static final String TOKEN = "azGDORePK8gMaC0QOYAMyEEuzJnyUi";
    private static final String USER = "uQiRzpo4DXghDmr9QzzfQu27cmVRsG";

    @Override
    protected PushoverListener listener(String server, Duration timeout) {
        return PushoverListener.application(TOKEN).user(USER).server(server).timeout(timeout);
    }

    @Override
    protected PushoverListener listener() {
        return listener(base(), Duration.ofSeconds(8));
    }

    @Override
    protected Delivery delivery(LoggedRequest request) {
        Map<String, String> form = form(request);
        return new Delivery(null, form.get("title") + "\n" + form.get("message") + "\n" + form.get("url"));
    }

    @Override
    protected ResponseDefinitionBuilder success() {
        return aResponse().withStatus(200).withBody("{\"status\":1,\"request\":\"1\"}");
    }

    @Override
    protected List<ResponseDefinitionBuilder> refusals() {
        return List.of(
                aResponse().withStatus(400).withBody("{\"message\":\"cannot be blank\",\"status\":0}"),
                aResponse().withStatus(413));
    }

    @Override
    protected List<String> secrets() {
        return List.of(TOKEN, USER);
    }

    @Test
    void sendsAnOutage() throws Exception {
        listener().onAlert(Alerts.down("storefront"));

        assertThat(request().getMethod().value()).isEqualTo("POST");
        assertThat(request().getUrl()).isEqualTo("/1/messages.json");
        assertThat(form(request()))
                .isEqualTo(Map.of(
                        "token",
                        TOKEN,
                        "user",
                        USER,
                        "title",
                        "🔴 Site storefront is DOWN!",
                        "message",
                        "Site storefront has gone down at 2026-11-22T12:00:10Z\nWhat: HTTP 503 in 412 ms\nTarget:"
                                + " https://shop.example/\nFailure: STATUS\nSince: 2026-11-22T12:00:00Z\nLasted: 10 s\nMonitor:"
                                + " shop",
                        "timestamp",
                        "1795348810",
                        "priority",
                        "1",
                        "url",
                        "https://shop.example/"));
    }

    @ParameterizedTest
    @CsvSource({"RECOVERED,0", "DEGRADED,-1", "REMINDER,1", "ACKNOWLEDGED,0"})
    void thePriorityFollowsFromTheSeverity(AlertKind kind, String priority) throws Exception {
        listener().priority(Severity.WARNING, -1).onAlert(Alerts.of(kind).build());

        assertThat(form(request())).containsEntry("priority", priority);
    }

    @Test
    void anEmergencySoundsUntilItsEndSilencesIt() throws Exception {
        PushoverListener listener = listener().emergency(Duration.ofMinutes(1), Duration.ofHours(1));

        listener.onAlert(Alerts.down("storefront"));
        listener.onAlert(Alerts.recovered("storefront"));

        assertThat(form(requests().get(0)))
                .containsEntry("priority", "2")
                .containsEntry("retry", "60")
                .containsEntry("expire", "3600")
                .containsEntry("tags", Alerts.down("storefront").incidentId());
        assertThat(requests().get(1).getUrl())
                .isEqualTo(
                        "/1/receipts/cancel_by_tag/" + Alerts.down("storefront").incidentId() + ".json");
        assertThat(form(requests().get(1))).isEqualTo(Map.of("token", TOKEN));
        assertThat(form(requests().get(2))).containsEntry("priority", "0").doesNotContainKey("tags");
        assertThat(requests()).hasSize(3);
    }

    @Test
    void anEmergencyThatCannotBeSilencedIsTriedAgain() {
        server.stubFor(
                post(urlPathMatching("/1/receipts/.*")).willReturn(aResponse().withStatus(500)));
        PushoverListener listener = listener().emergency(Duration.ofMinutes(1), Duration.ofHours(1));

        assertThatIOException()
                .isThrownBy(
                        () -> listener.onAlert(Alerts.of(AlertKind.ACKNOWLEDGED).build()))
                .withMessage("127.0.0.1 answered HTTP 500");
        assertThat(requests()).hasSize(1);
    }

    @Test
    void whatIsNoEmergencyIsNotSilenced() throws Exception {
        listener().emergency(Duration.ofMinutes(1), Duration.ofHours(1)).onAlert(Alerts.degradationEnded("storefront"));

        assertThat(request().getUrl()).isEqualTo("/1/messages.json");
    }

    @Test
    void textsAreCutToWhatPushoverTakes() throws Exception {
        listener()
                .texts(AlertTexts.DEFAULT.with(AlertKind.DOWN, "{check}", "{summary}".repeat(20)))
                .onAlert(Alerts.of(AlertKind.DOWN)
                        .check("x".repeat(1_000))
                        .summary("x".repeat(1_000))
                        .target("https://shop.example/" + "x".repeat(1_000))
                        .build());

        assertThat(form(request()).get("title")).hasSizeLessThanOrEqualTo(250);
        assertThat(form(request()).get("message")).hasSizeLessThanOrEqualTo(1_024);
        assertThat(form(request())).doesNotContainKey("url");
    }

    @Test
    void theEndOfTheMessagesOfAMonthIsWaitedFor() {
        answer(aResponse()
                .withStatus(429)
                .withHeader("X-Limit-App-Reset", "1795352400")
                .withBody("{\"message\":\"application has exceeded its limit\",\"status\":0}"));
        ManualTime time = ManualTime.startingAt(Instant.ofEpochSecond(1_795_350_000));

        assertThatExceptionOfType(RetryAlertException.class)
                .isThrownBy(() -> listener().time(time).onAlert(Alerts.down("storefront")))
                .satisfies(retry -> assertThat(retry.after()).isEqualTo(Duration.ofSeconds(2_400)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"token\":\"invalid\",\"status\":0}", "{\"user\":\"invalid\",\"status\":0}"})
    void aWrongTokenOrUserCanBePutRight(String body) {
        answer(aResponse().withStatus(400).withBody(body));

        assertThatIOException()
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessage("127.0.0.1 answered HTTP 400: " + body);
    }

    @Test
    void refusesWrongOptions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PushoverListener.application("x"))
                .withMessage("the token of an application must be 30 letters and digits");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PushoverListener.application(TOKEN).user(""))
                .withMessage("the key of a user or group must be 30 letters and digits");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener().priority(Severity.CRITICAL, 2))
                .withMessage("a priority must be from -2 to 1, but was 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener().emergency(Duration.ofSeconds(29), Duration.ofHours(1)))
                .withMessage("retry must be at least PT30S, but was PT29S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener().emergency(Duration.ofSeconds(30), Duration.ofHours(4)))
                .withMessage("expire must be from retry to PT3H, but was PT4H");
    }

    @Test
    void showsNoKey() {
        assertThat(PushoverListener.application(TOKEN)).hasToString("Application");
        assertThat(PushoverListener.application(TOKEN).user(USER)).hasToString("PushoverListener[api.pushover.net]");
    }

    private static Map<String, String> form(LoggedRequest request) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : request.getBodyAsString().split("&")) {
            int equals = pair.indexOf('=');
            form.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return form;
    }
}
