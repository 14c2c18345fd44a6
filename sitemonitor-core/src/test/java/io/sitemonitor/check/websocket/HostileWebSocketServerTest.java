package io.sitemonitor.check.websocket;

import static io.sitemonitor.check.TextExpectation.containing;
import static io.sitemonitor.check.websocket.Upgraded.close;
import static io.sitemonitor.check.websocket.Upgraded.frame;
import static io.sitemonitor.check.websocket.Upgraded.raw;
import static io.sitemonitor.check.websocket.Upgraded.text;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RawServer;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** P16: every run ends at its deadline, with bounded memory and no connection left, whatever the server does. */
@Timeout(60)
@DisplayName("P16: hostile WebSocket servers")
class HostileWebSocketServerTest {

    private static final String UPGRADE = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Accept: KEY\r\n";

    static Stream<Arguments> frames() {
        byte[] large = frame(0x02, new byte[40_000]);
        return Stream.of(
                Arguments.of(raw(0xC1, 0), "PROTOCOL: a frame has reserved bits set"),
                Arguments.of(raw(0xA1, 0), "PROTOCOL: a frame has reserved bits set"),
                Arguments.of(raw(0x91, 0), "PROTOCOL: a frame has reserved bits set"),
                Arguments.of(raw(0x83, 0), "PROTOCOL: a frame has the unknown opcode 3"),
                Arguments.of(raw(0x8B, 0), "PROTOCOL: a frame has the unknown opcode 11"),
                Arguments.of(raw(0x81, 0x81, 1, 2, 3, 4, 5), "PROTOCOL: a frame of the server is masked"),
                Arguments.of(raw(0x09, 0), "PROTOCOL: a control frame is fragmented"),
                Arguments.of(raw(0x89, 126, 0, 126), "PROTOCOL: a control frame has more than 125 bytes"),
                Arguments.of(raw(0x80, 0), "PROTOCOL: a message begins with a continuation"),
                Arguments.of(raw(0x01, 0, 0x81, 0), "PROTOCOL: a message begins within another one"),
                Arguments.of(
                        raw(0x82, 126, 0, 125), "PROTOCOL: the length of a frame is not written as short as it can be"),
                Arguments.of(
                        raw(0x82, 127, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF),
                        "PROTOCOL: the length of a frame is not written as short as it can be"),
                Arguments.of(raw(0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 0), "PROTOCOL: a frame has a negative length"),
                Arguments.of(
                        raw(0x82, 127, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF),
                        "TOO_LARGE: answer has a message of more than 65536 bytes"),
                Arguments.of(
                        raw(0x81, 127, 0, 0, 0, 0, 0, 1, 0, 1),
                        "TOO_LARGE: answer has a message of more than 65536 bytes"),
                Arguments.of(
                        joined(large, frame(0x80, new byte[40_000])),
                        "TOO_LARGE: answer has a message of more than 65536 bytes"),
                Arguments.of(raw(0x81, 2, 0xC3, 0x28), "PROTOCOL: a text is no UTF-8"),
                Arguments.of(raw(0x81, 3, 0xED, 0xA0, 0x80), "PROTOCOL: a text is no UTF-8"),
                Arguments.of(raw(0x01, 1, 0xC3, 0x80, 1, 'a'), "PROTOCOL: a text is no UTF-8"),
                Arguments.of(raw(0x88, 1, 3), "PROTOCOL: a close frame has half a code"),
                Arguments.of(raw(0x88, 2, 0, 0), "PROTOCOL: a close frame has the code 0, which may not be sent"),
                Arguments.of(close(1005, ""), "PROTOCOL: a close frame has the code 1005, which may not be sent"),
                Arguments.of(close(1016, ""), "PROTOCOL: a close frame has the code 1016, which may not be sent"),
                Arguments.of(close(5000, ""), "PROTOCOL: a close frame has the code 5000, which may not be sent"),
                Arguments.of(raw(0x88, 3, 3, 0xE8, 0xFF), "PROTOCOL: the reason of a close frame is no UTF-8"),
                Arguments.of(raw(0x88, 0), "STATUS: closed by the server with 1005 (no reason)"),
                Arguments.of(
                        close(1008, "who?\r\n"), "STATUS: closed by the server with 1008 (policy violation): who?  "),
                Arguments.of(close(1011, ""), "STATUS: closed by the server with 1011 (internal error)"),
                Arguments.of(
                        close(4401, "sign in"),
                        "STATUS: closed by the server with 4401 (of the application): sign in"));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void framesThatAreNotWhatTheyShouldBe(byte[] bytes, String summary) throws Exception {
        try (RawServer server = Upgraded.saying(bytes)) {
            assertThat(run(to(server).expectText(containing("a"))).summary()).isEqualTo(summary);
            await().until(() -> server.served() == 1);
        }
    }

    @Test
    void aMessageOfTheLargestSizeIsTaken() throws Exception {
        try (RawServer server = Upgraded.saying(
                frame(0x02, new byte[40_000]), frame(0x00, new byte[20_000]), frame(0x80, new byte[5_536]))) {
            assertThat(run(to(server).expectBytes(bytes -> bytes.length == 65_536 ? null : "another size"))
                            .summary())
                    .isEqualTo("PASS: answered as expected");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "100 Continue, STATUS: HTTP 100",
        "200 OK, STATUS: HTTP 200",
        "302 Found, STATUS: HTTP 302",
        "426 Upgrade Required, STATUS: HTTP 426",
        "503 Busy, STATUS: HTTP 503"
    })
    void anAnswerOtherThanTheUpgrade(String status, String summary) throws Exception {
        try (RawServer server = RawServer.holding("HTTP/1.1 " + status + "\r\n")) {
            CheckResult result = run(to(server));

            assertThat(result.summary()).isEqualTo(summary);
            assertThat(result.evidence().facts()).containsEntry("status", status.substring(0, 3));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9\r\n",
                "HTTP/2 101\r\n\r\n",
                "HTTP/1.1 1010 Switching\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n: nothing\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n folded\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: close\r\n\r\n",
                UPGRADE + "\r\n"
            })
    void anAnswerThatIsNoUpgrade(String bytes) throws Exception {
        try (RawServer server = RawServer.holding(bytes)) {
            CheckResult result = run(to(server));

            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.PROTOCOL);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-WebSocket-Extensions: permessage-deflate, server uses an extension that was not offered: permessage-deflate",
        "Sec-WebSocket-Protocol: news, server chose a subprotocol that was not offered: news",
        "Sec-WebSocket-Accept: again, answer does not belong to the key that was sent",
        "Upgrade: h2c, answer does not upgrade to WebSocket"
    })
    void anUpgradeToSomethingElse(String header, String message) throws Exception {
        try (RawServer server = upgrading(header + "\r\n")) {
            assertThat(run(to(server).subprotocol("chat")).summary()).isEqualTo("PROTOCOL: " + message);
        }
    }

