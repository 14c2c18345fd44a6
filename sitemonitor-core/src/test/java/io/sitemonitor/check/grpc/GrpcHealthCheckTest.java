package io.sitemonitor.check.grpc;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.sitemonitor.check.AddressPolicy;
import io.sitemonitor.check.Certificates;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.IpFamily;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.SteppingTime;
import io.sitemonitor.check.TlsSettings;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.internal.FixedNames;
import io.sitemonitor.check.internal.FullPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockWebServer;
import okhttp3.Protocol;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server of grpc-java. */
@Timeout(60)
class GrpcHealthCheckTest {

    private static final Certificates CERTIFICATES = new Certificates();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"})
    void onlyServingPasses(ServingStatus status) throws Exception {
        try (GrpcServer server = GrpcServer.plain()) {
            server.set("shop.Orders", status);

            CheckResult result = run(to(server).service("shop.Orders"));

            assertThat(result.summary())
                    .isEqualTo(status == ServingStatus.SERVING ? "PASS: SERVING" : "STATUS: " + status);
            assertThat(result.evidence().facts())
                    .containsEntry("grpc-status", "OK")
                    .containsEntry("health", status.name());
            assertThat(result.evidence().address()).isEqualTo("127.0.0.1:" + server.port());
            assertThat(result.evidence().phases().keySet()).containsExactly("connect", "firstByte", "body");
        }
    }

    @Test
    void theServerAsAWholeIsAskedForUnlessAServiceIsNamed() throws Exception {
        try (GrpcServer server = GrpcServer.plain()) {
            assertThat(run(to(server)).summary()).isEqualTo("PASS: SERVING");

            server.set("", ServingStatus.NOT_SERVING);
            assertThat(run(to(server)).summary()).isEqualTo("STATUS: NOT_SERVING");
        }
    }

    @Test
    void aLongNameOfAServiceArrivesWhole() throws Exception {
        String name = "shop." + "Orders".repeat(80);
        try (GrpcServer server = GrpcServer.plain()) {
            server.set(name, ServingStatus.SERVING);

            assertThat(run(to(server).service(name)).summary()).isEqualTo("PASS: SERVING");
        }
    }

    @Test
    void whatTheServerDoesNotKnowIsNamed() throws Exception {
        try (GrpcServer server = GrpcServer.plain();
                GrpcServer without = GrpcServer.withoutHealth()) {
            assertThat(run(to(server).service("shop.Nothing")).summary())
                    .isEqualTo("STATUS: NOT_FOUND: unknown service shop.Nothing");
            assertThat(run(to(without)).summary())
                    .isEqualTo("STATUS: UNIMPLEMENTED: Method not found: grpc.health.v1.Health/Check");
        }
    }

    @ParameterizedTest
    @EnumSource(value = Status.Code.class, mode = EnumSource.Mode.EXCLUDE, names = "OK")
    void everyStatusHasItsName(Status.Code code) throws Exception {
        try (GrpcServer server = GrpcServer.plain()) {
            server.refuse(code.toStatus().withDescription("für 100 % der Fälle"));

            CheckResult result = run(to(server));

            assertThat(result.summary()).isEqualTo("STATUS: " + code + ": für 100 % der Fälle");
            assertThat(result.evidence().facts()).containsEntry("grpc-status", code.name());
        }
    }

    @Test
    void whatIsSentArrives() throws Exception {
        AtomicInteger turn = new AtomicInteger();
        try (GrpcServer server = GrpcServer.plain()) {
            GrpcHealthCheck check = to(server)
                    .metadata("x-region", "old")
                    .metadata("x-region", "eu-1")
                    .metadata("authorization", Secret.from(() -> "Bearer " + turn.incrementAndGet()))
                    .authority("orders.shop.example");

            assertThat(run(check).verdict()).isEqualTo(Verdict.PASS);
            assertThat(run(check).verdict()).isEqualTo(Verdict.PASS);

            assertThat(server.seen()).hasSize(2);
            assertThat(server.seen()).extracting(GrpcServer.Seen::authority).containsOnly("orders.shop.example");
            assertThat(values(server, "x-region")).containsExactly("eu-1", "eu-1");
            assertThat(values(server, "authorization")).containsExactly("Bearer 1", "Bearer 2");
            assertThat(values(server, "user-agent")).allMatch(agent -> agent.startsWith("sitemonitor"));
            assertThat(server.seen())
                    .allSatisfy(seen -> assertThat(seen.deadline().timeRemaining(TimeUnit.SECONDS))
                            .isBetween(-60L, 20L));
        }
    }

