package io.sitemonitor.alert.sms;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static io.sitemonitor.alert.Recipients.fromContact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertListenerContract;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.Alerts;
import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.UndeliverableAlertException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmsListenerTest extends AlertListenerContract {

    private static final String KEY = "atsk-4f9c2b-secret";
    private static final String ONE = "+254711000001";
    private static final String TWO = "+254711000002";

    private final WireMockServer service = new WireMockServer(WireMockConfiguration.options()
            .dynamicPort()
            .bindAddress("127.0.0.1")
            .containerThreads(10));
    private ServerSocket silent;

    @BeforeEach
    void start() throws Exception {
        service.start();
        answer(201, recipients(ONE + "=101 Success"));
        silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws Exception {
        service.stop();
        silent.close();
    }

    @Override
    protected SmsListener listener() {
        return SmsListener.africasTalking("shop", KEY).to(ONE).endpoint(url() + "/version1/messaging");
    }

    @Override
    protected List<Delivery> deliveries() {
        return requests().stream()
                .map(form -> new Delivery(null, form.get("message")))
                .toList();
    }

    @Override
    protected Optional<AlertListener> failingListener() {
        answer(401, "The supplied authentication is invalid: " + KEY);
        return Optional.of(listener());
    }

    @Override
    protected Optional<AlertListener> hangingListener() {
        return Optional.of(listener()
                .endpoint("http://127.0.0.1:" + silent.getLocalPort() + "/")
                .timeout(Duration.ofMillis(500)));
    }

    @Override
    protected Optional<AlertListener> waitingListener() {
        return Optional.of(listener()
                .endpoint("http://127.0.0.1:" + silent.getLocalPort() + "/")
                .timeout(Duration.ofMinutes(4)));
    }

    @Override
    protected void awaitHanging() throws Exception {
        silent.accept();
    }

    @Override
    protected List<String> secrets() {
        return List.of(KEY);
    }

    @Test
    void postsTheFormThatTheServiceDocuments() throws Exception {
        listener().to(ONE, TWO).from("SHOP");
        answer(201, recipients(ONE + "=100 Processed", TWO + "=102 Queued"));

        listener().to(ONE, TWO).from("SHOP").onAlert(Alerts.down("storefront"));

        LoggedRequest request = service.findAll(anyPost()).get(0);
        assertThat(request.getUrl()).isEqualTo("/version1/messaging");
        assertThat(request.getHeader("apiKey")).isEqualTo(KEY);
        assertThat(request.getHeader("Accept")).isEqualTo("application/json");
        assertThat(request.getHeader("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(requests())
                .containsExactly(Map.of(
                        "username", "shop",
                        "to", ONE + "," + TWO,
                        "message", "Site storefront has gone down at 2026-11-22T12:00:10Z",
                        "from", "SHOP"));
    }

    @Test
    void sendsToContactsThatAreNumbersUnlessToldOtherwise() throws Exception {
        answer(201, recipients("+254722000000=101 Success"));
        Alert alert = Alerts.of(AlertKind.DOWN)
                .contacts("owner@shop.example", "+254 722-000 000")
                .build();

        SmsListener.africasTalking("shop", KEY).endpoint(url()).onAlert(alert);

        assertThat(requests()).singleElement().satisfies(form -> {
            assertThat(form.get("to")).isEqualTo("+254722000000");
            assertThat(form).doesNotContainKey("from");
        });
    }

    @Test
    void nobodyToSendToIsUndeliverable() {
        Alert alert = Alerts.of(AlertKind.DOWN).contacts("owner@shop.example").build();

        assertThatExceptionOfType(UndeliverableAlertException.class)
                .isThrownBy(() -> listener().to(fromContact()).onAlert(alert))
                .withMessage("check 'storefront' has no contact with a telephone number");
        assertThat(requests()).isEmpty();
    }

    @Test
    void aContactThatIsNoNumberIsRefusedAndTheOthersAreServed() throws Exception {
        Alert alert = Alerts.of(AlertKind.DOWN).contacts("+12", ONE).build();

        listener().to(fromContact()).onAlert(alert);

        assertThat(requests())
                .singleElement()
                .satisfies(form -> assertThat(form.get("to")).isEqualTo(ONE));
        Alert hopeless = Alerts.of(AlertKind.DOWN).contacts("+12").build();
        assertThatExceptionOfType(UndeliverableAlertException.class)
                .isThrownBy(() -> listener().to(fromContact()).onAlert(hopeless))
                .withMessage("DOWN of check 'storefront' was refused for everybody (+12: not a telephone number)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "403 InvalidPhoneNumber",
                "404 UnsupportedNumberType",
                "406 UserInBlacklist",
                "409 DoNotDisturbRejection"
            })
    void aNumberRefusedForGoodIsUndeliverable(String status) {
        answer(201, recipients(ONE + "=" + status));

        assertThatExceptionOfType(UndeliverableAlertException.class)
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessage("DOWN of check 'storefront' was refused for everybody (" + ONE + ": " + status + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "401 RiskHold", "402 InvalidSenderId", "405 InsufficientBalance", "407 CouldNotRoute",
                "500 InternalServerError", "501 GatewayError", "502 RejectedByGateway", "999 Unheard of"
            })
    void everythingElseIsTriedAgain(String status) {
        answer(201, recipients(ONE + "=" + status));

        assertThatIOException()
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessage("127.0.0.1 could not serve everybody (" + ONE + ": " + status + ")");
    }

    @Test
    void whoWasServedIsNotServedAgain() throws Exception {
        answer(201, recipients(ONE + "=101 Success", TWO + "=500 InternalServerError"));
        SmsListener listener = listener().to(ONE, TWO);
        assertThatIOException().isThrownBy(() -> listener.onAlert(Alerts.down("storefront")));
        answer(201, recipients(TWO + "=101 Success"));

        listener.onAlert(Alerts.down("storefront"));

        assertThat(requests()).extracting(form -> form.get("to")).containsExactly(ONE + "," + TWO, TWO);
    }

    @Test
    void aRateLimitIsHonoured() {
        service.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(429).withHeader("Retry-After", "30")));

        assertThatExceptionOfType(RetryAlertException.class)
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .satisfies(retry -> assertThat(retry.after()).isEqualTo(Duration.ofSeconds(30)));
    }

    @Test
    void aNumberThatTheAnswerDoesNotNameIsTriedAgain() {
        SmsListener listener = listener().to(ONE, TWO);

        assertThatIOException()
                .isThrownBy(() -> listener.onAlert(Alerts.down("storefront")))
                .withMessage("127.0.0.1 could not serve everybody (" + TWO + ": no answer)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|The supplied authentication is invalid|does not accept this user name and API key (HTTP 401)",
                "429||answered HTTP 429",
                "400|Must have\tsufficient parameters|answered HTTP 400: Must have sufficient parameters",
                "500|oops|answered HTTP 500: oops",
                "302||answered HTTP 302",
                "201|<html>|answered something that is not JSON",
                "201|{}|served nobody: no recipient in the answer",
                "201|[1,2]|served nobody: no recipient in the answer",
                "201|{\"SMSMessageData\":{\"Message\":\"InvalidSenderId\",\"Recipients\":[]}}|served nobody: InvalidSenderId",
            })
    void anAnswerThatServesNobodyIsTriedAgain(int code, String body, String message) {
        answer(code, body == null ? "" : body);

        assertThatIOException()
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessage("127.0.0.1 " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|no KEY|127.0.0.1 answered HTTP 400: no ***",
                "201|{\"SMSMessageData\":{\"Message\":\"no KEY\"}}|127.0.0.1 served nobody: no ***",
                "201|RECIPIENT|127.0.0.1 could not serve everybody (+254711000001: 500 no ***)",
            })
    void anAnswerThatRepeatsTheKeyDoesNotShowIt(int code, String body, String message) {
        answer(code, body.replace("RECIPIENT", recipients(ONE + "=500 no KEY")).replace("KEY", KEY));

        assertThatIOException()
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessage(message);
    }

    @Test
    void aRedirectIsNotFollowed() {
        service.stubFor(
                post(anyUrl()).willReturn(aResponse().withStatus(307).withHeader("Location", url() + "/other")));

        assertThatIOException()
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessage("127.0.0.1 answered HTTP 307, a redirect to 127.0.0.1, which is not followed");
        assertThat(requests()).hasSize(1);
    }

    @Test
    void anEndlessAnswerIsNotRead() {
        answer(201, "x".repeat(70_000));

        assertThatIOException()
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessage("no answer from 127.0.0.1 (java.io.IOException: the answer is longer than 65536 bytes)");
    }

    @ParameterizedTest
    @CsvSource({"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE"})
    void aLostConnectionIsTriedAgainButNotBehindTheBack(Fault fault) {
        service.stubFor(post(anyUrl()).willReturn(aResponse().withFault(fault)));

        assertThatIOException()
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessageStartingWith("no answer from 127.0.0.1 (");
        assertThat(requests()).hasSize(1);
    }

    @Test
    void aSlowAnswerEndsWithTheTimeout() {
        service.stubFor(post(anyUrl())
                .willReturn(aResponse().withChunkedDribbleDelay(100, 60_000).withBody("x".repeat(100))));

        assertThatIOException()
                .isThrownBy(() -> listener().timeout(Duration.ofMillis(300)).onAlert(Alerts.down("storefront")))
                .withMessage("no answer in time from 127.0.0.1");
    }

    @Test
    void aLongTextIsCutToThreeMessages() throws Exception {
        AlertTexts texts = AlertTexts.DEFAULT.with(AlertKind.DOWN, "-", "{label.a}{label.b}");
        SmsListener listener = listener().texts(texts);

        listener.onAlert(Alerts.of(AlertKind.DOWN)
                .label("a", "a".repeat(400))
                .label("b", "b".repeat(400))
                .build());

        assertThat(requests().get(0).get("message")).hasSize(459).endsWith("b...");
    }

    @Test
    void noThreadIsLeftWaitingForAnAnswer() throws Exception {
        listener().onAlert(Alerts.down("storefront"));

        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !thread.isDaemon() && thread.getName().startsWith("OkHttp"))
                .isEmpty());
    }

    @Test
    void theSandboxIsAnAccountOfItsOwn() {
        assertThat(SmsListener.africasTalking("sandbox", KEY))
                .hasToString("SmsListener[api.sandbox.africastalking.com, to fromContact()]");
        assertThat(SmsListener.africasTalking("shop", KEY).to(ONE))
                .hasToString("SmsListener[api.africastalking.com, to [" + ONE + "]]");
    }

    @Test
    void refusesWrongOptions() {
        SmsListener listener = listener();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener.to("0711000000"))
                .withMessage("a telephone number must be '+' and 7 to 15 digits, such as +254711000000, but was"
                        + " '0711000000'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener.to(fromContact().and("+1\r\n5550100000")))
                .withMessage("a telephone number must be '+' and 7 to 15 digits, such as +254711000000, but was"
                        + " '+1  5550100000'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener.from("a\nb"))
                .withMessage("a sender id must have 1 to 20 ASCII characters, but was 'a b'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener.timeout(Duration.ZERO))
                .withMessage("timeout must be from PT0.001S to PT5M, but was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmsListener.africasTalking(" ", KEY))
                .withMessage("the user name must consist of visible ASCII characters, but was ' '");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmsListener.africasTalking("shop", KEY + "\n"))
                .withMessage("the API key must consist of visible ASCII characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://sms.example/", "http://127.evil.example/", "https://shop:" + KEY + "@sms.example/"})
    void theKeyIsNotSentInClear(String url) {
        String host = url.substring(url.indexOf("//") + 2).replaceAll(".*@|/$", "");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener().endpoint(url))
                .withMessage(
                        "the endpoint must be an https URL, or an http URL of this machine, without credentials, such"
                                + " as https://api.africastalking.com/version1/messaging, but was that of "
                                + url.substring(0, url.indexOf("//")) + "//" + host);
    }

    private String url() {
        return "http://127.0.0.1:" + service.port();
    }

    private void answer(int code, String body) {
        service.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(code).withBody(body)));
    }

    private static String recipients(String... numbersAndStatuses) {
        StringJoiner recipients =
                new StringJoiner(",", "{\"SMSMessageData\":{\"Message\":\"Sent\",\"Recipients\":[", "]}}");
        for (String one : numbersAndStatuses) {
            int equals = one.indexOf('=');
            int space = one.indexOf(' ', equals);
            recipients.add("{\"statusCode\":" + one.substring(equals + 1, space) + ",\"number\":\""
                    + one.substring(0, equals) + "\",\"cost\":\"KES 0.8000\",\"status\":\"" + one.substring(space + 1)
                    + "\",\"messageId\":\"ATXid_1\"}");
        }
        return recipients.toString();
    }

    private static RequestPatternBuilder anyPost() {
        return postRequestedFor(anyUrl());
    }

    private List<Map<String, String>> requests() {
        List<LoggedRequest> requests = service.findAll(anyPost());
        return requests.stream().map(request -> form(request.getBodyAsString())).toList();
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new LinkedHashMap<>();
        Arrays.stream(body.split("&")).forEach(pair -> {
            int equals = pair.indexOf('=');
            form.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        });
        return Collections.unmodifiableMap(form);
    }
}
