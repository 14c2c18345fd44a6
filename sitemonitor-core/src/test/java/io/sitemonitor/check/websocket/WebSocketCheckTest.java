package io.sitemonitor.check.websocket;

import static io.sitemonitor.check.TextExpectation.containing;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.AddressPolicy;
import io.sitemonitor.check.Certificates;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.SteppingTime;
import io.sitemonitor.check.TlsExpectation;
import io.sitemonitor.check.TlsSettings;
import io.sitemonitor.check.Verdict;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the servers of OkHttp and Netty. */
@Timeout(60)
class WebSocketCheckTest {

    private static final Certificates CERTIFICATES = new Certificates();

    private final WebSocketServer server = new WebSocketServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anUpgradeIsEnough() throws Exception {
        server.start();

        CheckResult result = run(plain("/live"));

        assertThat(result.summary()).isEqualTo("PASS: upgraded");
        assertThat(result.evidence().facts()).containsEntry("status", "101");
        assertThat(result.evidence().address()).isEqualTo("127.0.0.1:" + server.port());
        assertThat(result.evidence().phases().keySet()).containsExactly("connect", "upgrade");
        await().untilAsserted(() -> assertThat(server.closings).containsExactly("1000"));
    }

    @Test
    void stepsAreTakenInOrder() throws Exception {
        server.start();
        byte[] bytes = new byte[300];
        bytes[299] = (byte) 0xFE;

        CheckResult result = run(plain("/live")
                .send("one: ä€😀")
                .send(bytes)
                .expectText(text -> text.equals("one: ä€😀") ? null : "message is '" + text + "'")
                .expectBytes(got -> got.length == 300 && got[299] == (byte) 0xFE ? null : "message is not the same")
                .expectPong()
                .expectClose());

        assertThat(result.summary()).isEqualTo("PASS: answered as expected");
        assertThat(result.evidence().facts()).containsEntry("close", "1000 (normal): bye");
        assertThat(result.evidence().excerpt()).startsWith("00 00 00");
        assertThat(result.evidence().phases().keySet())
                .containsExactly("connect", "upgrade", "dialogue", "ping", "close");
    }

    @Test
    void whatIsNotAsExpectedFailsOrWarns() throws Exception {
        server.start();
        WebSocketCheck check = plain("/live").send("hello");

        CheckResult failed = run(check.expectText(containing("welcome")));
        assertThat(failed.summary()).isEqualTo("ASSERTION: answer does not contain 'welcome'");
        assertThat(failed.evidence().excerpt()).isEqualTo("hello");
        assertThat(run(check.expectText(containing("welcome").orWarn()).expectPong())
                        .summary())
                .isEqualTo("WARN: answer does not contain 'welcome'");
        assertThat(run(check.expectBytes(bytes -> null)).summary())
                .isEqualTo("ASSERTION: message is a text, and no bytes");
        assertThat(run(plain("/live").send(new byte[3]).expectText(text -> null))
                        .summary())
                .isEqualTo("ASSERTION: message is no text, but 3 bytes");
    }

    @Test
    void aWarningIsNotTakenBackByALaterMessage() throws Exception {
        server.start();

        assertThat(run(plain("/live")
                                .send("a")
                                .send("b")
                                .expectText(containing("c").orWarn())
                                .expectText(containing("b")))
                        .summary())
                .isEqualTo("WARN: answer does not contain 'c'");
    }

    @Test
    void largeMessagesComeBackWhole() throws Exception {
        server.start();

        assertThat(run(plain("/live")
                                .send("y".repeat(16_000))
                                .expectText(text -> text.equals("y".repeat(16_000)) ? null : "another"))
                        .summary())
                .isEqualTo("PASS: answered as expected");
    }

