package io.sitemonitor.check.http;

import static io.sitemonitor.check.http.BodyExpectation.containing;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.internal.NameLookup;
import io.sitemonitor.check.internal.Trust;
import io.sitemonitor.check.internal.http.Wire;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** P16: every run ends at its deadline, with bounded memory and no connection left, whatever the server does. */
@Timeout(60)
@DisplayName("P16: hostile servers")
class HostileServerTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";

    @AfterEach
    void noConnectionIsLeft() {
        assertThat(Wire.shared().connections()).isZero();
    }

    @Test
    void silenceAfterTheRequest() throws Exception {
        try (RawServer server = RawServer.holding("")) {
            CheckResult result = end(server, "waiting for the head of the answer");

            assertThat(result.summary())
                    .isEqualTo("TIMEOUT: no complete answer within 400 ms (connected to 127.0.0.1:" + server.port()
                            + ", waiting for the head of the answer)");
            assertThat(result.evidence().phases().keySet()).containsExactly("connect", "firstByte");
        }
    }

    @Test
    void aHeadThatDrips() throws Exception {
        try (RawServer server = new RawServer(socket -> drip(socket, "", OK + "X-Slow: " + "y".repeat(10_000)))) {
            end(server, "waiting for the head of the answer");
        }
    }

    @Test
    void aBodyThatDrips() throws Exception {
        try (RawServer server =
                new RawServer(socket -> drip(socket, OK + "Content-Length: 10000\r\n\r\n", "y".repeat(10_000)))) {
            end(server, "receiving the body, ");
        }
    }

    @Test
    void aBodyThatNeverBegins() throws Exception {
        try (RawServer server = RawServer.holding(OK + "Content-Length: 5\r\n\r\n")) {
            end(server, "receiving the body, 0 bytes so far");
        }
    }

    @Test
    void aBodyOfAFailureThatNeverBegins() throws Exception {
        try (RawServer server = RawServer.holding("HTTP/1.1 503 Busy\r\nContent-Length: 500\r\n\r\nabc")) {
            CheckResult result = HttpCheck.get(server.url("/")).run(FixedContext.of(ofMillis(400)));

            assertThat(result.summary()).isEqualTo("STATUS: HTTP 503");
            assertThat(result.evidence().excerpt()).isEqualTo("abc");
            await().until(() -> server.served() == 1);
        }
    }

    @Test
    void aServerThatDoesNotReadTheRequest() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (RawServer server = new RawServer(socket -> over.await(50, TimeUnit.SECONDS))) {
            CheckResult result = HttpCheck.post(server.url("/"))
                    .body("text/plain", "x".repeat(1_000_000))
                    .run(FixedContext.of(ofMillis(400)));

            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.TIMEOUT);
            over.countDown();
        }
    }

    @Test
    void aHeadWithoutEnd() throws Exception {
        try (RawServer server = new RawServer(socket -> flood(socket, OK, "X-Header: " + "y".repeat(500) + "\r\n"))) {
            assertThat(run(server).summary())
                    .isEqualTo("TOO_LARGE: answer has more than 65536 bytes of head on the wire");
            await().until(() -> server.served() == 1);
        }
    }

    @Test
    void aLineWithoutEnd() throws Exception {
        try (RawServer server = new RawServer(socket -> flood(socket, OK + "X: ", "y".repeat(500)))) {
            assertThat(run(server).summary())
                    .isEqualTo("TOO_LARGE: answer has more than 65536 bytes of head on the wire");
        }
    }

    @Test
    void interimAnswersWithoutEnd() throws Exception {
        try (RawServer server = new RawServer(socket -> flood(socket, "", "HTTP/1.1 103 Early\r\n\r\n"))) {
            CheckResult result = HttpCheck.get(server.url("/")).run(FixedContext.of(ofSeconds(2)));

            assertThat(result.failure()).as(result.summary()).isIn(FailureKind.TOO_LARGE, FailureKind.TIMEOUT);
            await().until(() -> server.served() == 1);
        }
    }

    @Test
    void aBodyWithoutEnd() throws Exception {
        try (RawServer server = new RawServer(socket -> flood(socket, OK + "\r\n", "y".repeat(5_000)))) {
            assertThat(HttpCheck.get(server.url("/"))
                            .expectBody(containing("x"))
                            .run(FixedContext.of(ofSeconds(20)))
                            .summary())
                    .isEqualTo("TOO_LARGE: body has more than 524288 bytes");
            assertThat(run(server).summary()).isEqualTo("PASS: HTTP 200");
            await().until(() -> server.served() == 2);
        }
    }

    @Test
    void aBodyThatUnpacksWithoutEnd() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                out.write(zeros);
            }
        }
        String packed = bomb.toString(StandardCharsets.ISO_8859_1);
        try (RawServer server = RawServer.answering(OK + "Content-Encoding: gzip\r\n\r\n" + packed)) {
            assertThat(HttpCheck.get(server.url("/"))
                            .expectBody(containing("x"))
                            .run(FixedContext.of(ofSeconds(20)))
                            .summary())
                    .isEqualTo("TOO_LARGE: body has more than 524288 bytes");
        }
    }

    @Test
    void aBodyThatIsCutShort() throws Exception {
        try (RawServer server = RawServer.answering(OK + "Content-Length: 100\r\n\r\nabc")) {
            CheckResult result = run(server);

            assertThat(result.summary()).isEqualTo("PROTOCOL: body is broken after 3 bytes: unexpected end of stream");
        }
    }

    @Test
    void aChunkThatIsCutShort() throws Exception {
        try (RawServer server = RawServer.answering(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nab")) {
            assertThat(run(server).failure()).isEqualTo(FailureKind.PROTOCOL);
        }
    }

    @Test
    void aBodyThatIsNotPackedAsItSays() throws Exception {
        try (RawServer server = RawServer.answering(OK + "Content-Encoding: gzip\r\n\r\nnot at all")) {
            assertThat(run(server).failure()).isEqualTo(FailureKind.PROTOCOL);
        }
    }

    @Test
    void aConnectionThatIsClosedBeforeTheAnswer() throws Exception {
        try (RawServer server = RawServer.answering("")) {
            assertThat(run(server).summary())
                    .isEqualTo("CONNECT: connection closed by 127.0.0.1:" + server.port() + " before it answered");
        }
    }

    @Test
    void aConnectionThatIsReset() throws Exception {
        try (RawServer server = new RawServer(socket -> {
            RawServer.readHead(socket);
            socket.setSoLinger(true, 0);
        })) {
            CheckResult result = run(server);

            assertThat(result.failure()).isEqualTo(FailureKind.CONNECT);
            assertThat(result.message())
                    .startsWith("connection to 127.0.0.1:" + server.port() + " lost: Connection reset");
        }
    }

    @Test
    void aConnectionThatIsHalfClosed() throws Exception {
        try (RawServer server = new RawServer(socket -> {
            RawServer.readHead(socket);
            socket.shutdownOutput();
            RawServer.drain(socket);
        })) {
            assertThat(run(server).failure()).isEqualTo(FailureKind.CONNECT);
            await().until(() -> server.served() == 1);
        }
    }

    @Test
    void aConnectionOfHttp2ThatIsClosedBeforeTheAnswer() throws Exception {
        try (RawServer server = new RawServer(socket -> {
            RawServer.readHead(socket);
            socket.shutdownOutput();
            RawServer.drain(socket);
        })) {
            CheckResult result = HttpCheck.get(server.url("/"))
                    .version(HttpVersion.HTTP_2_PRIOR_KNOWLEDGE)
                    .run(FixedContext.of(ofSeconds(20)));

            assertThat(result.summary())
                    .isEqualTo("CONNECT: connection closed by 127.0.0.1:" + server.port() + " before it answered");
            await().until(() -> server.served() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9\r\n",
                "HTTP/9.9 200 OK\r\n\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n",
                "HTTP/1.1 204 OK\r\nContent-Length: 5\r\n\r\nabcde",
                "HTTP/1.1 407 Proxy\r\nContent-Length: 0\r\n\r\n"
            })
    void anAnswerThatIsNoHttp(String bytes) throws Exception {
        try (RawServer server = RawServer.answering(bytes)) {
            CheckResult result = run(server);

            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.PROTOCOL);
        }
    }

    @Test
    void anyBytesAtAll() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String valid = OK + "Content-Length: 12\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
        for (int i = 0; i < 300; i++) {
            StringBuilder bytes = new StringBuilder(valid);
            for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
                int at = random.nextInt(bytes.length());
                if (random.nextBoolean()) {
                    bytes.setCharAt(at, (char) random.nextInt(256));
                } else {
                    bytes.delete(at, at + random.nextInt(5));
                }
            }
            try (RawServer server = RawServer.answering(bytes.toString())) {
                CheckResult result = HttpCheck.get(server.url("/"))
                        .expectBody(containing("h"))
                        .run(FixedContext.of(ofSeconds(20)));

                assertThat(result.failure()).as("seed %d: %s", seed, result).isNotEqualTo(FailureKind.CHECK_ERROR);
                assertThat(result.message()).as("seed %d", seed).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void faultsOfAnotherServer(Fault fault) {
        WireMockServer server =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
        server.start();
        try {
            server.stubFor(WireMock.any(WireMock.anyUrl())
                    .willReturn(WireMock.aResponse().withFault(fault)));

            CheckResult result = HttpCheck.get("http://127.0.0.1:" + server.port() + "/")
                    .expectBody(containing("x"))
                    .run(FixedContext.of(ofSeconds(20)));

            assertThat(result.failure())
                    .as(result.summary())
                    .isIn(FailureKind.CONNECT, FailureKind.PROTOCOL, FailureKind.ASSERTION);
        } finally {
            server.stop();
        }
    }

    @Test
    void aNameServerThatIsSilent() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        NameLookup names = new NameLookup(host -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        });

        CheckResult result = HttpCheck.get("http://shop.example/")
                .over(new Wire(names, Trust.system()))
                .run(FixedContext.of(ofMillis(400)));

        assertThat(result.summary()).isEqualTo("TIMEOUT: no complete answer within 400 ms (looking up the name)");
        over.countDown();
    }

    private static CheckResult end(RawServer server, String doing) {
        Duration timeout = ofMillis(400);
        CheckResult result = HttpCheck.get(server.url("/")).run(FixedContext.of(timeout));

        assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(result.message()).contains("within 400 ms (").contains(doing);
        await().until(() -> server.served() == 1);
        return result;
    }

    private static CheckResult run(RawServer server) {
        return HttpCheck.get(server.url("/")).run(FixedContext.of(ofSeconds(20)));
    }

    private static void drip(Socket socket, String first, String slowly) throws Exception {
        RawServer.readHead(socket);
        RawServer.send(socket, first);
        CountDownLatch never = new CountDownLatch(1);
        OutputStream out = socket.getOutputStream();
        for (byte next : slowly.getBytes(StandardCharsets.ISO_8859_1)) {
            out.write(next);
            out.flush();
            if (never.await(10, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private static void flood(Socket socket, String first, String again) throws Exception {
        RawServer.readHead(socket);
        RawServer.send(socket, first);
        while (true) {
            RawServer.send(socket, again);
        }
    }
}
