package io.sitemonitor.alert.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.Alerts;
import io.sitemonitor.alert.HttpListenerContract;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.check.Secret;
import io.sitemonitor.testing.ManualTime;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookListenerTest extends HttpListenerContract {

    private static final String PATH = "/hooks/0123456789abcdef0123456789abcdef";
    private static final String BEARER = "tk_0123456789abcdef";
    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OLD_KEY = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);

    @Override
    protected AlertListener listener(String server, Duration timeout) {
        return WebhookListener.post(server + PATH)
                .header("Authorization", Secret.of("Bearer " + BEARER))
                .signedWith(KEY)
                .timeout(timeout);
    }

    @Override
    protected Delivery delivery(LoggedRequest request) {
        return new Delivery(
                request.getHeader("webhook-id"),
                json(request).path("incidentId").asString(),
                texts(json(request)));
    }

    @Override
    protected ResponseDefinitionBuilder success() {
        return aResponse().withStatus(204);
    }

    @Override
    protected List<ResponseDefinitionBuilder> refusals() {
        List<ResponseDefinitionBuilder> refusals = new ArrayList<>(super.refusals());
        refusals.add(aResponse().withStatus(410));
        return refusals;
    }

    @Override
    protected List<String> secrets() {
        return List.of(BEARER, KEY, KEY.substring(6), PATH.substring(7));
    }

    @Test
    void postsItsOwnForm() throws Exception {
        WebhookListener.post(base() + PATH).onAlert(Alerts.down("storefront"));

        assertThat(request().getMethod().value()).isEqualTo("POST");
        assertThat(request().getUrl()).isEqualTo(PATH);
        assertThat(request().containsHeader("webhook-signature")).isFalse();
        assertJson(request(), """
                {"version": 1, "id": "%s", "incidentId": "%s", "monitor": "shop", "check": "storefront",
                 "kind": "DOWN", "severity": "CRITICAL", "from": "UP", "to": "DOWN",
                 "since": "2026-11-22T12:00:00Z", "at": "2026-11-22T12:00:10Z", "duration": 10.000,
                 "failure": "STATUS", "summary": "HTTP 503 in 412 ms", "target": "https://shop.example/",
                 "evidence": {"address": "192.0.2.7:443", "phases": {"connect": 0.012}, "facts": {"status": "503"},
                              "excerpt": "Service Unavailable"},
                 "labels": {"team": "web"}, "contacts": ["owner@shop.example", "+254711000001"]}
                """.formatted(
                Alerts.down("storefront").id(), Alerts.down("storefront").incidentId()));
    }

    @Test
    void whatIsMissingIsNull() throws Exception {
        WebhookListener.put(base())
                .onAlert(Alerts.of(AlertKind.RECOVERED)
                        .failure(null)
                        .target(null)
                        .build());

        assertThat(request().getMethod().value()).isEqualTo("PUT");
        assertThat(json(request()).get("failure").isNull()).isTrue();
        assertThat(json(request()).get("target").isNull()).isTrue();
        assertThat(json(request()).get("kind").asString()).isEqualTo("RECOVERED");
        assertThat(json(request()).get("duration").decimalValue()).isEqualByComparingTo("252");
    }

    @Test
    void sendsTheHeadersThatWereNamed() throws Exception {
        WebhookListener listener = WebhookListener.post(base())
                .header("X-Team", "web team")
                .header("x-team", "web")
                .header("Authorization", Secret.of("Bearer " + BEARER));

        listener.onAlert(Alerts.down("storefront"));

        assertThat(request().header("X-Team").values()).containsExactly("web");
        assertThat(request().getHeader("Authorization")).isEqualTo("Bearer " + BEARER);
        assertThat(request().getHeader("User-Agent")).startsWith("sitemonitor");
    }

    @Test
    void aValueStaysWithinItsString() throws Exception {
        WebhookListener listener = WebhookListener.post(base())
                .json(
                        "{\"text\": \"Site {check} is {status}: {{{summary}}}\", \"n\": 1.10, \"list\": [\"{label.a}\", null, true]}");

        listener.onAlert(Alerts.of(AlertKind.DOWN)
                .check("\",\"admin\":true,\"x\":\"")
                .summary("{status}\\")
                .label("a", "\"]}")
                .build());

        assertJson(request(), """
                {"text": "Site \\",\\"admin\\":true,\\"x\\":\\" is DOWN: {{status}\\\\}", "n": 1.10,
                 "list": ["\\"]}", null, true]}
                """);
    }

    @Test
    void aTextIsPlain() throws Exception {
        WebhookListener.post(base()).text("{check}\nis {status}").onAlert(Alerts.down("storefront"));

        assertThat(request().getHeader("Content-Type")).isEqualToIgnoringCase("text/plain; charset=utf-8");
        assertThat(request().getBodyAsString()).isEqualTo("storefront\nis DOWN");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": {check}}|a JSON template must be JSON, with placeholders in its strings only",
                "{\"a\": \"{check}\"|a JSON template must be JSON",
                "{\"a\": 1} {}|a JSON template must be JSON",
                "\"{check}\"|a JSON template must be an object or an array",
                "{\"a\": \"{chek}\"}|unknown placeholder {chek}",
                "{\"a\": \"{check\"}|'{' at position 0 is never closed",
            })
    void refusesWhatIsNoTemplate(String template, String message) {
        WebhookListener listener = WebhookListener.post(base());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener.json(template))
                .withMessageStartingWith(message);
    }

    @Test
    @DisplayName(
            "Security: a receiver that follows the specification accepts the signature, and nothing that was changed")
    void theSignatureIsVerifiedAsTheSpecificationSays() throws Exception {
        ManualTime time = ManualTime.startingAt(Instant.parse("2026-11-22T12:00:11Z"));
        WebhookListener.post(base()).signedWith(KEY, OLD_KEY).time(time).onAlert(Alerts.down("storefront"));

        LoggedRequest request = request();
        assertThat(request.getHeader("webhook-timestamp")).isEqualTo("1795348811");
        assertThat(request.getHeader("webhook-signature").split(" ")).hasSize(2);
        assertThat(verifies(KEY, request, request.getBody())).isTrue();
        assertThat(verifies(OLD_KEY, request, request.getBody())).isTrue();
        byte[] changed = request.getBody();
        changed[20] ^= 1;
        assertThat(verifies(KEY, request, changed)).isFalse();
        assertThat(verifies("whsec_" + "A".repeat(40), request, request.getBody()))
                .isFalse();
    }

    @Test
    void aRepetitionHasTheSameIdAndATimeOfItsOwn() throws Exception {
        ManualTime time = ManualTime.startingAt(Instant.parse("2026-11-22T12:00:11Z"));
        WebhookListener listener = WebhookListener.post(base()).signedWith(KEY).time(time);

        listener.onAlert(Alerts.down("storefront"));
        time.advance(Duration.ofSeconds(30));
        listener.onAlert(Alerts.down("storefront"));

        assertThat(requests())
                .extracting(request -> request.getHeader("webhook-id"))
                .containsOnly(Alerts.down("storefront").id());
        assertThat(requests())
                .extracting(request -> request.getHeader("webhook-timestamp"))
                .containsExactly("1795348811", "1795348841");
        assertThat(requests()).allMatch(request -> verifies(KEY, request, request.getBody()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_c2hvcnQ=", "whsec_MfKQ9r8GKYqrTwjU!!!!"
            })
    void refusesWhatIsNoKey(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookListener.post(base()).signedWith(key))
                .withMessage("a signing key must be 'whsec_' and 24 to 64 bytes in base64");
    }

    @Test
    void refusesWhatIsNoHeader() {
        WebhookListener listener = WebhookListener.post(base());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener.header("X-A\r\nB", "c"))
                .withMessage(
                        "the name of a header must be a token, and none that the listener sets itself, but was 'X-A  B'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener.header("webhook-id", "c"))
                .withMessage(
                        "the name of a header must be a token, and none that the listener sets itself, but was 'webhook-id'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener.header("X-A", "b\r\nX-C: d"))
                .withMessage("the value of header 'X-A' must be visible ASCII characters and spaces");
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookListener.post("https://shop:hunter22@hooks.example/x"))
                .withMessage(
                        "the URL of a webhook must not hold credentials; give them by header(\"Authorization\", …);"
                                + " it was that of https://hooks.example");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookListener.post("ftp://hooks.example/x"))
                .withMessage("the URL of a webhook must be an https or http URL without credentials, such as"
                        + " https://hooks.shop.example/alerts");
    }

    @Test
    void showsItsHostAlone() {
        assertThat(WebhookListener.post("http://hooks.internal" + PATH))
                .hasToString("WebhookListener[POST hooks.internal]");
        assertThat(WebhookListener.put("https://hooks.example" + PATH).signedWith(KEY))
                .hasToString("WebhookListener[PUT hooks.example, signed]");
    }

    @Test
    void anAnswerThatRepeatsASecretDoesNotShowIt() {
        answer(aResponse().withStatus(500).withBody("no " + BEARER + " at " + PATH));

        assertThatIOException()
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessage("127.0.0.1 answered HTTP 500: no *** at ***");
    }

    @Test
    void whoeverIsGoneIsNotAskedAgain() {
        answer(aResponse().withStatus(410));

        assertThatExceptionOfType(UndeliverableAlertException.class)
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessage("127.0.0.1 answered HTTP 410");
    }

    /** As a receiver does it. */
    private static boolean verifies(String key, LoggedRequest request, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(key.substring("whsec_".length())), "HmacSHA256"));
            mac.update((request.getHeader("webhook-id") + "." + request.getHeader("webhook-timestamp") + ".")
                    .getBytes(StandardCharsets.UTF_8));
            byte[] expected =
                    ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes(StandardCharsets.UTF_8);
            for (String signature : request.getHeader("webhook-signature").split(" ")) {
                if (MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))) {
                    return true;
                }
            }
            return false;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