    @Test
    void anUpgradeWithoutTheSubprotocol() throws Exception {
        try (RawServer server = upgrading("")) {
            assertThat(run(to(server)).summary()).isEqualTo("PASS: upgraded");
            assertThat(run(to(server).subprotocol("chat").subprotocol("news")).summary())
                    .isEqualTo("ASSERTION: server speaks none of the subprotocols [chat, news]");
        }
    }

    @Test
    void anUpgradeWithoutTheKey() throws Exception {
        try (RawServer server = RawServer.holding(UPGRADE.replace("KEY", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") + "\r\n")) {
            assertThat(run(to(server)).summary())
                    .isEqualTo("PROTOCOL: answer does not belong to the key that was sent");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 1", "HTTP/1.1 101 Switching Protocols\r\n", UPGRADE})
    void silenceWithinTheUpgrade(String bytes) throws Exception {
        try (RawServer server = RawServer.holding(bytes)) {
            assertTimeout(server, to(server), "waiting for the answer to the upgrade");
        }
    }

    @Test
    void silenceAfterTheUpgrade() throws Exception {
        for (byte[] bytes : new byte[][] {
            {}, raw(0x81), raw(0x81, 5, 'h'), raw(0x81, 127, 0, 0), raw(0x01, 1, 'h'), raw(0x81, 126, 0xFF, 0xFF, 'h')
        }) {
            try (RawServer server = Upgraded.saying(bytes)) {
                assertTimeout(server, to(server).expectText(containing("a")), "waiting for a message");
            }
        }
        try (RawServer server = Upgraded.saying(text("no pong"), raw(0x8A, 0))) {
            assertTimeout(server, to(server).expectPong(), "waiting for the answer to a ping");
        }
        try (RawServer server = Upgraded.saying(text("no close"))) {
            assertTimeout(server, to(server).expectClose(), "waiting for the end of the connection");
        }
    }

    @Test
    void aServerThatDoesNotAnswerTheHandshake() throws Exception {
        try (RawServer server = new RawServer(RawServer::drain)) {
            assertTimeout(
                    server, WebSocketCheck.connect("wss://127.0.0.1:" + server.port() + "/"), "in the TLS handshake");
        }
    }

    @Test
    void messagesThatDrip() throws Exception {
        try (RawServer server = new RawServer(socket -> {
            Upgraded.accept(socket);
            Upgraded.send(socket, raw(0x81, 126, 0x20, 0));
            CountDownLatch never = new CountDownLatch(1);
            while (!never.await(10, TimeUnit.MILLISECONDS)) {
                socket.getOutputStream().write('y');
            }
        })) {
            assertTimeout(server, to(server).expectText(containing("a")), "waiting for a message");
        }
    }

    @Test
    void aConnectionThatIsClosedAtAnyPoint() throws Exception {
        try (RawServer before = RawServer.answering("");
                RawServer within = RawServer.answering("HTTP/1.1 101 Switching Protocols\r\nUpg");
                RawServer after = new RawServer(Upgraded::accept);
                RawServer half = new RawServer(socket -> {
                    Upgraded.accept(socket);
                    Upgraded.send(socket, raw(0x81, 5, 'h'));
                    socket.shutdownOutput();
                    RawServer.drain(socket);
                })) {
            assertThat(run(to(before)).summary())
                    .startsWith("CONNECT: connection closed by 127.0.0.1:" + before.port() + " before it answered");
            assertThat(run(to(within)).failure()).isEqualTo(FailureKind.PROTOCOL);
            assertThat(run(to(after).expectText(containing("a"))).summary())
                    .startsWith("PROTOCOL: connection closed by 127.0.0.1:" + after.port() + " within an answer (")
                    .endsWith("waiting for a message)");
            assertThat(run(to(half).expectText(containing("a"))).failure()).isEqualTo(FailureKind.PROTOCOL);
            await().until(() -> half.served() == 1);
        }
    }

    @Test
    void aConnectionThatIsReset() throws Exception {
        try (RawServer server = new RawServer(socket -> {
            Upgraded.accept(socket);
            socket.setSoLinger(true, 0);
        })) {
            assertThat(run(to(server).expectText(containing("a"))).failure())
                    .isIn(FailureKind.CONNECT, FailureKind.PROTOCOL);
        }
    }

    static Stream<Arguments> floods() {
        return Stream.of(
                Arguments.of(raw(0x01, 0), raw(0x00, 0), "PROTOCOL: a message has more than 1024 frames"),
                Arguments.of(raw(), raw(0x89, 0), "PROTOCOL: more than 64 pings come"),
                Arguments.of(raw(), frame(0x8A, new byte[125]), "TOO_LARGE: answer has more than 1048576 bytes"),
                Arguments.of(
                        raw(0x02, 0),
                        frame(0x00, new byte[1_000]),
                        "TOO_LARGE: answer has a message of more than 65536 bytes"));
    }

    @ParameterizedTest
    @MethodSource("floods")
    void aFlood(byte[] first, byte[] again, String summary) throws Exception {
        try (RawServer server = flooding(first, again)) {
            assertThat(run(to(server).expectText(containing("a"))).summary()).isEqualTo(summary);
            await().until(() -> server.served() == 1);
        }
    }

    @Test
    void aFloodOfMessagesWhileSomethingElseIsAwaited() throws Exception {
        try (RawServer server = flooding(raw(), text("y".repeat(5_000)))) {
            assertThat(run(to(server).expectPong()).summary())
                    .isEqualTo("TOO_LARGE: answer has more than 1048576 bytes");
            assertThat(run(to(server).expectClose()).summary())
                    .isEqualTo("TOO_LARGE: answer has more than 1048576 bytes");
        }
    }

    @Test
    void aHeadWithoutEnd() throws Exception {
        try (RawServer lines = new RawServer(socket -> {
                    RawServer.readHead(socket);
                    RawServer.send(socket, "HTTP/1.1 101 Switching Protocols\r\n");
                    while (true) {
                        RawServer.send(socket, "X-More: " + "y".repeat(100) + "\r\n");
                    }
                });
                RawServer line = new RawServer(socket -> {
                    RawServer.readHead(socket);
                    while (true) {
                        RawServer.send(socket, "y".repeat(500));
                    }
                })) {
            assertThat(run(to(lines)).summary()).isEqualTo("PROTOCOL: answer has more than 100 headers");
            assertThat(run(to(line)).summary()).isEqualTo("PROTOCOL: answer has a line of more than 8192 bytes");
        }
    }

    @Test
    void anyBytesAtAll() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] valid = joined(raw(0x89, 1, 'p', 0x01, 2, 'h', 'e'), raw(0x80, 3, 'l', 'l', 'o'), close(1000, "bye"));
        for (int i = 0; i < 200; i++) {
            byte[] bytes = valid.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try (RawServer server = new RawServer(socket -> {
                Upgraded.accept(socket);
                Upgraded.send(socket, bytes);
            })) {
                CheckResult result = run(to(server).expectText(containing("h")).expectClose());

                assertThat(result.failure()).as("seed %d: %s", seed, result).isNotEqualTo(FailureKind.CHECK_ERROR);
                assertThat(result.message()).as("seed %d", seed).isNotEmpty();
            }
        }
    }

    private static void assertTimeout(RawServer server, WebSocketCheck check, String doing) {
        CheckResult result = check.run(FixedContext.of(ofMillis(400)));

        assertThat(result.summary())
                .startsWith("TIMEOUT: no complete answer within 400 ms (connected to 127.0.0.1:" + server.port())
                .endsWith(doing + ")");
        await().until(() -> server.served() == 1);
    }

    private static RawServer flooding(byte[] first, byte[] again) {
        return new RawServer(socket -> {
            Upgraded.accept(socket);
            Upgraded.send(socket, first);
            while (true) {
                socket.getOutputStream().write(again);
            }
        });
    }

    /** Agrees to the upgrade with one more header. */
    private static RawServer upgrading(String header) {
        return new RawServer(socket -> {
            String agreement = Upgraded.agreement(RawServer.readHead(socket));
            RawServer.send(socket, agreement.substring(0, agreement.length() - 2) + header + "\r\n");
            RawServer.drain(socket);
        });
    }

    private static byte[] joined(byte[]... parts) {
        byte[] all = new byte[Stream.of(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static WebSocketCheck to(RawServer server) {
        return WebSocketCheck.connect("ws://127.0.0.1:" + server.port() + "/");
    }

    private static CheckResult run(WebSocketCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