    @Test
    void whatIsSentArrives() throws Exception {
        server.start();
        AtomicInteger turn = new AtomicInteger();
        WebSocketCheck check = plain("/live?a=b%20c")
                .header("X-Region", "old")
                .header("x-region", "eu-1")
                .header("Authorization", Secret.from(() -> "Bearer " + turn.incrementAndGet()))
                .subprotocol("chat.v1")
                .subprotocol("chat.v2");

        CheckResult result = run(check);

        assertThat(result.summary()).isEqualTo("PASS: upgraded");
        assertThat(result.evidence().facts()).containsEntry("subprotocol", "chat.v2");
        assertThat(server.requests).singleElement().satisfies(request -> {
            assertThat(request.getTarget()).isEqualTo("/live?a=b%20c");
            assertThat(request.getHeaders().values("X-Region")).containsExactly("eu-1");
            assertThat(request.getHeaders().get("Authorization")).startsWith("Bearer ");
            assertThat(request.getHeaders().get("Host")).isEqualTo("127.0.0.1:" + server.port());
            assertThat(request.getHeaders().get("User-Agent")).startsWith("sitemonitor");
            assertThat(request.getHeaders().get("Sec-WebSocket-Protocol")).isEqualTo("chat.v1, chat.v2");
            assertThat(request.getHeaders().get("Sec-WebSocket-Extensions")).isNull();
        });
    }

    @Test
    void everyRunHasAKeyOfItsOwn() throws Exception {
        server.start();
        WebSocketCheck check = plain("/live");

        run(check);
        run(check);

        assertThat(server.requests)
                .extracting(request -> request.getHeaders().get("Sec-WebSocket-Key"))
                .doesNotHaveDuplicates()
                .allMatch(key -> key.length() == 24);
    }

    @Test
    void anotherServerIsContentToo() throws Exception {
        try (NettyServer netty = new NettyServer()) {
            WebSocketCheck check = WebSocketCheck.connect("ws://127.0.0.1:" + netty.port() + "/live");

            assertThat(run(check.subprotocol("chat")
                                    .send("zwölf Boxkämpfer")
                                    .expectText(text -> text.equals("zwölf Boxkämpfer") ? null : "another: " + text)
                                    .expectPong()
                                    .expectClose())
                            .summary())
                    .isEqualTo("PASS: answered as expected");
            assertThat(run(check.subprotocol("news")).verdict()).isEqualTo(Verdict.FAIL);
            assertThat(run(WebSocketCheck.connect("ws://127.0.0.1:" + netty.port() + "/other"))
                            .verdict())
                    .isEqualTo(Verdict.FAIL);
        }
    }

    @Test
    void overTlsTheCertificateIsVerified() throws Exception {
        server.server.useHttps(CERTIFICATES.server(CERTIFICATES.given("shop.example", ofHours(9))));
        server.start();
        WebSocketCheck check = WebSocketCheck.connect("wss://shop.example:" + server.port() + "/live")
                .address("127.0.0.1")
                .send("hello")
                .expectText(containing("hello"));

        CheckResult trusted = run(check.tls(CERTIFICATES.trusted()).expectPong());
        assertThat(trusted.summary()).isEqualTo("PASS: answered as expected");
        assertThat(trusted.evidence().facts()).containsEntry("tls", "TLSv1.3");
        assertThat(trusted.evidence().phases().keySet())
                .containsExactly("connect", "tls", "upgrade", "dialogue", "ping");
        assertThat(server.requests.get(0).getHeaders().get("Host")).isEqualTo("shop.example:" + server.port());

        assertThat(run(check).failure()).isEqualTo(FailureKind.TLS);
        assertThat(run(check.tls(CERTIFICATES.trusted())
                                .expectTls(TlsExpectation.validFor(ofDays(9)).orWarn()))
                        .verdict())
                .isEqualTo(Verdict.WARN);
        assertThat(run(WebSocketCheck.connect("wss://other.example:" + server.port() + "/live")
                                .address("127.0.0.1")
                                .tls(CERTIFICATES.trusted()))
                        .summary())
                .startsWith("TLS: certificate is not valid for other.example");
    }

