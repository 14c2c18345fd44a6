package io.sitemonitor.check.tcp;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.SteppingTime;
import io.sitemonitor.check.internal.FixedNames;
import io.sitemonitor.check.internal.FullPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A name with two addresses on one port: the server is at 127.0.0.1 alone, whatever else a test adds. */
@Timeout(60)
@DisplayName("Second opinion before DOWN, over TCP")
class TcpSecondOpinionTest {

    private final RawServer server = new RawServer(RawServer::drain);

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void passesSilentlyWhenTheFirstAddressWorks() {
        CheckResult result = run(check("127.0.0.1", "127.0.0.2"));

        assertThat(result.summary()).isEqualTo("PASS: connected");
        assertThat(result.evidence().facts()).isEmpty();
    }

    @Test
    void warnsWhenOneOfTwoAddressesRefuses() {
        CheckResult result = run(check("127.0.0.2", "127.0.0.1"));

        assertThat(result.summary())
                .isEqualTo("WARN: one of 2 addresses fails: 127.0.0.2 (connection refused); 127.0.0.1 works");
        assertThat(result.evidence().address()).isEqualTo("127.0.0.1:" + server.port());
        assertThat(result.evidence().phases().keySet()).containsExactly("dns", "connect");
        assertThat(result.evidence().facts().toString())
                .isEqualTo("{address1=127.0.0.2 fails: CONNECT: connection refused by 127.0.0.2:" + server.port()
                        + ", address2=127.0.0.1 works}");
    }

    @Test
    void warnsWhenOneOfTwoAddressesIsSilent() throws Exception {
        try (FullPort silent = new FullPort("127.0.0.2", server.port())) {
            assertThat(silent.port()).isEqualTo(server.port());
            CheckResult result = check("127.0.0.2", "127.0.0.1").run(FixedContext.of(ofSeconds(2)));

            assertThat(result.summary())
                    .matches("WARN: one of 2 addresses fails: 127.0.0.2 \\(no connection within [0-9]+ ms"
                            + " \\(connecting\\)\\); 127.0.0.1 works");
        }
    }

    @Test
    void passesOverAllThatRefuse() {
        assertThat(run(check("127.0.0.2", "127.0.0.3", "127.0.0.2", "127.0.0.1"))
                        .summary())
                .isEqualTo(
                        "WARN: 2 of 3 addresses fail: 127.0.0.2 (connection refused); 127.0.0.3 (connection refused);"
                                + " 127.0.0.1 works");
    }

    @Test
    void asksTheOtherFamilyFirst() throws Exception {
        try (ServerSocket six = ipv6()) {
            CheckResult result = run(TcpCheck.connect("some.name", six.getLocalPort())
                    .confirmByOtherAddress()
                    .resolver(FixedNames.resolver("127.0.0.2", "127.0.0.1", "::1")));

            assertThat(result.message())
                    .isEqualTo("one of the 2 addresses asked (of 3) fails: 127.0.0.2 (connection refused);"
                            + " 0:0:0:0:0:0:0:1 works");
        }
    }

    @Test
    void failsAsTheFirstDoesWhenNoneWorks() throws Exception {
        try (FullPort silent = new FullPort("127.0.0.3", server.port())) {
            CheckResult result = check("127.0.0.2", "127.0.0.3").run(FixedContext.of(ofMillis(500)));

            assertThat(result.summary())
                    .isEqualTo("CONNECT: none of 2 addresses works: 127.0.0.2 (connection refused);"
                            + " 127.0.0.3 (no connection within 500 ms (connecting))");
            assertThat(result.evidence().address()).isNull();
            assertThat(result.evidence().facts().values())
                    .containsExactly(
                            "127.0.0.2 fails: CONNECT: connection refused by 127.0.0.2:" + server.port(),
                            "127.0.0.3 fails: TIMEOUT: no connection within 500 ms (connecting to 127.0.0.3:"
                                    + silent.port() + ")");
        }
    }

    @Test
    void failsAsEverWhenThereIsOneAddress() {
        String summary = "CONNECT: connection refused by 127.0.0.2:" + server.port();

        assertThat(run(check("127.0.0.2")).summary()).isEqualTo(summary);
        assertThat(run(check("127.0.0.2", "127.0.0.2")).summary()).isEqualTo(summary);
        assertThat(run(TcpCheck.connect("127.0.0.2", server.port()).confirmByOtherAddress())
                        .summary())
                .isEqualTo(summary);
    }

    @Test
    void doesNotCountTheTimeLostOnAnAddressThatFails() {
        TcpCheck check = check("127.0.0.2", "127.0.0.1").warnAbove(ofMillis(800));
        FixedContext slow = FixedContext.of(ofSeconds(20), new SteppingTime(ofMillis(100)));

        assertThat(check.run(slow).message())
                .isEqualTo("one of 2 addresses fails: 127.0.0.2 (connection refused); 127.0.0.1 works");
        CheckResult slower = check.warnAbove(ofMillis(10)).run(slow);
        assertThat(slower.message())
                .isEqualTo("one of 2 addresses fails: 127.0.0.2 (connection refused); 127.0.0.1 works;"
                        + " connected in 700 ms, more than 10 ms");
    }

    @Test
    void endsWhenItIsCancelledBetweenTheAddresses() throws Exception {
        try (FullPort first = new FullPort("127.0.0.2");
                FullPort second = new FullPort("127.0.0.3", first.port())) {
            FixedContext context = FixedContext.of(ofMinutes(5));
            FutureTask<CheckResult> run = new FutureTask<>(() -> TcpCheck.connect("some.name", second.port())
                    .confirmByOtherAddress()
                    .resolver(FixedNames.resolver("127.0.0.2", "127.0.0.3"))
                    .run(context));
            Thread thread = new Thread(run);
            thread.start();
            await().until(() -> TcpCheckTest.isConnecting(thread));

            context.cancel();

            assertThat(run.get(20, TimeUnit.SECONDS).summary())
                    .isEqualTo("INCONCLUSIVE: the run was ended from outside");
        }
    }

    @Test
    void doesNotConnectOnAnInterruptedThread() {
        Thread.currentThread().interrupt();

        CheckResult result = run(TcpCheck.connect("127.0.0.1", server.port()).confirmByOtherAddress());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.summary()).isEqualTo("INCONCLUSIVE: the run was interrupted");
    }

    @Test
    void isAnOptionLikeAnyOther() {
        TcpCheck check = TcpCheck.connect("gw.internal", 443);

        assertThat(check.confirmByOtherAddress())
                .isEqualTo(check.confirmByOtherAddress())
                .hasSameHashCodeAs(check.confirmByOtherAddress())
                .isNotEqualTo(check)
                .hasToString("TCP gw.internal:443 (confirmed by another address)");
        assertThat(check.confirmByOtherAddress().warnAbove(ofMillis(5)))
                .isEqualTo(check.warnAbove(ofMillis(5)).confirmByOtherAddress());
    }

    private TcpCheck check(String... addresses) {
        return TcpCheck.connect("some.name", server.port())
                .confirmByOtherAddress()
                .resolver(FixedNames.resolver(addresses));
    }

    private static CheckResult run(TcpCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }

    private static ServerSocket ipv6() {
        try {
            return new ServerSocket(0, 50, InetAddress.getByName("::1"));
        } catch (IOException e) {
            return Assumptions.abort("this machine has no loopback address of IPv6");
        }
    }
}
