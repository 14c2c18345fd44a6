package io.sitemonitor.alert;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What every destination that is reached by HTTP keeps to, seen against a real server. */
public abstract class HttpListenerContract extends AlertListenerContract {

    protected static final JsonMapper JSON = new JsonMapper();
    private static final Duration LONG = Duration.ofMinutes(4);

    protected final WireMockServer server = new WireMockServer(WireMockConfiguration.options()
            .dynamicPort()
            .bindAddress("127.0.0.1")
            .containerThreads(10));
    private ServerSocket silent;

    /** Held, since a socket that nobody holds is closed by the garbage collector. */
    private @Nullable Socket taken;

    /** A listener whose requests go to this server, such as {@code http://127.0.0.1:1234}. */
    protected abstract AlertListener listener(String server, Duration timeout);

    /** Reads one request. */
    protected abstract Delivery delivery(LoggedRequest request) throws Exception;

    /** What the service answers when all is well. */
    protected ResponseDefinitionBuilder success() {
        return aResponse().withStatus(200).withBody("ok");
    }

    /** What the service answers to a message that it refuses for good. */
    protected List<ResponseDefinitionBuilder> refusals() {
        return List.of(
                aResponse().withStatus(400).withBody("no\r\nsuch field"),
                aResponse().withStatus(413),
                aResponse().withStatus(422));
    }

    @BeforeEach
    void startServer() throws Exception {
        server.start();
        answer(success());
        silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stopServer() throws Exception {
        server.stop();
        silent.close();
        if (taken != null) {
            taken.close();
        }
    }

    @Override
    protected AlertListener listener() {
        return listener(base(), Duration.ofSeconds(8));
    }

    @Override
    protected List<Delivery> deliveries() throws Exception {
        List<Delivery> deliveries = new ArrayList<>();
        for (LoggedRequest request : requests()) {
            deliveries.add(delivery(request));
        }
        return deliveries;
    }

    @Override
    protected Optional<AlertListener> failingListener() {
        answer(aResponse().withStatus(401).withBody("no: " + String.join(" ", secrets()) + "\u001B[31m\r\n"));
        return Optional.of(listener());
    }

    @Override
    protected Optional<AlertListener> hangingListener() {
        return Optional.of(listener("http://127.0.0.1:" + silent.getLocalPort(), Duration.ofMillis(500)));
    }

    @Override
    protected Optional<AlertListener> waitingListener() {
        return Optional.of(listener("http://127.0.0.1:" + silent.getLocalPort(), LONG));
    }

    @Override
    protected void awaitHanging(Thread caller) throws Exception {
        taken = silent.accept();
        await().untilAsserted(() -> assertThat(caller.getStackTrace())
                .as("%s", caller.getState())
                .extracting(StackTraceElement::getMethodName)
                .contains("readResponseHeaders"));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aRateLimitIsHonoured(int status) {
        answer(aResponse().withStatus(status).withHeader("Retry-After", "7"));

        assertThatExceptionOfType(RetryAlertException.class)
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .satisfies(retry -> assertThat(retry.after()).isEqualTo(Duration.ofSeconds(7)))
                .withMessage("127.0.0.1 answered HTTP " + status);
        assertThat(requests()).hasSize(1);
    }

    @Test
    void aRateLimitThatEndsAtATimeIsHonoured() {
        answer(aResponse()
                .withStatus(429)
                .withHeader("Date", "Sun, 22 Nov 2026 12:00:00 GMT")
                .withHeader("Retry-After", "Sun, 22 Nov 2026 12:01:30 GMT"));

        assertThatExceptionOfType(RetryAlertException.class)
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .satisfies(retry -> assertThat(retry.after()).isEqualTo(Duration.ofSeconds(90)));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 405, 408, 409, 425, 429, 500, 502, 503, 504})
    void whatCanBePutRightIsTriedAgain(int status) {
        answer(aResponse().withStatus(status));

        assertThatIOException()
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessageContaining("127.0.0.1 ")
                .withMessageContaining(Integer.toString(status));
        assertThat(requests()).hasSize(1);
    }

    @Test
    void aMessageThatIsRefusedIsNotTriedAgain() {
        for (ResponseDefinitionBuilder refusal : refusals()) {
            answer(refusal);

            assertThatExceptionOfType(UndeliverableAlertException.class)
                    .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")));
        }
    }

    @Test
    void anAnswerOfServiceUnavailableIsNotAskedForAgainBehindTheBack() {
        answer(aResponse().withStatus(503).withHeader("Retry-After", "0"));

        assertThatIOException().isThrownBy(() -> listener().onAlert(Alerts.down("storefront")));
        assertThat(requests()).hasSize(1);
    }

    @Test
    void aRedirectIsNamedAndNotFollowed() {
        answer(aResponse().withStatus(307).withHeader("Location", "https://other.example/secret"));

        assertThatIOException()
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessage("127.0.0.1 answered HTTP 307, a redirect to other.example, which is not followed");
        assertThat(requests()).hasSize(1);
    }

    @Test
    void anEndlessAnswerIsNotRead() {
        answer(aResponse().withStatus(200).withBody("x".repeat(70_000)));

        assertThatIOException()
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessage("no answer from 127.0.0.1 (java.io.IOException: the answer is longer than 65536 bytes)");
    }

    @ParameterizedTest
    @CsvSource({"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE"})
    void aLostConnectionIsTriedAgainButNotBehindTheBack(Fault fault) {
        answer(aResponse().withFault(fault));

        assertThatIOException()
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessageStartingWith("no answer from 127.0.0.1 (");
        assertThat(requests()).hasSize(1);
    }

    @Test
    void aSlowAnswerEndsWithTheTimeout() {
        answer(aResponse().withChunkedDribbleDelay(100, 20_000).withBody("x".repeat(100)));

        assertThatIOException()
                .isThrownBy(() -> listener(base(), Duration.ofMillis(300)).onAlert(Alerts.down("storefront")))
                .withMessage("no answer in time from 127.0.0.1");
    }

    @Test
    void theTimeoutHasBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener(base(), Duration.ZERO))
                .withMessage("timeout must be from PT0.001S to PT5M, but was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener(base(), Duration.ofMinutes(6)))
                .withMessage("timeout must be from PT0.001S to PT5M, but was PT6M");
    }