    @Test
    @DisplayName("Security: the address policy judges the scheme and the address connected to")
    void refusesWhatThePolicyDoesNotAllow() throws Exception {
        server.start();

        assertThat(plain("/live")
                        .run(FixedContext.of(ofSeconds(20)).under(AddressPolicy.publicOnly()))
                        .summary())
                .isEqualTo("REFUSED_BY_POLICY: the address policy does not allow it: 127.0.0.1 is a loopback address");
        assertThat(plain("/live")
                        .run(FixedContext.of(ofSeconds(20))
                                .under(AddressPolicy.standard().schemes("https", "wss")))
                        .summary())
                .isEqualTo("REFUSED_BY_POLICY: the address policy does not allow it: scheme ws is not allowed");
        assertThat(server.requests).isEmpty();
        assertThat(plain("/live")
                        .run(FixedContext.of(ofSeconds(20))
                                .under(AddressPolicy.standard().schemes("ws")))
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void whatTakesTooLongWarnsOrFails() throws Exception {
        server.start();

        assertThat(plain("/live")
                        .warnAbove(ofMillis(500))
                        .run(FixedContext.of(ofSeconds(20), new SteppingTime(ofSeconds(1))))
                        .summary())
                .startsWith("WARN: upgraded in ");
        assertThat(plain("/live")
                        .failAbove(ofMillis(500))
                        .run(FixedContext.of(ofSeconds(20), new SteppingTime(ofSeconds(1))))
                        .failure())
                .isEqualTo(FailureKind.ASSERTION);
    }

    @Test
    void framesOfTheClientAreMaskedEachInItsOwnWay() throws Exception {
        List<byte[]> heard = new CopyOnWriteArrayList<>();
        try (RawServer raw = new RawServer(socket -> {
            Upgraded.accept(socket);
            for (int i = 0; i < 2; i++) {
                heard.add(socket.getInputStream().readNBytes(2 + 4 + 5));
            }
            Upgraded.send(socket, Upgraded.text("done"));
            RawServer.drain(socket);
        })) {
            assertThat(run(to(raw).send("hello").send("hello").expectText(containing("done")))
                            .verdict())
                    .isEqualTo(Verdict.PASS);
        }
        assertThat(heard).hasSize(2).allSatisfy(frame -> {
            assertThat(frame[0]).isEqualTo((byte) 0x81);
            assertThat(frame[1]).isEqualTo((byte) 0x85);
            assertThat((char) (frame[6] ^ frame[2])).isEqualTo('h');
            assertThat((char) (frame[10] ^ frame[2])).isEqualTo('o');
        });
        assertThat(heard.get(0)).isNotEqualTo(heard.get(1));
    }

    @Test
    void pingsOfTheServerAreAnswered() throws Exception {
        List<byte[]> heard = new CopyOnWriteArrayList<>();
        try (RawServer raw = new RawServer(socket -> {
            Upgraded.accept(socket);
            Upgraded.send(socket, Upgraded.raw(0x01, 2, 'h', 'e'), Upgraded.raw(0x89, 1, 'p'));
            heard.add(socket.getInputStream().readNBytes(2 + 4 + 1));
            Upgraded.send(socket, Upgraded.raw(0x8A, 0), Upgraded.raw(0x80, 3, 'l', 'l', 'o'));
            RawServer.drain(socket);
        })) {
            CheckResult result = run(to(raw).expectText(text -> text.equals("hello") ? null : "another: " + text));

            assertThat(result.summary()).isEqualTo("PASS: answered as expected");
        }
        assertThat(heard).singleElement().satisfies(frame -> {
            assertThat(frame[0]).isEqualTo((byte) 0x8A);
            assertThat((char) (frame[6] ^ frame[2])).isEqualTo('p');
        });
    }

    @Test
    void aSecretThatCannotBeSentIsAnErrorOfTheCheck() throws Exception {
        server.start();

        CheckResult lines = run(plain("/live").header("Authorization", Secret.of("two\r\nX: lines")));
        assertThat(lines.failure()).isEqualTo(FailureKind.CHECK_ERROR);
        assertThat(lines.message()).contains("Authorization").doesNotContain("two");
        assertThat(run(plain("/live").send(Secret.of("y".repeat(16_001)))).summary())
                .isEqualTo("CHECK_ERROR: what is sent must have at most 16000 bytes in all");
        assertThat(run(plain("/live")
                                .header("A", "y".repeat(8_000))
                                .header("B", "y".repeat(8_000))
                                .header("C", "y".repeat(8_000)))
                        .summary())
                .isEqualTo("CHECK_ERROR: the request must have at most 16384 bytes, headers included");
    }

    @ParameterizedTest
    @CsvSource({
        "ws://Shop.example, ws://Shop.example/, shop.example",
        "WSS://shop.example:443/a?b=c, wss://shop.example/a?b=c, shop.example",
        "ws://shop.example:443?b, ws://shop.example:443/?b, shop.example",
        "ws://[::1]:81/, ws://[::1]:81/, ::1",
        "ws://[2001:db8::7]/x, ws://[2001:db8::7]/x, 2001:db8::7",
        "wss://bücher.example/, wss://xn--bcher-kva.example/, xn--bcher-kva.example",
        "wss://a/?token=s3cret&x=1&API%5FKEY=%41bc&key, wss://a/?token=***&x=1&API%5FKEY=***&key, a"
    })
    void addressesAreShownWithoutWhatIsSecret(String url, String shown, String host) {
        WebSocketCheck check = WebSocketCheck.connect(url);

        assertThat(check.target()).isEqualTo(shown);
        assertThat(check).hasToString("WEBSOCKET " + shown);
        assertThat(check.host()).isEqualTo(host);
        assertThat(check.kind()).isEqualTo("websocket");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://shop.example/",
                "ws:/shop.example",
                "ws://",
                "ws:///path",
                "ws://user:s3cret@shop.example/",
                "ws://shop.example/#part",
                "ws://shop.example:0/",
                "ws://shop.example:99999/",
                "ws://shop.example:123456/",
                "ws://shop.example:/",
                "ws://shop.example:8a/",
                "ws://sh op/",
                "ws://shop.example/two words",
                "ws://shop.example/ä",
                "ws://shop.example/\r\nX: y",
                "ws://::1/"
            })
    void refusesAddressesThatAreNone(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebSocketCheck.connect(url))
                .withMessageNotContaining("s3cret");
        assertThatIllegalArgumentException().isThrownBy(() -> WebSocketCheck.connect("ws://a/" + "x".repeat(2_000)));
    }

