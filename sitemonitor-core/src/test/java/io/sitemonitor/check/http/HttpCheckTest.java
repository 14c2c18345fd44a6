package io.sitemonitor.check.http;

import static io.sitemonitor.check.http.BodyExpectation.containing;
import static io.sitemonitor.check.http.BodyExpectation.notContaining;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.Resolver;
import io.sitemonitor.check.SteppingTime;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.internal.NameLookup;
import io.sitemonitor.check.internal.Trust;
import io.sitemonitor.check.internal.http.Wire;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpCheckTest {

    private final MockWebServer server = new MockWebServer();
    private String url;

    @BeforeEach
    void start() throws Exception {
        server.start(InetAddress.getByName("127.0.0.1"), 0);
        url = "http://127.0.0.1:" + server.getPort() + "/";
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void passesAndTellsWhatItSaw() {
        answer(200, "Welcome");

        CheckResult result = run(HttpCheck.get(url));

        assertThat(result.summary()).isEqualTo("PASS: HTTP 200");
        assertThat(result.evidence().address()).isEqualTo("127.0.0.1:" + server.getPort());
        assertThat(result.evidence().phases().keySet()).containsExactly("connect", "firstByte", "body");
        assertThat(result.evidence().facts().toString()).isEqualTo("{status=200, protocol=HTTP/1.1}");
        assertThat(result.evidence().excerpt()).isNull();
    }

    @Test
    void measuresTheLookupOfAName() {
        answer(200, "");

        CheckResult result = run(HttpCheck.get("http://shop.example:" + server.getPort() + "/")
                .over(wire(host -> List.of(InetAddress.getByName("127.0.0.1")))));

        assertThat(result.summary()).isEqualTo("PASS: HTTP 200");
        assertThat(result.evidence().phases().keySet()).containsExactly("dns", "connect", "firstByte", "body");
        assertThat(result.evidence().address()).isEqualTo("127.0.0.1:" + server.getPort());
    }

    @Test
    void triesEveryAddressOfTheName() {
        answer(200, "");

        CheckResult result = run(HttpCheck.get("http://shop.example:" + server.getPort() + "/")
                .over(wire(host -> List.of(InetAddress.getByName("127.0.0.2"), InetAddress.getByName("127.0.0.1")))));

        assertThat(result.summary()).isEqualTo("PASS: HTTP 200");
        assertThat(result.evidence().address()).isEqualTo("127.0.0.1:" + server.getPort());
    }

    @Test
    void reportsAnUnknownNameAsDns() {
        CheckResult result = run(HttpCheck.get("http://shop.example/").over(wire(host -> {
            throw new UnknownHostException(host + ": Name or service not known");
        })));

        assertThat(result.summary()).isEqualTo("DNS: cannot look up 'shop.example': Name or service not known");
        assertThat(result.evidence().phases()).containsOnlyKeys("dns");
    }

    @Test
    void reportsARefusedConnection() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }

        CheckResult result = run(HttpCheck.get("http://127.0.0.1:" + port + "/"));

        assertThat(result.summary()).isEqualTo("CONNECT: connection refused by 127.0.0.1:" + port);
        assertThat(result.evidence().address()).isNull();
    }

    @Test
    void sendsMethodHeadersAndUserAgent() throws Exception {
        answer(200, "");
        answer(200, "");
        answer(200, "");

        run(HttpCheck.head(url + "a?b=c#d").header("X-Team", "web").header("x-team", "ops"));
        run(HttpCheck.method("OPTIONS", url).header("User-Agent", "mine"));
        run(HttpCheck.post(url));

        RecordedRequest first = server.takeRequest();
        assertThat(first.getRequestLine()).isEqualTo("HEAD /a?b=c HTTP/1.1");
        assertThat(first.getHeaders().values("X-Team")).containsExactly("ops");
        assertThat(first.getHeaders().get("User-Agent")).startsWith("sitemonitor");
        assertThat(first.getHeaders().get("Authorization")).isNull();
        RecordedRequest second = server.takeRequest();
        assertThat(second.getRequestLine()).isEqualTo("OPTIONS / HTTP/1.1");
        assertThat(second.getHeaders().values("User-Agent")).containsExactly("mine");
        assertThat(server.takeRequest().getHeaders().get("Content-Length")).isEqualTo("0");
    }

    @Test
    void sendsUserAndPasswordAsBasicAuthentication() throws Exception {
        answer(200, "");

        HttpCheck check = HttpCheck.get(url.replace("//", "//jo%40x:p%C3%A4ss@"));
        CheckResult result = run(check);

        assertThat(result.verdict()).isEqualTo(Verdict.PASS);
        RecordedRequest request = server.takeRequest();
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Basic am9AeDpww6Rzcw==");
        assertThat(request.getHeaders().get("Host")).isEqualTo("127.0.0.1:" + server.getPort());
        assertThat(check.target()).isEqualTo(url);
        assertThat(check).hasToString("GET " + url);
    }

    @Test
    void sendsItsBodyAgainWithEachRun() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        try (RawServer raw = new RawServer(socket -> {
            String head = RawServer.readHead(socket);
            received.add(head + new String(socket.getInputStream().readNBytes(10), StandardCharsets.UTF_8));
            RawServer.send(socket, "HTTP/1.1 204 Fine\r\n\r\n");
        })) {
            HttpCheck check = HttpCheck.post(raw.url("/")).body("application/json", "{\"a\":\"ä\"}");

            assertThat(run(check).summary()).isEqualTo("PASS: HTTP 204");
            assertThat(run(check).summary()).isEqualTo("PASS: HTTP 204");
        }
        assertThat(received)
                .hasSize(2)
                .allSatisfy(request -> assertThat(request)
                        .startsWith("POST / HTTP/1.1\r\n")
                        .contains("Content-Type: application/json", "Content-Length: 10\r\n")
                        .endsWith("\r\n\r\n{\"a\":\"ä\"}"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 299})
    void expectsSuccessUnlessToldOtherwise(int status) {
        answer(status, "");

        assertThat(run(HttpCheck.get(url)).summary()).isEqualTo("PASS: HTTP " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 304, 400, 401, 404, 408, 421, 500, 503, 599})
    void failsOnAnyOtherStatus(int status) {
        answer(status, "the reason is <b>secret</b>");

        CheckResult result = run(HttpCheck.get(url));

        assertThat(result.summary()).isEqualTo("STATUS: HTTP " + status);
        assertThat(result.evidence().facts()).containsEntry("status", "" + status);
    }

    @Test
    void showsTheBeginningOfTheBodyOnFailureOnly() {
        answer(500, "line 1\nline 2 " + "x".repeat(5_000));

        String excerpt = run(HttpCheck.get(url)).evidence().excerpt();

        assertThat(excerpt).startsWith("line 1 line 2 xxx").hasSize(1_000);
    }

    @Test
    void expectedStatusesAddUp() {
        HttpCheck check = HttpCheck.get(url).expectStatus(204).expectStatus(400, 404);
        answer(204, "");
        answer(404, "");
        answer(200, "");

        assertThat(run(check).summary()).isEqualTo("PASS: HTTP 204");
        assertThat(run(check).summary()).isEqualTo("PASS: HTTP 404");
        assertThat(run(check).summary()).isEqualTo("STATUS: HTTP 200");
    }

    @Test
    void doesNotAskAgainWhenAServerSaysItMay() {
        server.enqueue(new MockResponse.Builder()
                .code(503)
                .addHeader("Retry-After", "0")
                .build());
        answer(200, "");

        assertThat(run(HttpCheck.get(url)).summary()).isEqualTo("STATUS: HTTP 503");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void judgesTheBody() {
        HttpCheck check = HttpCheck.get(url).expectBody(containing("Welcome")).expectBody(notContaining("Error"));
        answer(200, "Welcome!");
        answer(200, "Sorry");
        answer(200, "Welcome to Error");

        assertThat(run(check).summary()).isEqualTo("PASS: HTTP 200");
        CheckResult missing = run(check);
        assertThat(missing.summary()).isEqualTo("ASSERTION: body does not contain 'Welcome'");
        assertThat(missing.evidence().excerpt()).isEqualTo("Sorry");
        assertThat(run(check).summary()).isEqualTo("ASSERTION: body contains 'Error'");
    }

    @Test
    void judgesTheBodyWithAnyLambda() {
        answer(200, "abc");
        answer(200, "abc");

        assertThat(run(HttpCheck.get(url).expectBody(body -> body.length() < 3 ? null : "too long"))
                        .summary())
                .isEqualTo("ASSERTION: too long");
        assertThat(run(HttpCheck.get(url).expectBody(body -> {
                            throw new StackOverflowError("deep");
                        }))
                        .summary())
                .isEqualTo("CHECK_ERROR: an expectation of the body threw java.lang.StackOverflowError: deep");
    }

    @ParameterizedTest
    @CsvSource({"ISO-8859-1,ISO-8859-1", "UTF-8,UTF-8", "none-of-this,UTF-8"})
    void readsTheBodyInTheCharsetItNames(String named, Charset charset) throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=" + named + "\r\n\r\n";
        try (RawServer raw = RawServer.answering(head + latin("Grüße".getBytes(charset)))) {
            assertThat(run(HttpCheck.get(raw.url("/")).expectBody(containing("Grüße")))
                            .summary())
                    .isEqualTo("PASS: HTTP 200");
        }
    }

    @Test
    void unpacksWhatTheServerPacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write("Welcome".getBytes(StandardCharsets.UTF_8));
        }
        String head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n";
        try (RawServer raw = RawServer.answering(head + latin(packed.toByteArray()))) {
            assertThat(run(HttpCheck.get(raw.url("/")).expectBody(containing("Welcome")))
                            .summary())
                    .isEqualTo("PASS: HTTP 200");
        }
    }

    @Test
    void aBodyMayBeAsLargeAsTheLimitAndNotLarger() {
        HttpCheck check = HttpCheck.get(url).expectBody(containing("x")).maxBody(1_000);
        answer(200, "x".repeat(1_000));
        answer(200, "x".repeat(1_001));

        assertThat(run(check).summary()).isEqualTo("PASS: HTTP 200");
        CheckResult larger = run(check);
        assertThat(larger.summary()).isEqualTo("TOO_LARGE: body has more than 1000 bytes");
        assertThat(larger.evidence().excerpt()).startsWith("xxx");
    }

    @Test
    void aBodyNobodyJudgesMayBeOfAnySize() {
        answer(200, "x".repeat(3_000_000));

        assertThat(run(HttpCheck.get(url).maxBody(10)).summary()).isEqualTo("PASS: HTTP 200");
    }

    @Test
    void judgesHowLongItTook() {
        HttpCheck check = HttpCheck.get(url);
        for (int i = 0; i < 4; i++) {
            answer(200, "");
        }

        assertThat(slow(check.warnAbove(ofMillis(100))).summary())
                .matches("WARN: HTTP 200 in [0-9.]+ s, more than 100 ms");
        assertThat(slow(check.failAbove(ofMillis(200))).summary())
                .matches("ASSERTION: HTTP 200 in [0-9.]+ s, more than 200 ms");
        assertThat(slow(check.warnAbove(ofMillis(100)).failAbove(ofMillis(200))).verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(check.warnAbove(ofMillis(1))
                        .failAbove(ofMillis(2))
                        .run(FixedContext.of(ofSeconds(20), new SteppingTime(Duration.ZERO)))
                        .summary())
                .isEqualTo("PASS: HTTP 200");
    }

    @Test
    void opensAndClosesAConnectionWithEachRun() throws Exception {
        try (RawServer raw = RawServer.holding("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            HttpCheck check = HttpCheck.get(raw.url("/"));
            run(check);
            run(check);

            assertThat(raw.accepted()).isEqualTo(2);
            await().until(() -> raw.served() == 2);
        }
    }

    @Test
    void looksUpTheNameWithEachRun() {
        AtomicInteger lookups = new AtomicInteger();
        HttpCheck check = HttpCheck.get("http://shop.example:" + server.getPort() + "/")
                .over(wire(host -> {
                    lookups.incrementAndGet();
                    return List.of(InetAddress.getByName("127.0.0.1"));
                }));
        answer(200, "");
        answer(200, "");

        run(check);
        run(check);

        assertThat(lookups).hasValue(2);
    }

    private void answer(int status, String body) {
        boolean empty = status == 204 || status == 304;
        MockResponse.Builder response = new MockResponse.Builder().code(status);
        server.enqueue((empty ? response : response.body(body)).build());
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static CheckResult run(HttpCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }

    private static CheckResult slow(HttpCheck check) {
        return check.run(FixedContext.of(ofSeconds(20), new SteppingTime(ofMillis(300))));
    }

    static Wire wire(Resolver resolver) {
        return new Wire(new NameLookup(resolver), Trust.system());
    }
}
