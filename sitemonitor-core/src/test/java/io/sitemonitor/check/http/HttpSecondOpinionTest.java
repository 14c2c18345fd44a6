package io.sitemonitor.check.http;

import static io.sitemonitor.check.http.BodyExpectation.containing;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.RawServer.Manners;
import io.sitemonitor.check.SteppingTime;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.internal.FixedNames;
import io.sitemonitor.check.internal.FullPort;
import io.sitemonitor.check.internal.NameLookup;
import io.sitemonitor.check.internal.Trust;
import io.sitemonitor.check.internal.http.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A name whose addresses share a port; each is served in a way of its own, or not at all. */
@Timeout(60)
@DisplayName("Second opinion before DOWN, over HTTP")
class HttpSecondOpinionTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String BUSY = "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy";

    private final Deque<RawServer> servers = new ArrayDeque<>();
    private final RawServer good = serve("127.0.0.1", 0, OK);

    @AfterEach
    void closeAndLeaveNothing() throws IOException {
        for (RawServer server : servers) {
            await().until(() -> server.served() == server.accepted());
            server.close();
        }
        assertThat(Wire.shared().connections()).isZero();
    }

    @Test
    void passesSilentlyWhenTheFirstAddressWorks() {
        RawServer other = serve("127.0.0.2", good.port(), BUSY);

        CheckResult result = run(check("127.0.0.1", "127.0.0.2"));

        assertThat(result.summary()).isEqualTo("PASS: HTTP 200");
        assertThat(result.evidence().facts()).containsOnlyKeys("status", "protocol");
        assertThat(other.accepted()).isZero();
    }

    @Test
    @DisplayName("An address that refuses is not passed over silently")
    void warnsWhenOneOfTwoAddressesRefuses() {
        HttpCheck check = check("127.0.0.2", "127.0.0.1");

        CheckResult result = run(check);

        assertThat(result.summary())
                .isEqualTo("WARN: one of 2 addresses fails: 127.0.0.2 (connection refused); 127.0.0.1 works");
        assertThat(result.evidence().address()).isEqualTo("127.0.0.1:" + good.port());
        assertThat(result.evidence().facts().toString())
                .isEqualTo("{status=200, protocol=HTTP/1.1, address1=127.0.0.2 fails: CONNECT: connection refused by"
                        + " 127.0.0.2:" + good.port() + ", address2=127.0.0.1 works}");
        assertThat(result.evidence().phases().keySet()).containsExactly("dns", "connect", "firstByte", "body");
    }

    @Test
    void withoutTheOptionTheNextAddressIsTakenSilently() {
        assertThat(run(HttpCheck.get("http://shop.example:" + good.port() + "/").over(names("127.0.0.2", "127.0.0.1")))
                        .summary())
                .isEqualTo("PASS: HTTP 200");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 503 Busy,HTTP 503",
        "HTTP/1.1 404 No,HTTP 404",
        "Nonsense,answer is broken: Unexpected status line: Nonsense",
        "HTTP/1.1 301 Go,HTTP 301 does not say where to go",
        "'',connection closed before it answered"
    })
    void warnsWhenOneOfTwoAddressesAnswersBadly(String line, String brief) {
        serve("127.0.0.2", good.port(), line.isEmpty() ? "" : line + "\r\nContent-Length: 0\r\n\r\n");

        CheckResult result = run(check("127.0.0.2", "127.0.0.1"));

        assertThat(result.summary())
                .isEqualTo("WARN: one of 2 addresses fails: 127.0.0.2 (" + brief + "); 127.0.0.1 works");
    }

    @Test
    void warnsWhenOneOfTwoAddressesHasAnotherBody() {
        serve("127.0.0.2", good.port(), OK.replace("\r\nok", "\r\nno"));

        CheckResult result = run(check("127.0.0.2", "127.0.0.1").expectBody(containing("ok")));

        assertThat(result.summary())
                .isEqualTo("WARN: one of 2 addresses fails: 127.0.0.2 (body does not contain 'ok'); 127.0.0.1 works");
        assertThat(result.evidence().excerpt()).isEqualTo("no");
    }

    @Test
    @DisplayName("The first attempt leaves the second one half of the timeout")
    void warnsWhenOneOfTwoAddressesHangs() {
        serve("127.0.0.2", good.port(), RawServer::drain);

        CheckResult result = check("127.0.0.2", "127.0.0.1").run(FixedContext.of(ofSeconds(2)));

        assertThat(result.summary())
                .matches("WARN: one of 2 addresses fails: 127.0.0.2 \\(no complete answer within [0-9]+ ms"
                        + " \\(connected, waiting for the head of the answer\\)\\); 127.0.0.1 works");
    }

    @Test
    void warnsWhenOneOfTwoAddressesDoesNotAccept() throws Exception {
        try (FullPort full = new FullPort("127.0.0.2", good.port())) {
            HttpCheck check = check("127.0.0.2", "127.0.0.1");

            assertThat(check.run(FixedContext.of(ofSeconds(2))).message())
                    .matches("one of 2 addresses fails: 127.0.0.2 \\(no complete answer within [0-9]+ ms"
                            + " \\(connecting\\)\\); 127.0.0.1 works");
            assertThat(run(check.connectTimeout(ofMillis(100))).message())
                    .isEqualTo("one of 2 addresses fails: 127.0.0.2 (no connection within 100 ms); 127.0.0.1 works");
            assertThat(full.port()).isEqualTo(good.port());
        }
    }

    @Test
    void failsAsTheFirstDoesWhenNoneWorks() {
        serve("127.0.0.2", good.port(), BUSY);

        CheckResult result = run(check("127.0.0.2", "127.0.0.3"));

        assertThat(result.summary())
                .isEqualTo("STATUS: none of 2 addresses works: 127.0.0.2 (HTTP 503); 127.0.0.3 (connection refused)");
        assertThat(result.evidence().address()).isEqualTo("127.0.0.2:" + good.port());
        assertThat(result.evidence().excerpt()).isEqualTo("busy");
        assertThat(result.evidence().facts())
                .containsEntry("status", "503")
                .containsEntry("address1", "127.0.0.2 fails: STATUS: HTTP 503")
                .containsEntry("address2", "127.0.0.3 fails: CONNECT: connection refused by 127.0.0.3:" + good.port());
    }

    @Test
    @DisplayName("P16: two addresses that hang end within one timeout")
    void endsWithinOneTimeoutWhenBothHang() {
        serve("127.0.0.2", good.port(), RawServer::drain);
        serve("127.0.0.3", good.port(), RawServer::drain);

        CheckResult result = check("127.0.0.2", "127.0.0.3").run(FixedContext.of(ofSeconds(2)));

        assertThat(result.summary())
                .matches("TIMEOUT: none of 2 addresses works: 127.0.0.2 \\(no complete answer within [0-9]+ ms"
                        + " \\(connected, waiting for the head of the answer\\)\\); 127.0.0.3 \\(no complete answer"
                        + " within 2 s \\(connected, waiting for the head of the answer\\)\\)");
    }

    @Test
    void failsAsEverWhenThereIsOneAddress() {
        serve("127.0.0.2", good.port(), BUSY);

        CheckResult result = run(check("127.0.0.2"));

        assertThat(result.summary()).isEqualTo("STATUS: HTTP 503");
        assertThat(result.evidence().facts()).containsOnlyKeys("status", "protocol");
        assertThat(run(check("127.0.0.2", "127.0.0.2")).summary()).isEqualTo("STATUS: HTTP 503");
        assertThat(run(HttpCheck.get("http://127.0.0.2:" + good.port() + "/").confirmByOtherAddress())
                        .summary())
                .isEqualTo("STATUS: HTTP 503");
    }

    @Test
    void asksNoMoreThanTwoAddressesThatAccept() {
        RawServer second = serve("127.0.0.2", good.port(), BUSY);
        RawServer third = serve("127.0.0.3", good.port(), BUSY);

        CheckResult result = run(check("127.0.0.4", "127.0.0.2", "127.0.0.3", "127.0.0.1"));

        assertThat(result.summary())
                .isEqualTo("CONNECT: none of the 3 addresses asked (of 4) works: 127.0.0.4 (connection refused);"
                        + " 127.0.0.2 (HTTP 503); 127.0.0.3 (HTTP 503)");
        assertThat(List.of(second.accepted(), third.accepted(), good.accepted()))
                .containsExactly(1, 1, 0);
    }

    @ParameterizedTest
    @CsvSource({"429,STATUS,HTTP 429", "200,TOO_LARGE,body has more than 4 bytes"})
    void doesNotAskAgainWhatAnotherAddressWouldRepeat(int status, FailureKind kind, String message) {
        serve("127.0.0.2", good.port(), "HTTP/1.1 " + status + " X\r\nContent-Length: 5\r\n\r\n12345");

        CheckResult result =
                run(check("127.0.0.2", "127.0.0.1").expectBody(body -> null).maxBody(4));

        assertThat(result.summary()).isEqualTo(kind + ": " + message);
        assertThat(good.accepted()).isZero();
    }

    @Test
    void doesNotAskAgainWhenAnExpectationThrows() {
        HttpCheck check = check("127.0.0.1", "127.0.0.2").expectBody(body -> {
            throw new IllegalStateException("broken");
        });

        assertThat(run(check).failure()).isEqualTo(FailureKind.CHECK_ERROR);
        assertThat(good.accepted()).isOne();
    }

    @Test
    void makesTheSameRequestAgain() {
        List<String> received = new CopyOnWriteArrayList<>();
        serve("127.0.0.2", good.port(), socket -> {
            received.add(RawServer.readHead(socket));
            RawServer.send(socket, BUSY);
        });
        serve("127.0.0.3", good.port(), socket -> {
            received.add(RawServer.readHead(socket));
            RawServer.send(socket, OK);
        });

        CheckResult result = run(HttpCheck.post("http://shop.example:" + good.port() + "/a?b=c")
                .header("X-Api-Key", "secret-key")
                .body("text/plain", "x")
                .confirmByOtherAddress()
                .over(names("127.0.0.2", "127.0.0.3")));

        assertThat(result.verdict()).as(result.summary()).isEqualTo(Verdict.WARN);
        assertThat(received).hasSize(2);
        assertThat(received.get(1)).isEqualTo(received.get(0)).contains("X-Api-Key: secret-key");
    }

    @Test
    void goesOnWithARedirectOfTheOtherAddress() {
        String there =
                "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://127.0.0.1:" + good.port() + "/\r\n\r\n";
        serve("127.0.0.2", good.port(), BUSY);
        serve("127.0.0.3", good.port(), there);

        CheckResult result = run(check("127.0.0.2", "127.0.0.3"));

        assertThat(result.summary()).isEqualTo("WARN: one of 2 addresses fails: 127.0.0.2 (HTTP 503); 127.0.0.3 works");
        assertThat(result.evidence().facts()).containsEntry("redirects", "1").containsEntry("status", "200");
        assertThat(result.evidence().address()).isEqualTo("127.0.0.1:" + good.port());
    }

    @Test
    void aRedirectFromASecondOpinionHasTheWholeTimeoutAgain() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        NameLookup lookup = new NameLookup(host -> {
            if (host.equals("slow.example")) {
                awaitQuietly(over);
            }
            return List.of(InetAddress.getByName("127.0.0.2"), InetAddress.getByName("127.0.0.3"));
        });
        serve("127.0.0.2", good.port(), "HTTP/1.1 302 Found\r\nLocation: http://slow.example/\r\n\r\n");

        CheckResult result = HttpCheck.get("http://shop.example:" + good.port() + "/")
                .confirmByOtherAddress()
                .over(new Wire(lookup, Trust.system()))
                .run(FixedContext.of(ofSeconds(2)));
        over.countDown();

        assertThat(result.summary()).isEqualTo("TIMEOUT: no complete answer within 2 s (looking up the name)");
    }

    @Test
    void saysWhatFailsBehindARedirect() {
        int closed = serve("127.0.0.4", 0, OK).port();
        String there = "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://127.0.0.1:" + closed + "/\r\n\r\n";
        serve("127.0.0.2", good.port(), there);

        CheckResult result = run(check("127.0.0.3", "127.0.0.2"));

        assertThat(result.summary()).isEqualTo("CONNECT: connection refused by 127.0.0.1:" + closed);
        assertThat(result.evidence().facts()).containsEntry("address2", "127.0.0.2 works");
    }

    @Test
    void doesNotCountTheTimeLostOnAnAddressThatFails() {
        HttpCheck check = check("127.0.0.2", "127.0.0.1");
        String one = "one of 2 addresses fails: 127.0.0.2 (connection refused); 127.0.0.1 works";

        CheckResult slow = slow(check.warnAbove(ofMillis(1)));
        assertThat(slow.message()).matches("\\Q" + one + "\\E; HTTP 200 in 1.[0-9] s, more than 1 ms");
        assertThat(slow(check.failAbove(ofMillis(1_400))).message()).isEqualTo(one);
    }

    @Test
    void measuresThePhasesOfTheAddressThatWorks() {
        serve("127.0.0.2", good.port(), BUSY);

        CheckResult alone = slow(check("127.0.0.1"));
        CheckResult second = slow(check("127.0.0.2", "127.0.0.1"));

        assertThat(second.verdict()).isEqualTo(Verdict.WARN);
        assertThat(second.evidence().phases()).isEqualTo(alone.evidence().phases());
    }

    @Test
    void masksSecretsInWhatItTellsOfTheAddresses() {
        serve("127.0.0.2", good.port(), OK.replace("\r\nok", "\r\nno"));
        HttpCheck check = check("127.0.0.2", "127.0.0.1")
                .header("Authorization", "Bearer abc-secret")
                .expectBody(body -> body.equals("ok") ? null : "it wants Bearer abc-secret");

        CheckResult result = run(check);

        assertThat(result.evidence().facts()).containsEntry("address1", "127.0.0.2 fails: ASSERTION: it wants ***");
        assertThat(result.toString()).doesNotContain("abc-secret");
    }

    @Test
    void endsWhenItIsCancelledDuringTheSecondAttempt() throws Exception {
        RawServer silent = serve("127.0.0.2", good.port(), RawServer::drain);
        FixedContext context = FixedContext.of(ofMinutes(5));
        FutureTask<CheckResult> run =
                new FutureTask<>(() -> check("127.0.0.3", "127.0.0.2").run(context));
        Thread thread = new Thread(run);
        thread.start();
        await().until(() -> silent.accepted() == 1);

        context.cancel();

        CheckResult result = run.get(20, TimeUnit.SECONDS);
        assertThat(result.summary()).isEqualTo("INCONCLUSIVE: the run was ended from outside");
        assertThat(result.evidence().facts()).containsKey("address1");
    }

    @Test
    void asksNobodyElseOnAnInterruptedThread() {
        RawServer other = serve("127.0.0.2", good.port(), OK);
        HttpCheck check = check("127.0.0.1", "127.0.0.2").expectBody(body -> {
            Thread.currentThread().interrupt();
            return "no";
        });

        CheckResult result = run(check);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.summary()).isEqualTo("INCONCLUSIVE: the run was interrupted");
        assertThat(other.accepted()).isZero();
    }

    private RawServer serve(String address, int port, String bytes) {
        return serve(address, port, socket -> {
            RawServer.readHead(socket);
            RawServer.send(socket, bytes);
        });
    }

    private RawServer serve(String address, int port, Manners manners) {
        RawServer server = new RawServer(address, port, manners);
        servers.add(server);
        return server;
    }

    private HttpCheck check(String... addresses) {
        return HttpCheck.get("http://shop.example:" + good.port() + "/")
                .confirmByOtherAddress()
                .over(names(addresses));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Wire names(String... addresses) {
        return new Wire(FixedNames.of(addresses), Trust.system());
    }

    private static CheckResult run(HttpCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }

    private static CheckResult slow(HttpCheck check) {
        return check.run(FixedContext.of(ofSeconds(20), new SteppingTime(ofMillis(100))));
    }
}