    /** Where the server is. */
    protected final String base() {
        return "http://127.0.0.1:" + server.port();
    }

    /** What the server answers from now on. */
    protected final void answer(ResponseDefinitionBuilder answer) {
        server.stubFor(any(anyUrl()).willReturn(answer));
    }

    /** What has been asked so far. */
    protected final List<LoggedRequest> requests() {
        return server.findAll(anyRequestedFor(anyUrl()));
    }

    /** The only request so far. */
    protected final LoggedRequest request() {
        assertThat(requests()).hasSize(1);
        return requests().get(0);
    }

    /** The body of a request as JSON. */
    protected static JsonNode json(LoggedRequest request) {
        return JSON.readTree(request.getBody());
    }

    /** Says that a request has exactly this body. */
    protected static void assertJson(LoggedRequest request, String expected) {
        assertThat(request.getHeader("Content-Type")).isEqualToIgnoringCase("application/json; charset=utf-8");
        assertThat(json(request)).isEqualTo(JSON.readTree(expected));
    }

    /** Everything that somebody reads in a document: its texts, one a line. */
    protected static String texts(JsonNode document) {
        StringBuilder texts = new StringBuilder();
        collect(document, texts);
        return texts.toString();
    }

    private static void collect(JsonNode node, StringBuilder texts) {
        if (node.isString()) {
            texts.append(node.stringValue()).append('\n');
        }
        node.forEach(child -> collect(child, texts));
    }
}
