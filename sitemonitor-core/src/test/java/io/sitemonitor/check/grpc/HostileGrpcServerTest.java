package io.sitemonitor.check.grpc;

import static io.sitemonitor.check.Http2.END;
import static io.sitemonitor.check.Http2.END_STREAM;
import static io.sitemonitor.check.Http2.HEAD;
import static io.sitemonitor.check.Http2.SERVING;
import static io.sitemonitor.check.Http2.START;
import static io.sitemonitor.check.Http2.data;
import static io.sitemonitor.check.Http2.frame;
import static io.sitemonitor.check.Http2.headers;
import static io.sitemonitor.check.Http2.joined;
import static io.sitemonitor.check.Http2.message;
import static io.sitemonitor.check.Http2.number;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.Http2;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.internal.http.Wire;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** P16: every run ends at its deadline, with bounded memory and no connection left, whatever the server does. */
@Timeout(60)
@DisplayName("P16: hostile gRPC servers")
class HostileGrpcServerTest {

    private static final byte[] ANSWER = joined(START, HEAD, SERVING, END);

    @AfterEach
    void noConnectionIsLeft() {
        assertThat(Wire.http2(null).connections()).isZero();
    }

    @Test
    void theAnswerByHandIsTakenForWhatItIs() throws Exception {
        try (RawServer server = answering(ANSWER)) {
            assertThat(run(server).summary()).isEqualTo("PASS: SERVING");
            await().until(() -> server.served() == 1);
        }
    }

    static Stream<Arguments> silences() {
        return Stream.of(
                Arguments.of(new byte[0], "waiting for the head of the answer"),
                Arguments.of(START, "waiting for the head of the answer"),
                Arguments.of(joined(START, new byte[] {0, 0, 40, 1, 4}), "waiting for the head of the answer"),
                Arguments.of(joined(START, HEAD), "receiving the body"),
                Arguments.of(joined(START, HEAD, data(0, (byte) 0, (byte) 0)), "receiving the body"),
                Arguments.of(joined(START, HEAD, data(0, new byte[] {0, 0, 0, 0, 9, 8})), "receiving the body"),
                Arguments.of(joined(START, HEAD, SERVING), "receiving the body"));
    }

