package io.sitemonitor.check.tcp;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.Resolver;
import io.sitemonitor.check.SteppingTime;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.internal.FixedNames;
import io.sitemonitor.check.internal.FullPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TcpCheckTest {

    @Test
    void tellsAddressAndPhases() throws Exception {
        try (RawServer server = new RawServer(RawServer::drain)) {
            CheckResult result =
                    run(TcpCheck.connect("some.name", server.port()).resolver(FixedNames.resolver("127.0.0.1")));

            assertThat(result.summary()).isEqualTo("PASS: connected");
            assertThat(result.evidence().address()).isEqualTo("127.0.0.1:" + server.port());
            assertThat(result.evidence().phases()).containsOnlyKeys("dns", "connect");
            assertThat(result.evidence().phases().keySet()).containsExactly("dns", "connect");
        }
    }

    @Test
    void closesItsConnection() throws Exception {
        try (RawServer server = new RawServer(RawServer::drain)) {
            run(TcpCheck.connect("127.0.0.1", server.port()));

            await().until(() -> server.served() == 1);
        }
    }

    @Test
    void triesTheNextAddressWhenOneRefuses() throws Exception {
        try (RawServer server = new RawServer(RawServer::drain)) {
            CheckResult result = run(TcpCheck.connect("some.name", server.port())
                    .resolver(FixedNames.resolver("127.0.0.2", "127.0.0.1")));

            assertThat(result.verdict()).isEqualTo(Verdict.PASS);
            assertThat(result.evidence().address()).isEqualTo("127.0.0.1:" + server.port());
        }
    }

    @Test
    void triesTheNextAddressWhenOneIsSilent() throws Exception {
        try (FullPort full = new FullPort("127.0.0.2");
                ServerSocket open = new ServerSocket(full.port(), 50, InetAddress.getByName("127.0.0.1"))) {
            CheckResult result = TcpCheck.connect("some.name", open.getLocalPort())
                    .resolver(FixedNames.resolver("127.0.0.2", "127.0.0.1"))
                    .run(FixedContext.of(ofSeconds(2)));

            assertThat(result.summary()).isEqualTo("PASS: connected");
        }
    }

    @Test
    void saysHowManyAddressesRefused() throws Exception {
        int port = closedPort();
        CheckResult result =
                run(TcpCheck.connect("some.name", port).resolver(FixedNames.resolver("127.0.0.1", "127.0.0.2")));

        assertThat(result.summary())
                .isEqualTo(
                        "CONNECT: connection refused by 127.0.0.1:" + port + " (first of 2 addresses, none accepts)");
        assertThat(result.evidence().address()).isNull();
    }

    @Test
    void reportsAnUnknownNameAsDns() {
        Resolver names = host -> {
            throw new UnknownHostException(host + ": Name or service not known");
        };

        CheckResult result = run(TcpCheck.connect("db.internal", 5432).resolver(names));

        assertThat(result.summary()).isEqualTo("DNS: cannot look up 'db.internal': Name or service not known");
        assertThat(result.evidence().phases()).containsOnlyKeys("dns");
    }

    @Test
    void aConnectionMayBeGivenLessTimeThanTheRun() throws Exception {
        try (FullPort full = new FullPort("127.0.0.1")) {
            assertThat(TcpCheck.connect("127.0.0.1", full.port())
                            .connectTimeout(ofMillis(100))
                            .run(FixedContext.of(ofSeconds(5)))
                            .summary())
                    .isEqualTo("CONNECT: no connection to 127.0.0.1:" + full.port() + " within 100 ms");
        }
    }

    @Test
    void reportsSilenceAsTimeout() throws Exception {
        try (FullPort full = new FullPort("127.0.0.1")) {
            CheckResult result = TcpCheck.connect("127.0.0.1", full.port()).run(FixedContext.of(ofMillis(300)));

            assertThat(result.summary())
                    .isEqualTo("TIMEOUT: no connection within 300 ms (connecting to 127.0.0.1:" + full.port() + ")");
            assertThat(result.evidence().phases()).containsOnlyKeys("connect");
        }
    }

    @Test
    void endsWhenItIsCancelledWhileConnecting() throws Exception {
        try (FullPort full = new FullPort("127.0.0.1")) {
            FixedContext context = FixedContext.of(ofMinutes(5));
            FutureTask<CheckResult> run = new FutureTask<>(
                    () -> TcpCheck.connect("127.0.0.1", full.port()).run(context));
            Thread thread = new Thread(run);
            thread.start();
            await().until(() -> context.canBeCancelled() && isConnecting(thread));

            context.cancel();

            assertThat(run.get(20, TimeUnit.SECONDS).summary())
                    .isEqualTo("INCONCLUSIVE: the run was ended from outside");
        }
    }

    @Test
    void warnsWhenItIsSlow() throws Exception {
        try (RawServer server = new RawServer(RawServer::drain)) {
            TcpCheck check = TcpCheck.connect("127.0.0.1", server.port());
            FixedContext slow = FixedContext.of(ofSeconds(20), new SteppingTime(ofMillis(100)));
            FixedContext fast = FixedContext.of(ofSeconds(20), new SteppingTime(Duration.ZERO));

            assertThat(check.warnAbove(ofMillis(10)).run(slow).summary())
                    .isEqualTo("WARN: connected in 300 ms, more than 10 ms");
            assertThat(check.warnAbove(ofMillis(10)).run(fast).verdict()).isEqualTo(Verdict.PASS);
        }
    }

    @Test
    void takesAddressesOfIpv6() {
        assertThat(TcpCheck.connect("[::1]", 443).target()).isEqualTo("[::1]:443");
        assertThat(TcpCheck.connect("::1", 443)).isEqualTo(TcpCheck.connect("[::1]", 443));
    }

    @Test
    void namesTheHostItBurdens() {
        assertThat(TcpCheck.connect("GW.Internal", 443).host()).isEqualTo("gw.internal");
        assertThat(TcpCheck.connect("[2001:DB8::7]", 443).host()).isEqualTo("2001:db8::7");
        assertThat(TcpCheck.connect("192.0.2.7", 443).host()).isEqualTo("192.0.2.7");
    }

    @Test
    void isEqualByItsOptions() {
        TcpCheck check = TcpCheck.connect("gw.internal", 443);

        assertThat(check).isEqualTo(TcpCheck.connect("gw.internal", 443)).hasToString("TCP gw.internal:443");
        assertThat(check).isNotEqualTo(TcpCheck.connect("gw.internal", 444));
        assertThat(check).isNotEqualTo(TcpCheck.connect("gw2.internal", 443));
        assertThat(check).isNotEqualTo(check.warnAbove(ofMillis(5)));
        assertThat(check.warnAbove(ofMillis(5))).isEqualTo(check.warnAbove(ofMillis(5)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536})
    void refusesPortsThatAreNone(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TcpCheck.connect("gw.internal", port))
                .withMessage("port must be from 1 to 65535, but was " + port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "http://a", "user@host", "[::1"})
    void refusesHostsThatAreNone(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TcpCheck.connect(host, 80))
                .withMessage(
                        "host must be a name or an address such as gw.internal or 192.0.2.7, but was '" + host + "'");
    }

    @Test
    void refusesAPortWithinTheHost() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TcpCheck.connect("gw.internal:443", 80))
                .withMessage("host must be a name or an address without a port, but was 'gw.internal:443'");
    }

    @Test
    void refusesControlCharactersWithoutRepeatingThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TcpCheck.connect("gw\r\nx", 80))
                .withMessage("host must be a name or an address such as gw.internal or 192.0.2.7, but was 'gw  x'");
        assertThatNullPointerException()
                .isThrownBy(() -> TcpCheck.connect(null, 80))
                .withMessage("host");
    }

    @Test
    void refusesLimitsThatMakeNoSense() {
        TcpCheck check = TcpCheck.connect("gw.internal", 443);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.warnAbove(Duration.ZERO))
                .withMessage("warnAbove must be at least PT0.001S, but was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.warnAbove(Duration.ofHours(2)))
                .withMessage("warnAbove must be at most PT1H, but was PT2H");
    }

    private static CheckResult run(TcpCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }

    static boolean isConnecting(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getMethodName().equals("connect") && frame.getClassName().equals("java.net.Socket")) {
                return true;
            }
        }
        return false;
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