    @Test
    void eachOptionMakesAnotherCheck() {
        WebSocketCheck check = WebSocketCheck.connect("wss://shop.example/live");

        assertThat(List.of(
                        check.header("A", "b"),
                        check.header("A", Secret.of("c")),
                        check.subprotocol("chat"),
                        check.send("a"),
                        check.send(Secret.of("a")),
                        check.send(new byte[] {'a'}),
                        check.expectText(containing("a")),
                        check.expectPong(),
                        check.expectClose(),
                        check.tls(TlsSettings.system().onlyTls13()),
                        WebSocketCheck.connect("wss://shop.example/other"),
                        WebSocketCheck.connect("ws://shop.example:443/live")))
                .doesNotHaveDuplicates()
                .doesNotContain(check);
        assertThat(check.send("a").expectText(containing("a")))
                .isEqualTo(check.send("a").expectText(containing("a")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "two words", "Sec-WebSocket-Key", "upgrade", "Connection", "Content-Length", "a:b", "ä"})
    void refusesNamesOfHeadersThatAreNone(String name) {
        WebSocketCheck check = WebSocketCheck.connect("ws://shop.example/");

        assertThatIllegalArgumentException().isThrownBy(() -> check.header(name, "value"));
        assertThatIllegalArgumentException().isThrownBy(() -> check.header(name, Secret.of("value")));
    }

    @Test
    void refusesWhatMakesNoSense() {
        WebSocketCheck check = WebSocketCheck.connect("ws://shop.example/");

        assertThatIllegalArgumentException().isThrownBy(() -> check.header("a", "line\nbreak"));
        assertThatIllegalArgumentException().isThrownBy(() -> check.subprotocol("two words"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.subprotocol("chat").subprotocol("chat"));
        assertThatIllegalArgumentException().isThrownBy(() -> check.send("y".repeat(16_001)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.send("y".repeat(9_000)).send(new byte[9_000]));
        assertThatIllegalStateException()
                .isThrownBy(() -> check.tls(TlsSettings.system()))
                .withMessage("an address of ws:// is not encrypted; use wss://");
        WebSocketCheck full = check;
        for (int i = 0; i < 64; i++) {
            full = full.expectText(containing("a"));
        }
        WebSocketCheck fullest = full;
        assertThatIllegalArgumentException().isThrownBy(() -> fullest.send("a"));
    }

    private WebSocketCheck plain(String path) {
        return WebSocketCheck.connect("ws://127.0.0.1:" + server.port() + path);
    }

    private static WebSocketCheck to(RawServer raw) {
        return WebSocketCheck.connect("ws://127.0.0.1:" + raw.port() + "/");
    }

    private static CheckResult run(WebSocketCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