    private static List<String> values(GrpcServer server, String name) {
        Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
        return server.seen().stream().map(seen -> seen.metadata().get(key)).toList();
    }

    @Test
    void aRotatedSecretThatCannotBeSentIsAnErrorOfTheCheck() throws Exception {
        try (GrpcServer server = GrpcServer.plain()) {
            CheckResult result = run(to(server).metadata("authorization", Secret.of("two\r\nlines")));

            assertThat(result.failure()).isEqualTo(FailureKind.CHECK_ERROR);
            assertThat(result.message()).contains("authorization").doesNotContain("two");
            assertThat(server.seen()).isEmpty();
        }
    }

    @Test
    void overTlsTheCertificateIsVerified() throws Exception {
        try (GrpcServer server =
                GrpcServer.encrypted(CERTIFICATES, CERTIFICATES.given("orders.internal", ofHours(9)), false)) {
            GrpcHealthCheck check =
                    GrpcHealthCheck.connect("orders.internal", server.port()).address("127.0.0.1");

            CheckResult trusted = run(check.tls(CERTIFICATES.trusted()));
            assertThat(trusted.summary()).isEqualTo("PASS: SERVING");
            assertThat(trusted.evidence().facts()).containsEntry("tls", "TLSv1.3");
            assertThat(trusted.evidence().phases().keySet()).containsExactly("connect", "tls", "firstByte", "body");

            CheckResult stranger = run(check);
            assertThat(stranger.failure()).as(stranger.summary()).isEqualTo(FailureKind.TLS);
            assertThat(stranger.evidence().facts().get("certificate")).contains("orders.internal");

            CheckResult other = run(GrpcHealthCheck.connect("payments.internal", server.port())
                    .address("127.0.0.1")
                    .tls(CERTIFICATES.trusted()));
            assertThat(other.summary())
                    .startsWith("TLS: certificate is not valid for payments.internal, only for [orders.internal]");
            assertThat(run(GrpcHealthCheck.connect("payments.internal", server.port())
                                    .address("127.0.0.1")
                                    .tls(CERTIFICATES.trusted().serverName("orders.internal")))
                            .summary())
                    .isEqualTo("PASS: SERVING");
            assertThat(run(check.plainText()).verdict()).isEqualTo(Verdict.FAIL);
        }
    }

    @Test
    void anExpiredCertificateFails() throws Exception {
        try (GrpcServer server =
                GrpcServer.encrypted(CERTIFICATES, CERTIFICATES.given("orders.internal", ofHours(-1)), false)) {
            assertThat(run(GrpcHealthCheck.connect("orders.internal", server.port())
                                    .address("127.0.0.1")
                                    .tls(CERTIFICATES.trusted()))
                            .summary())
                    .startsWith("TLS: certificate has expired");
        }
    }

    @Test
    void aServerThatAsksForACertificateGetsIt() throws Exception {
        try (GrpcServer server =
                GrpcServer.encrypted(CERTIFICATES, CERTIFICATES.given("orders.internal", ofHours(9)), true)) {
            var held = CERTIFICATES.given("monitor", ofHours(9));
            GrpcHealthCheck check =
                    GrpcHealthCheck.connect("orders.internal", server.port()).address("127.0.0.1");

            assertThat(run(check.tls(CERTIFICATES
                                    .trusted()
                                    .clientCertificate(CERTIFICATES.pem(folder, held), Certificates.key(folder, held))))
                            .summary())
                    .isEqualTo("PASS: SERVING");
            assertThat(run(check.tls(CERTIFICATES.trusted())).verdict()).isEqualTo(Verdict.FAIL);
        }
    }

