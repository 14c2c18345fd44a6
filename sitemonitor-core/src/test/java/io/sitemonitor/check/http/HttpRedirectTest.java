package io.sitemonitor.check.http;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpRedirectTest {

    private final MockWebServer home = new MockWebServer();
    private final MockWebServer abroad = new MockWebServer();
    private String url;
    private String there;

    @BeforeEach
    void start() throws Exception {
        home.start(InetAddress.getByName("127.0.0.1"), 0);
        abroad.start(InetAddress.getByName("127.0.0.1"), 0);
        url = "http://127.0.0.1:" + home.getPort() + "/";
        there = "http://127.0.0.1:" + abroad.getPort() + "/";
    }

    @AfterEach
    void stop() {
        home.close();
        abroad.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsRedirects(int status) throws Exception {
        redirect(home, status, "/next?token=abc");
        answer(home, 200);

        CheckResult result = run(HttpCheck.get(url + "first").header("X-Key", "k-e-y"));

        assertThat(result.summary()).isEqualTo("PASS: HTTP 200");
        assertThat(result.evidence().facts())
                .containsEntry("url", url + "next?token=***")
                .containsEntry("redirects", "1")
                .containsEntry("status", "200");
        assertThat(home.takeRequest().getTarget()).isEqualTo("/first");
        RecordedRequest second = home.takeRequest();
        assertThat(second.getTarget()).isEqualTo("/next?token=abc");
        assertThat(second.getHeaders().get("X-Key")).isEqualTo("k-e-y");
    }

    @Test
    @DisplayName("Security: credentials and configured headers stay with their origin")
    void carriesNothingConfiguredToAnotherOrigin() throws Exception {
        redirect(home, 302, there.replace("//", "//evil:evil@") + "x");
        redirect(abroad, 302, url + "back");
        answer(home, 200);

        CheckResult result = run(HttpCheck.get(url.replace("//", "//jo:pass@"))
                .header("X-Key", "k-e-y")
                .header("Cookie", "a=b")
                .header("User-Agent", "mine"));

        assertThat(result.summary()).isEqualTo("PASS: HTTP 200");
        assertThat(home.takeRequest().getHeaders().get("Authorization")).isNotNull();
        RecordedRequest request = abroad.takeRequest();
        assertThat(request.getHeaders().names())
                .containsExactlyInAnyOrder("Host", "Connection", "Accept-Encoding", "User-Agent");
        assertThat(request.getHeaders().get("User-Agent")).startsWith("sitemonitor");
        RecordedRequest back = home.takeRequest();
        assertThat(back.getHeaders().get("Authorization")).isEqualTo("Basic am86cGFzcw==");
        assertThat(back.getHeaders().get("X-Key")).isEqualTo("k-e-y");
    }

    @ParameterizedTest
    @CsvSource({"POST,301,GET", "POST,302,GET", "POST,303,GET", "PUT,303,GET", "PUT,302,PUT", "POST,307,POST"})
    void changesTheMethodAsBrowsersDo(String method, int status, String next) throws Exception {
        redirect(home, status, "/next");
        answer(home, 200);

        run(HttpCheck.method(method, url).body("text/plain", "body"));

        home.takeRequest();
        RecordedRequest second = home.takeRequest();
        assertThat(second.getMethod()).isEqualTo(next);
        assertThat(second.getBodySize()).isEqualTo(next.equals("GET") ? 0 : 4);
    }

    @Test
    void keepsHead() throws Exception {
        redirect(home, 303, "/next");
        answer(home, 200);

        run(HttpCheck.head(url));

        home.takeRequest();
        assertThat(home.takeRequest().getMethod()).isEqualTo("HEAD");
    }

    @Test
    @DisplayName("Security: the body of a request stays with its origin")
    void doesNotSendItsBodyToAnotherOrigin() {
        redirect(home, 307, there);

        CheckResult result = run(HttpCheck.post(url).body("text/plain", "password"));

        assertThat(result.summary())
                .isEqualTo("PROTOCOL: HTTP 307 leads to " + there + ", where the body of the request may not be sent");
        assertThat(abroad.getRequestCount()).isZero();
    }

    @Test
    void followsAsManyAsItMayAndNoMore() {
        redirect(home, 302, "/1");
        redirect(home, 302, "/2");
        answer(home, 200);
        assertThat(run(HttpCheck.get(url).followRedirects(2)).summary()).isEqualTo("PASS: HTTP 200");

        redirect(home, 302, "/1");
        redirect(home, 302, "/2");
        assertThat(run(HttpCheck.get(url).followRedirects(1)).summary())
                .isEqualTo("PROTOCOL: more than 1 redirects, the last to " + url + "2");
    }

    @Test
    void endsALoop() {
        for (int i = 0; i < 30; i++) {
            redirect(home, 302, "/loop");
        }

        assertThat(run(HttpCheck.get(url)).summary())
                .isEqualTo("PROTOCOL: more than 5 redirects, the last to " + url + "loop");
        assertThat(home.getRequestCount()).isEqualTo(6);
    }

    @Test
    void judgesARedirectThatIsNotFollowed() {
        redirect(home, 302, "/1");
        redirect(home, 302, "/1");
        redirect(home, 302, "/1");

        assertThat(run(HttpCheck.get(url).followRedirects(0)).summary()).isEqualTo("PASS: HTTP 302");
        assertThat(run(HttpCheck.get(url).followRedirects(0).expectStatus(200)).summary())
                .isEqualTo("STATUS: HTTP 302");
        assertThat(run(HttpCheck.get(url).expectStatus(302)).summary()).isEqualTo("PASS: HTTP 302");
    }

    @Test
    void refusesRedirectsThatLeadNowhere() {
        home.enqueue(new MockResponse.Builder().code(302).build());
        redirect(home, 302, "ftp://files.example/");
        redirect(home, 302, "javascript:alert(1)");

        assertThat(run(HttpCheck.get(url)).summary()).isEqualTo("PROTOCOL: HTTP 302 does not say where to go");
        String neither = "PROTOCOL: HTTP 302 leads to something that is neither http nor https";
        assertThat(run(HttpCheck.get(url)).summary()).isEqualTo(neither);
        assertThat(run(HttpCheck.get(url)).summary()).isEqualTo(neither);
    }

    @Test
    void theTimeoutBoundsAllHopsTogether() {
        for (int i = 0; i < 20; i++) {
            home.enqueue(new MockResponse.Builder()
                    .code(302)
                    .addHeader("Location", "/again")
                    .headersDelay(200, TimeUnit.MILLISECONDS)
                    .build());
        }

        CheckResult result = HttpCheck.get(url).followRedirects(20).run(FixedContext.of(ofSeconds(1)));

        assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.TIMEOUT);
    }

    private static void redirect(MockWebServer server, int status, String location) {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("Location", location)
                .body("moved")
                .build());
    }

    private static void answer(MockWebServer server, int status) {
        server.enqueue(new MockResponse.Builder().code(status).body("ok").build());
    }

    private static CheckResult run(HttpCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