    @ParameterizedTest
    @MethodSource("silences")
    void silenceAtAnyPoint(byte[] first, String doing) throws Exception {
        try (RawServer server = answering(first)) {
            CheckResult result = briefly(server);

            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.TIMEOUT);
            assertThat(result.message())
                    .startsWith("no complete answer within 400 ms (")
                    .endsWith(doing + ")");
            await().until(() -> server.served() == 1);
        }
    }

    @Test
    void aServerThatDoesNotAnswerTheHandshake() throws Exception {
        try (RawServer server = new RawServer(RawServer::drain)) {
            CheckResult result =
                    GrpcHealthCheck.connect("127.0.0.1", server.port()).run(FixedContext.of(ofMillis(400)));

            assertThat(result.summary())
                    .isEqualTo("TIMEOUT: no complete answer within 400 ms (connected to 127.0.0.1:" + server.port()
                            + ", in the TLS handshake)");
            await().until(() -> server.served() == 1);
        }
    }

    @Test
    void anAnswerThatDrips() throws Exception {
        byte[] slow = joined(START, headers(0, ":status", "200", "x-slow", "y".repeat(5_000)));
        try (RawServer server = new RawServer(socket -> {
            Http2.readRequest(socket);
            CountDownLatch never = new CountDownLatch(1);
            for (byte next : slow) {
                socket.getOutputStream().write(next);
                if (never.await(10, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        })) {
            assertThat(briefly(server).failure()).isEqualTo(FailureKind.TIMEOUT);
            await().until(() -> server.served() == 1);
        }
    }

    static Stream<Arguments> closings() {
        return Stream.of(
                Arguments.of(new byte[0], "CONNECT: connection closed by PEER before it answered"),
                Arguments.of(START, "CONNECT: connection closed by PEER before it answered"),
                Arguments.of(
                        joined(START, new byte[] {0, 0, 40, 1, 4}),
                        "CONNECT: connection closed by PEER before it answered"),
                Arguments.of(joined(START, HEAD), "PROTOCOL: answer is broken: connection closed by PEER"),
                Arguments.of(
                        joined(START, HEAD, data(0, (byte) 0)),
                        "PROTOCOL: answer is broken: connection closed by PEER"),
                Arguments.of(joined(START, HEAD, SERVING), "PROTOCOL: answer is broken: connection closed by PEER"));
    }

    @ParameterizedTest
    @MethodSource("closings")
    void aConnectionThatIsClosedAtAnyPoint(byte[] first, String summary) throws Exception {
        try (RawServer server = closing(first)) {
            assertThat(run(server).summary()).isEqualTo(summary.replace("PEER", "127.0.0.1:" + server.port()));
        }
    }

    @Test
    void aConnectionThatIsClosedAtOnce() throws Exception {
        try (RawServer server = new RawServer(socket -> {})) {
            CheckResult result = run(server);

            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.CONNECT);
        }
    }

    @Test
    void aConnectionThatIsReset() throws Exception {
        try (RawServer server = new RawServer(socket -> {
            Http2.readRequest(socket);
            socket.setSoLinger(true, 0);
        })) {
            assertThat(run(server).summary())
                    .startsWith("CONNECT: connection to 127.0.0.1:" + server.port() + " lost: Connection reset");
        }
    }

    @Test
    void aConnectionThatIsHalfClosed() throws Exception {
        try (RawServer server = new RawServer(socket -> {
            Http2.readRequest(socket);
            socket.shutdownOutput();
            Http2.drain(socket);
        })) {
            assertThat(run(server).failure()).isEqualTo(FailureKind.CONNECT);
            await().until(() -> server.served() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", "SSH-2.0-OpenSSH_9\r\n", "\0\0\0\0"})
    void anotherProtocol(String bytes) throws Exception {
        try (RawServer server = closing(bytes.getBytes(StandardCharsets.ISO_8859_1))) {
            CheckResult result = run(server);

            assertThat(result.failure()).as(result.summary()).isIn(FailureKind.PROTOCOL, FailureKind.CONNECT);
            assertThat(result.message()).doesNotContain("null");
        }
    }

    @Test
    void aStreamThatIsReset() throws Exception {
        byte[] refused = frame(Http2.RST_STREAM, 0, Http2.STREAM, number(7));
        try (RawServer server = answering(joined(START, refused));
                RawServer later = answering(joined(START, HEAD, refused))) {
            assertThat(run(server).summary()).isEqualTo("PROTOCOL: answer is broken: stream was reset: REFUSED_STREAM");
            assertThat(run(later).summary()).isEqualTo("PROTOCOL: answer is broken: stream was reset: REFUSED_STREAM");
        }
    }

    @Test
    void aServerThatSaysGoodbyeBeforeItIsAsked() throws Exception {
        byte[] goodbye = frame(Http2.GOAWAY, 0, 0, joined(number(0), number(0)));
        try (RawServer server = new RawServer(socket -> {
            socket.getOutputStream().write(joined(START, goodbye));
            Http2.drain(socket);
        })) {
            CheckResult result = run(server);

            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.PROTOCOL);
            assertThat(result.message()).doesNotContain("null");
        }
    }

    static Stream<Arguments> lies() {
        byte[] head = joined(START, HEAD);
        byte[] html = headers(0, ":status", "200", "content-type", "text/html");
        byte[] web = headers(0, ":status", "200", "content-type", "application/grpc-web");
        return Stream.of(
                Arguments.of(joined(head, END), "PROTOCOL: answer has no message"),
                Arguments.of(
                        joined(head, SERVING, data(END_STREAM)),
                        "PROTOCOL: answer is broken: it ends without a grpc-status"),
                Arguments.of(
                        joined(head, SERVING, headers(END_STREAM, "grpc-status", "ok\u0007")),
                        "PROTOCOL: answer is broken: grpc-status is no number: 'ok\uFFFD'"),
                Arguments.of(
                        joined(head, SERVING, headers(END_STREAM, "grpc-status", "99999999999")),
                        "PROTOCOL: answer is broken: grpc-status is no number: '99999999999'"),
                Arguments.of(joined(head, SERVING, headers(END_STREAM, "grpc-status", "99")), "STATUS: status 99"),
                Arguments.of(
                        joined(head, headers(END_STREAM, "grpc-status", "14", "grpc-message", "100%zz %41%")),
                        "STATUS: UNAVAILABLE: 100%zz A%"),
                Arguments.of(
                        joined(
                                START,
                                headers(
                                        END_STREAM,
                                        ":status",
                                        "200",
                                        "content-type",
                                        "application/grpc+proto",
                                        "grpc-status",
                                        "16")),
                        "STATUS: UNAUTHENTICATED"),
                Arguments.of(
                        joined(
                                START,
                                headers(
                                        END_STREAM,
                                        ":status",
                                        "200",
                                        "content-type",
                                        "application/grpc",
                                        "grpc-status",
                                        "0")),
                        "PROTOCOL: answer has no message"),
                Arguments.of(joined(START, headers(END_STREAM, ":status", "503")), "STATUS: HTTP 503"),
                Arguments.of(joined(START, html, END), "PROTOCOL: answer is none of gRPC: its type is text/html"),
                Arguments.of(
                        joined(START, web, END), "PROTOCOL: answer is none of gRPC: its type is application/grpc-web"),
                Arguments.of(
                        joined(START, headers(END_STREAM, ":status", "200")),
                        "PROTOCOL: answer is none of gRPC: it has no type"),
                Arguments.of(
                        joined(head, data(0, new byte[] {1, 0, 0, 0, 2, 8, 1}), END),
                        "PROTOCOL: answer is broken: its message is compressed, which was not asked for"),
                Arguments.of(
                        joined(head, data(0, new byte[] {7, 0, 0, 0, 2, 8, 1}), END),
                        "PROTOCOL: answer is broken: it is no frame of gRPC"),
                Arguments.of(
                        joined(head, data(0, new byte[] {0, -1, -1, -1, -1, 8})),
                        "TOO_LARGE: answer has a message of 4294967295 bytes, more than 4096"),
                Arguments.of(
                        joined(head, data(0, new byte[] {0, 0, 0, 0, 9, 8, 1}), END),
                        "PROTOCOL: answer is broken: it ends within a frame"),
                Arguments.of(
                        joined(head, data(0, new byte[] {0, 0}), END),
                        "PROTOCOL: answer is broken: it ends within a frame"),
                Arguments.of(
                        joined(head, SERVING, SERVING, END),
                        "PROTOCOL: answer is broken: it has more than one message"));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void anAnswerThatIsNotWhatItShouldBe(byte[] bytes, String summary) throws Exception {
        try (RawServer server = answering(bytes)) {
            assertThat(run(server).summary()).isEqualTo(summary);
            await().until(() -> server.served() == 1);
        }
    }

    static Stream<Arguments> messages() {
        String broken = "PROTOCOL: answer is broken: its message is none of the health service";
        return Stream.of(
                Arguments.of(message(), "STATUS: UNKNOWN"),
                Arguments.of(message(8, 7), "STATUS: state 7"),
                Arguments.of(message(8, 0x81, 0x00), "PASS: SERVING"),
                Arguments.of(message(8, 2, 8, 1), "PASS: SERVING"),
                Arguments.of(
                        message(0x12, 2, 9, 9, 8, 1, 0x18, 5, 0x25, 1, 2, 3, 4, 0x29, 1, 2, 3, 4, 5, 6, 7, 8),
                        "PASS: SERVING"),
                Arguments.of(message(8), broken),
                Arguments.of(message(8, 0x80), broken),
                Arguments.of(message(8, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1), broken),
                Arguments.of(message(0x12, 9, 1), broken),
                Arguments.of(message(0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1), broken),
                Arguments.of(message(0x0B), broken),
                Arguments.of(message(0x25, 1), broken),
                Arguments.of(message(8, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1), "STATUS: state -1"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void anyMessage(byte[] message, String summary) throws Exception {
        try (RawServer server = answering(joined(START, HEAD, data(0, message), END))) {
            assertThat(run(server).summary()).isEqualTo(summary);
        }
    }

    static Stream<Arguments> floods() {
        byte[] head = joined(START, HEAD);
        byte[] filler = Http2.fields("x-more", "y".repeat(400));
        return Stream.of(
                Arguments.of(joined(head, data(0, new byte[] {0, 0, 0, 16, 0})), data(0)),
                Arguments.of(
                        joined(START, frame(Http2.HEADERS, 0, Http2.STREAM, filler)),
                        frame(Http2.CONTINUATION, 0, Http2.STREAM, filler)),
                Arguments.of(START, frame(Http2.PING, 0, 0, new byte[8])),
                Arguments.of(START, frame(Http2.SETTINGS, 0, 0)),
                Arguments.of(START, headers(0, ":status", "103")),
                Arguments.of(head, headers(0, "x-more", "y".repeat(400))));
    }

    @ParameterizedTest
    @MethodSource("floods")
    void aFlood(byte[] first, byte[] again) throws Exception {
        try (RawServer server = new RawServer(socket -> {
            Http2.readRequest(socket);
            socket.getOutputStream().write(first);
            while (true) {
                socket.getOutputStream().write(again);
            }
        })) {
            CheckResult result = GrpcHealthCheck.connect("127.0.0.1", server.port())
                    .plainText()
                    .run(FixedContext.of(ofSeconds(5)));

            assertThat(result.failure())
                    .as(result.summary())
                    .isIn(FailureKind.TOO_LARGE, FailureKind.PROTOCOL, FailureKind.TIMEOUT);
            await().until(() -> server.served() == 1);
        }
    }

    @Test
    void aFloodOfDataIsTooLarge() throws Exception {
        try (RawServer server = new RawServer(socket -> {
            Http2.readRequest(socket);
            socket.getOutputStream().write(joined(START, HEAD, SERVING));
            while (true) {
                socket.getOutputStream().write(data(0));
            }
        })) {
            assertThat(run(server).summary()).isEqualTo("TOO_LARGE: answer has more than 131072 bytes on the wire");
            await().until(() -> server.served() == 1);
        }
    }

    @Test
    void aFloodOfPingsIsTooLarge() throws Exception {
        try (RawServer server = new RawServer(socket -> {
            Http2.readRequest(socket);
            socket.getOutputStream().write(joined(START, HEAD, SERVING));
            while (true) {
                socket.getOutputStream().write(frame(Http2.PING, 1, 0, new byte[8]));
            }
        })) {
            assertThat(run(server).summary())
                    .isEqualTo("TOO_LARGE: answer has more than 65536 bytes beside its body on the wire");
            await().until(() -> server.served() == 1);
        }
    }

    /** One large field, kept in the table of the connection, then asked for again with one byte each. */
    @Test
    void aHeadThatUnpacksWithoutEnd() throws Exception {
        byte[] large = Http2.fields("x-large", "y".repeat(3_900));
        large[0] = 0x40;
        byte[] again = new byte[16_000];
        Arrays.fill(again, (byte) (0x80 | 62));
        byte[] first = joined(Http2.fields(":status", "200", "content-type", "application/grpc"), large);
        try (RawServer server = answering(joined(
                START,
                frame(Http2.HEADERS, 0, Http2.STREAM, first),
                frame(Http2.CONTINUATION, 0, Http2.STREAM, again),
                frame(Http2.CONTINUATION, 0, Http2.STREAM, again),
                frame(Http2.CONTINUATION, 0, Http2.STREAM, again),
                frame(Http2.CONTINUATION, Http2.END_HEADERS, Http2.STREAM, again),
                SERVING,
                END))) {
            CheckResult result = run(server);

            assertThat(result.verdict()).as(result.summary()).isIn(Verdict.PASS, Verdict.FAIL);
            await().until(() -> server.served() == 1);
        }
    }

    @Test
    void anyBytesAtAll() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = ANSWER.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try (RawServer server = closing(bytes)) {
                CheckResult result = GrpcHealthCheck.connect("127.0.0.1", server.port())
                        .plainText()
                        .run(FixedContext.of(ofSeconds(2)));

                assertThat(result.failure()).as("seed %d: %s", seed, result).isNotEqualTo(FailureKind.CHECK_ERROR);
                assertThat(result.message()).as("seed %d", seed).isNotEmpty().doesNotContain("null");
            }
        }
    }

    private static CheckResult run(RawServer server) {
        return GrpcHealthCheck.connect("127.0.0.1", server.port()).plainText().run(FixedContext.of(ofSeconds(20)));
    }

    private static CheckResult briefly(RawServer server) {
        return GrpcHealthCheck.connect("127.0.0.1", server.port()).plainText().run(FixedContext.of(ofMillis(400)));
    }

    /** Sends this in answer to a request, and waits until the other side hangs up. */
    private static RawServer answering(byte[] bytes) {
        return new RawServer(socket -> {
            answer(socket, bytes);
            Http2.drain(socket);
        });
    }

    /** Sends this in answer to a request, and hangs up. */
    private static RawServer closing(byte[] bytes) {
        return new RawServer(socket -> {
            answer(socket, bytes);
            socket.shutdownOutput();
            Http2.drain(socket);
        });
    }

    private static void answer(Socket socket, byte[] bytes) throws Exception {
        Http2.readRequest(socket);
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }
}