    @Test
    void aServerThatSpeaksNoHttp2GetsNoRequest() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.useHttps(CERTIFICATES.server(CERTIFICATES.given("127.0.0.1", ofHours(9))));
            server.setProtocols(List.of(Protocol.HTTP_1_1));
            server.start();

            CheckResult result =
                    run(GrpcHealthCheck.connect("127.0.0.1", server.getPort()).tls(CERTIFICATES.trusted()));

            assertThat(result.summary()).isEqualTo("PROTOCOL: server does not speak HTTP/2");
            assertThat(server.getRequestCount()).isZero();
        }
    }

    @Test
    @DisplayName("Security: the address policy judges the address connected to, whatever the name says")
    void refusesAddressesThatThePolicyDoesNotAllow() throws Exception {
        try (GrpcServer server = GrpcServer.plain()) {
            GrpcHealthCheck check = GrpcHealthCheck.connect("orders.example", server.port())
                    .plainText()
                    .resolver(FixedNames.resolver("127.0.0.1"));

            CheckResult result = check.run(FixedContext.of(ofSeconds(20)).under(AddressPolicy.publicOnly()));

            assertThat(result.summary())
                    .isEqualTo(
                            "REFUSED_BY_POLICY: the address policy does not allow it: 127.0.0.1 is a loopback address");
            assertThat(server.seen()).isEmpty();
            assertThat(check.run(FixedContext.of(ofSeconds(20))
                                    .under(AddressPolicy.standard().ports(443)))
                            .failure())
                    .isEqualTo(FailureKind.REFUSED_BY_POLICY);
            assertThat(run(check).summary()).isEqualTo("PASS: SERVING");
        }
    }

    @Test
    void addressesAreTriedInTurn() throws Exception {
        try (GrpcServer server = GrpcServer.plain()) {
            GrpcHealthCheck check = to(server).address("127.0.0.2", "127.0.0.1");

            assertThat(run(check).evidence().address()).isEqualTo("127.0.0.1:" + server.port());
            assertThat(run(check.family(IpFamily.IPV6)).failure()).isEqualTo(FailureKind.DNS);
            assertThat(run(check.family(IpFamily.IPV4)).verdict()).isEqualTo(Verdict.PASS);
        }
        CheckResult refused = run(
                GrpcHealthCheck.connect("127.0.0.1", Certificates.closedPort()).plainText());
        assertThat(refused.summary()).startsWith("CONNECT: connection refused by 127.0.0.1:");
    }

    @Test
    void aConnectionMayTakeSoLong() throws Exception {
        try (FullPort port = new FullPort("127.0.0.1")) {
            assertThat(run(GrpcHealthCheck.connect("127.0.0.1", port.port())
                                    .plainText()
                                    .connectTimeout(ofMillis(150)))
                            .summary())
                    .isEqualTo("CONNECT: no connection to 127.0.0.1:" + port.port() + " within 150 ms");
        }
    }

    @Test
    void whatTakesTooLongWarnsOrFails() throws Exception {
        try (GrpcServer server = GrpcServer.plain()) {
            GrpcHealthCheck check = to(server);

            assertThat(slowly(check.warnAbove(ofMillis(500))).summary())
                    .startsWith("WARN: SERVING in ")
                    .endsWith(", more than 500 ms");
            assertThat(slowly(check.failAbove(ofMillis(600))).summary()).startsWith("ASSERTION: SERVING in ");
            assertThat(slowly(check.failAbove(ofMinutes(50))).verdict()).isEqualTo(Verdict.PASS);
            server.set("", ServingStatus.NOT_SERVING);
            assertThat(slowly(check.failAbove(ofMillis(600))).failure()).isEqualTo(FailureKind.STATUS);
        }
    }

    private static CheckResult slowly(GrpcHealthCheck check) {
        return check.run(FixedContext.of(ofSeconds(20), new SteppingTime(ofSeconds(1))));
    }

    @Test
    void isDescribedByHostPortAndService() {
        GrpcHealthCheck check = GrpcHealthCheck.connect("Orders.internal", 8443);

        assertThat(check.kind()).isEqualTo("grpc");
        assertThat(check.host()).isEqualTo("orders.internal");
        assertThat(check.target()).isEqualTo("Orders.internal:8443");
        assertThat(check.service("shop.Orders")).hasToString("GRPC Orders.internal:8443/shop.Orders");
        assertThat(GrpcHealthCheck.connect("[::1]", 443).target()).isEqualTo("[::1]:443");
    }

    @Test
    void eachOptionMakesAnotherCheck() {
        GrpcHealthCheck check = GrpcHealthCheck.connect("orders.internal", 8443);

        assertThat(List.of(
                        check.service("a"),
                        check.metadata("a", "b"),
                        check.metadata("a", Secret.of("c")),
                        check.authority("a"),
                        check.plainText(),
                        check.tls(TlsSettings.system().onlyTls13()),
                        check.family(IpFamily.IPV4),
                        check.address("127.0.0.1"),
                        check.connectTimeout(ofSeconds(1)),
                        check.warnAbove(ofSeconds(1)),
                        check.failAbove(ofSeconds(1))))
                .doesNotHaveDuplicates()
                .doesNotContain(check);
        assertThat(check.metadata("a", "b")).isEqualTo(check.metadata("a", Secret.of("b")));
        assertThat(check.plainText().tls(TlsSettings.system())).isEqualTo(check);
        assertThat(check.metadata("a", "b").toString()).doesNotContain("b\"").isEqualTo(check.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Region", "two words", "te", "content-type", "grpc-timeout", "key-bin", "host", "ä", ":path"
            })
    void refusesNamesOfMetadataThatAreNone(String name) {
        GrpcHealthCheck check = GrpcHealthCheck.connect("orders.internal", 8443);

        assertThatIllegalArgumentException().isThrownBy(() -> check.metadata(name, "value"));
        assertThatIllegalArgumentException().isThrownBy(() -> check.metadata(name, Secret.of("value")));
    }

    @Test
    void refusesWhatMakesNoSense() {
        GrpcHealthCheck check = GrpcHealthCheck.connect("orders.internal", 8443);

        assertThatIllegalArgumentException().isThrownBy(() -> GrpcHealthCheck.connect("", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> GrpcHealthCheck.connect("a", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> GrpcHealthCheck.connect("a b", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> GrpcHealthCheck.connect("a%zz", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> check.service("two words"));
        assertThatIllegalArgumentException().isThrownBy(() -> check.service("x".repeat(501)));
        assertThatIllegalArgumentException().isThrownBy(() -> check.metadata("a", "line\nbreak"));
        assertThatIllegalArgumentException().isThrownBy(() -> check.metadata("a", "x".repeat(8_001)));
        assertThatIllegalArgumentException().isThrownBy(() -> check.authority("a/b"));
        assertThatIllegalArgumentException().isThrownBy(() -> check.connectTimeout(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> check.warnAbove(ofNanos(1)));
        assertThatIllegalStateException()
                .isThrownBy(() -> check.warnAbove(ofSeconds(2)).failAbove(ofSeconds(1)));
        GrpcHealthCheck full = check;
        for (int i = 0; i < 64; i++) {
            full = full.metadata("name" + i, "value");
        }
        GrpcHealthCheck fullest = full;
        assertThatIllegalArgumentException().isThrownBy(() -> fullest.metadata("one-more", "value"));
    }

    private static GrpcHealthCheck to(GrpcServer server) {
        return GrpcHealthCheck.connect("127.0.0.1", server.port()).plainText();
    }

    private static CheckResult run(GrpcHealthCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
