package io.sitemonitor.check.http;

import static io.sitemonitor.check.http.BodyExpectation.containing;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.Verdict;
import java.util.List;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Cookie;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpStepsTest {

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void handsValuesAndCookiesFromStepToStep() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", "/welcome")
                .addHeader("Set-Cookie", "session=s-1; Path=/")
                .build());
        server.enqueue(body("{\"token\":\"t-1\",\"id\":7}")
                .newBuilder()
                .addHeader("X-Csrf", "c-1")
                .build());
        server.enqueue(body("order 7"));
        server.enqueue(body("bye"));

        CheckResult result = run(login().take("id", Taken.json("/id"))
                .take("csrf", Taken.header("x-csrf"))
                .take("all", Taken.matching("\"id\":(\\d)"))
                .then(
                        "order",
                        values -> get("/orders/" + values.get("id"))
                                .bearer(values.secret("token"))
                                .header("X-Csrf", values.get("csrf"))
                                .expectBody(containing("order " + values.get("all"))))
                .lastly("log out", values -> get("/logout").bearer(values.secret("token"))));

        assertThat(result.summary()).isEqualTo("PASS: 3 steps as expected");
        assertThat(result.evidence().phases().keySet()).containsExactly("log in", "order", "log out");
        assertThat(server.takeRequest().getHeaders().get("Cookie")).isNull();
        assertThat(server.takeRequest().getHeaders().get("Cookie")).isEqualTo("session=s-1");
        RecordedRequest order = server.takeRequest();
        assertThat(order.getUrl().encodedPath()).isEqualTo("/orders/7");
        assertThat(order.getHeaders().get("Authorization")).isEqualTo("Bearer t-1");
        assertThat(order.getHeaders().get("Cookie")).isEqualTo("session=s-1");
        assertThat(order.getHeaders().get("X-Csrf")).isEqualTo("c-1");
    }

    @Test
    @DisplayName("No answer can influence the next run: cookies and values are forgotten")
    void forgetsEverythingAtTheEndOfARun() throws Exception {
        HttpSteps check = HttpSteps.first("one", get("/")).then("two", get("/"));
        for (int i = 0; i < 2; i++) {
            server.enqueue(
                    body("ok").newBuilder().addHeader("Set-Cookie", "a=b").build());
            server.enqueue(body("ok"));
            run(check);
        }

        assertThat(server.takeRequest().getHeaders().get("Cookie")).isNull();
        assertThat(server.takeRequest().getHeaders().get("Cookie")).isEqualTo("a=b");
        assertThat(server.takeRequest().getHeaders().get("Cookie")).isNull();
        assertThat(server.takeRequest().getHeaders().get("Cookie")).isEqualTo("a=b");
    }

    @Test
    void stopsAtTheFirstFailureButTidiesUp() throws Exception {
        server.enqueue(body("{\"token\":\"t-1\"}"));
        server.enqueue(new MockResponse.Builder().code(500).body("token t-1").build());
        server.enqueue(body("bye"));

        CheckResult result = run(login().then("orders", values -> get("/orders").bearer(values.secret("token")))
                .then("never", get("/never"))
                .lastly("log out", values -> get("/logout")));

        assertThat(result.summary()).isEqualTo("STATUS: step 'orders': HTTP 500");
        assertThat(result.evidence().excerpt()).isEqualTo("token ***");
        assertThat(result.evidence().phases().keySet()).containsExactly("log in", "orders", "log out");
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    @DisplayName("Security: a value that is secret is hidden in what is shown of later answers")
    void hidesASecretInTheHeadersOfLaterAnswers() throws Exception {
        server.enqueue(body("{\"token\":\"t-1\"}"));
        server.enqueue(
                body("ok").newBuilder().addHeader("X-Echo", "t-1").code(500).build());

        CheckResult result = run(login().then("orders", get("/orders").showHeader("X-Echo")));

        assertThat(result.evidence().facts()).containsEntry("x-echo", "***");
    }

    @Test
    void aRunThatWasEndedDoesNotTidyUp() throws Exception {
        server.enqueue(body("ok"));
        FixedContext context = FixedContext.of(ofSeconds(20));

        CheckResult result = HttpSteps.first("one", get("/"))
                .then("two", values -> {
                    context.cancel();
                    throw new IllegalStateException("ended");
                })
                .lastly("three", values -> get("/logout"))
                .run(context);

        assertThat(result.evidence().phases().keySet()).containsExactly("one", "two");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    @DisplayName("Security: a cookie goes back to whom it came from and to nobody else")
    void aCookieStaysWithItsHost() {
        RunCookies cookies = new RunCookies();
        HttpUrl shop = HttpUrl.get("https://shop.example/a");
        cookies.saveFromResponse(
                shop, List.of(Objects.requireNonNull(Cookie.parse(shop, "session=s-1; Path=/a; Secure"))));

        assertThat(cookies.loadForRequest(shop)).hasSize(1);
        assertThat(cookies.loadForRequest(HttpUrl.get("https://other.example/a")))
                .isEmpty();
        assertThat(cookies.loadForRequest(HttpUrl.get("https://shop.example/b")))
                .isEmpty();
        assertThat(cookies.loadForRequest(HttpUrl.get("http://shop.example/a"))).isEmpty();
    }

    @Test
    void failsWhereAValueIsMissing() throws Exception {
        server.enqueue(body("{}"));

        CheckResult result = run(login().lastly("log out", values -> get("/").bearer(values.secret("token"))));

        assertThat(result.summary()).isEqualTo("ASSERTION: step 'log in': the answer holds no value for 'token'");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void keepsAWarningAndNamesTheStep() throws Exception {
        server.enqueue(body("a"));
        server.enqueue(body("b"));

        assertThat(run(HttpSteps.first(
                                        "one",
                                        get("/").expectBody(containing("x").orWarn()))
                                .then("two", get("/")))
                        .summary())
                .isEqualTo("WARN: step 'one': body does not contain 'x'");
    }

    @Test
    void aRequestThatCannotBeMadeIsAnErrorOfTheCheck() throws Exception {
        server.enqueue(body("a"));

        assertThat(run(HttpSteps.first("one", get("/")).then("two", values -> get(values.get("none"))))
                        .summary())
                .isEqualTo("CHECK_ERROR: step 'two': the request could not be made: java.lang.IllegalStateException:"
                        + " no step before this one takes a value named 'none'");
    }

    @Test
    void aStepWithoutARequestSaysSo() throws Exception {
        server.enqueue(body("a"));

        assertThat(run(HttpSteps.first("one", get("/")).then("two", values -> null))
                        .summary())
                .isEqualTo("CHECK_ERROR: step 'two': the request could not be made:"
                        + " java.lang.NullPointerException: no request was given");
    }

    @Test
    @DisplayName("P16: all steps share the timeout of the run")
    void allStepsShareTheTimeout() throws Exception {
        server.enqueue(body("a"));
        try (RawServer silent = new RawServer(RawServer::drain)) {
            CheckResult result = HttpSteps.first("one", get("/"))
                    .then("two", HttpCheck.get(silent.url("/")))
                    .run(FixedContext.of(ofMillis(600)));

            assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(result.summary()).startsWith("TIMEOUT: step 'two': no complete answer within 600 ms");
        }
    }

    @Test
    void refusesStepsThatMakeNoSense() {
        HttpSteps check = HttpSteps.first("one", get("/"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.then("one", get("/")))
                .withMessage("there is a step named 'one' already");
        assertThatIllegalArgumentException().isThrownBy(() -> check.then("", get("/")));
        assertThatIllegalArgumentException().isThrownBy(() -> check.then("a\nb", get("/")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.take("a", Taken.matching("abc")))
                .withMessage("regex must have a group in round brackets, but was 'abc'");
        assertThatIllegalArgumentException().isThrownBy(() -> check.take("a", Taken.json("token")));
    }

    private HttpSteps login() {
        return HttpSteps.first("log in", get("/login")).takeSecret("token", Taken.json("/token"));
    }

    private HttpCheck get(String path) {
        return HttpCheck.get(server.url(path).toString());
    }

    private static MockResponse body(String text) {
        return new MockResponse.Builder().body(text).build();
    }

    private static CheckResult run(HttpSteps check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
