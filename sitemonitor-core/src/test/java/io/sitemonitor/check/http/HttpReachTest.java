package io.sitemonitor.check.http;

import static io.sitemonitor.check.http.HttpExpectation.protocol;
import static io.sitemonitor.check.http.HttpExpectation.tls;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sitemonitor.check.AddressPolicy;
import io.sitemonitor.check.Certificates;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.IpFamily;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.TlsExpectation;
import io.sitemonitor.check.TlsSettings;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.internal.FixedNames;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Protocol;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which way a request goes: addresses, the policy for them, TLS, versions, proxies. */
@Timeout(60)
class HttpReachTest {

    private static final Certificates CERTIFICATES = new Certificates();

    private final MockWebServer server = new MockWebServer();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @DisplayName("Security: the address policy judges the address connected to, whatever the name says")
    void refusesAddressesThatThePolicyDoesNotAllow() throws Exception {
        plain();
        AddressPolicy policy = AddressPolicy.publicOnly();

        assertThat(run(HttpCheck.get(server.url("/").toString()), policy).summary())
                .isEqualTo("REFUSED_BY_POLICY: the address policy does not allow it: 127.0.0.1 is a loopback address");
        assertThat(run(named("/").resolver(FixedNames.resolver("127.0.0.1", "10.0.0.1")), policy)
                        .summary())
                .isEqualTo("REFUSED_BY_POLICY: the address policy does not allow it: 127.0.0.1 is a loopback address");
        for (String spelling : List.of("0x7f000001", "2130706433", "127.1", "[::ffff:127.0.0.1]", "[::127.0.0.1]")) {
            HttpCheck check = HttpCheck.get("http://" + spelling + ":" + server.getPort() + "/");
            assertThat(run(check, policy).verdict()).as(spelling).isEqualTo(Verdict.FAIL);
        }
        assertThat(run(named("/").address("127.0.0.1"), AddressPolicy.standard().ports(443))
                        .summary())
                .isEqualTo("REFUSED_BY_POLICY: the address policy does not allow it: port " + server.getPort()
                        + " is not allowed");
        assertThat(run(named("/").address("127.0.0.1"), AddressPolicy.standard().schemes("https"))
                        .summary())
                .isEqualTo("REFUSED_BY_POLICY: the address policy does not allow it: scheme http is not allowed");
        assertThat(server.getRequestCount()).isZero();

        assertThat(run(named("/").resolver(FixedNames.resolver("10.0.0.1", "127.0.0.1")), policy.allow("127.0.0.1"))
                        .verdict())
                .as("the addresses that are allowed are left")
                .isEqualTo(Verdict.PASS);
    }

    @Test
    @DisplayName("Security: each hop is judged")
    void refusesARedirectToWhereThePolicyDoesNotAllow() throws Exception {
        try (MockWebServer outside = new MockWebServer();
                MockWebServer inside = new MockWebServer()) {
            inside.start(InetAddress.getByName("127.0.0.2"), 0);
            outside.enqueue(moved("http://127.0.0.2:" + inside.getPort() + "/admin"));
            outside.enqueue(moved("http://169.254.169.254/latest/meta-data/"));
            outside.start(InetAddress.getByName("127.0.0.1"), 0);
            HttpCheck check = HttpCheck.get(outside.url("/").toString());

            assertThat(run(check, AddressPolicy.publicOnly().allow("127.0.0.1")).summary())
                    .isEqualTo(
                            "REFUSED_BY_POLICY: the address policy does not allow it: 127.0.0.2 is a loopback address");
            assertThat(run(check).summary())
                    .isEqualTo("REFUSED_BY_POLICY: the address policy does not allow it: 169.254.169.254 is a"
                            + " link-local address");
            assertThat(inside.getRequestCount()).isZero();
        }
    }

    @Test
    void connectsWhereItIsToldAndOverTheFamilyItIsTold() throws Exception {
        plain();

        assertThat(run(named("/").address("127.0.0.1")).evidence().address()).startsWith("127.0.0.1:");
        assertThat(run(named("/")
                                .resolver(FixedNames.resolver("::1", "127.0.0.1"))
                                .family(IpFamily.IPV4))
                        .evidence()
                        .address())
                .startsWith("127.0.0.1:");
        assertThat(run(named("/").address("127.0.0.1").family(IpFamily.IPV6)).summary())
                .isEqualTo("DNS: 'shop.example' has no address of ipv6");
    }

    @Test
    void asksEveryAddress() throws Exception {
        plain();
        try (MockWebServer second = new MockWebServer()) {
            second.enqueue(new MockResponse.Builder().code(503).build());
            second.enqueue(ok());
            second.start(InetAddress.getByName("127.0.0.2"), server.getPort());
            server.enqueue(ok());
            HttpCheck check = named("/")
                    .resolver(FixedNames.resolver("127.0.0.1", "127.0.0.2"))
                    .everyAddress();

            CheckResult one = run(check);
            assertThat(one.summary()).isEqualTo("STATUS: 1 of 2 addresses fail: 127.0.0.2 (HTTP 503)");
            assertThat(one.evidence().facts())
                    .containsEntry("address1", "127.0.0.1: PASS: HTTP 200")
                    .containsEntry("address2", "127.0.0.2 fails: STATUS: HTTP 503");
            assertThat(run(check).summary()).isEqualTo("PASS: HTTP 200");
        }
    }

    @Test
    void staysWithinItsOriginIfAsked() throws Exception {
        try (MockWebServer one = new MockWebServer()) {
            one.enqueue(moved("/there"));
            one.enqueue(moved("http://other.example/"));
            one.start(InetAddress.getByName("127.0.0.1"), 0);

            assertThat(run(HttpCheck.get(one.url("/").toString()).sameOriginRedirects())
                            .summary())
                    .isEqualTo("PROTOCOL: HTTP 302 leads to http://other.example/, which is another origin");
        }
    }

    @Test
    void trustsWhomItIsToldAndJudgesTheCertificate() throws Exception {
        server.useHttps(CERTIFICATES.server(CERTIFICATES.given("shop.example", ofDays(20))));
        plain();
        HttpCheck check =
                HttpCheck.get("https://shop.example:" + server.getPort() + "/").address("127.0.0.1");

        CheckResult unknown = run(check);
        assertThat(unknown.summary())
                .isEqualTo("TLS: TLS handshake failed: unable to find valid certification path to requested target");
        assertThat(unknown.evidence().facts().get("certificate")).startsWith("CN=shop.example until 20");
        HttpCheck trusting = check.tls(CERTIFICATES.trusted());
        assertThat(run(trusting).verdict()).isEqualTo(Verdict.PASS);
        assertThat(run(trusting.expect(tls(TlsExpectation.validFor(ofDays(21))).orWarn()))
                        .summary())
                .startsWith("WARN: certificate of CN=shop.example expires in 19 days, on ");
        assertThat(run(check.tls(TlsSettings.system().insecureTrustAnyone())).verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(run(trusting.tls(CERTIFICATES.trusted().serverName("other.example")))
                        .summary())
                .startsWith("TLS: certificate is not valid for ");
        assertThat(run(trusting.tls(CERTIFICATES
                                .trusted()
                                .serverName("other.example")
                                .insecureTakeAnyName()))
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void showsAClientCertificate() throws Exception {
        HeldCertificate client = CERTIFICATES.given("client", ofDays(90));
        server.useHttps(CERTIFICATES.server(CERTIFICATES.given("shop.example", ofDays(90))));
        server.requireClientAuth();
        plain();
        HttpCheck check =
                HttpCheck.get("https://shop.example:" + server.getPort() + "/").address("127.0.0.1");
        TlsSettings shown = CERTIFICATES
                .trusted()
                .clientCertificate(CERTIFICATES.pem(folder, client), Certificates.key(folder, client));

        assertThat(run(check.tls(shown)).verdict()).isEqualTo(Verdict.PASS);
        assertThat(run(check.tls(CERTIFICATES.trusted())).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(check.tls(shown)).isNotEqualTo(check.tls(CERTIFICATES.trusted()));
    }

    @Test
    void speaksTheVersionItIsTold() throws Exception {
        server.useHttps(CERTIFICATES.server(CERTIFICATES.given("shop.example", ofDays(90))));
        plain();
        HttpCheck check = HttpCheck.get("https://shop.example:" + server.getPort() + "/")
                .address("127.0.0.1")
                .tls(CERTIFICATES.trusted());

        assertThat(run(check).evidence().facts()).containsEntry("protocol", "HTTP/1.1");
        HttpCheck second = check.version(HttpVersion.HTTP_2);
        assertThat(run(second.expect(protocol("HTTP/2"))).evidence().facts()).containsEntry("protocol", "HTTP/2");
        assertThat(run(check.expect(protocol("HTTP/2"))).summary())
                .isEqualTo("ASSERTION: server speaks HTTP/1.1, not HTTP/2");
        assertThatIllegalStateException()
                .isThrownBy(() -> check.version(HttpVersion.HTTP_2_PRIOR_KNOWLEDGE))
                .withMessage("HTTP/2 without asking is for http:// only; use HTTP_2 for https://");
    }

    @Test
    void aProxyThatCannotBeReachedIsNamed() {
        int closed = Certificates.closedPort();
        HttpCheck check = HttpCheck.get("http://shop.example/");

        assertThat(run(check.proxy(HttpProxy.socks("127.0.0.1", closed))).summary())
                .startsWith("CONNECT: ")
                .endsWith(" through the SOCKS proxy 127.0.0.1:" + closed);
        assertThat(run(check.proxy(HttpProxy.http("127.0.0.1", closed))).summary())
                .startsWith("CONNECT: ")
                .endsWith(" through the HTTP proxy 127.0.0.1:" + closed);
    }

    @Test
    void speaksHttp2WithoutAsking() throws Exception {
        server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
        plain();

        CheckResult result = run(named("/").address("127.0.0.1").version(HttpVersion.HTTP_2_PRIOR_KNOWLEDGE));

        assertThat(result.summary()).isEqualTo("PASS: HTTP 200");
        assertThat(result.evidence().facts()).containsEntry("protocol", "HTTP/2");
    }

    @Test
    void asksThroughAProxy() throws Exception {
        plain();
        List<String> heads = new CopyOnWriteArrayList<>();
        try (RawServer proxy = new RawServer(socket -> relay(socket, heads))) {
            HttpCheck direct = HttpCheck.get("http://inside.example:" + server.getPort() + "/");
            HttpCheck through = direct.proxy(HttpProxy.http("127.0.0.1", proxy.port()));

            assertThat(run(through).summary()).isEqualTo("PASS: HTTP 200");
            assertThat(heads.get(0)).startsWith("GET http://inside.example:" + server.getPort() + "/ HTTP/1.1\r\n");
            assertThat(run(through).evidence().address()).isEqualTo("127.0.0.1:" + proxy.port());
            assertThat(run(through, AddressPolicy.publicOnly()).failure()).hasToString("REFUSED_BY_POLICY");
            assertThat(through).isNotEqualTo(direct).isEqualTo(direct.proxy(HttpProxy.http("127.0.0.1", proxy.port())));
        }
    }

    @Test
    void asksThroughAProxyThatWantsALogin() throws Exception {
        List<String> heads = new CopyOnWriteArrayList<>();
        try (RawServer proxy = new RawServer(socket -> {
            String head = RawServer.readHead(socket);
            heads.add(head);
            RawServer.send(
                    socket,
                    head.contains("Proxy-Authorization: Basic am86cHctMQ==")
                            ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                            : "HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n");
        })) {
            HttpProxy plain = HttpProxy.http("127.0.0.1", proxy.port());
            HttpCheck check = HttpCheck.get("http://inside.example/");

            assertThat(run(check.proxy(plain)).summary()).isEqualTo("STATUS: HTTP 407");
            HttpCheck signed = check.proxy(plain.login("jo", Secret.of("pw-1")));
            assertThat(run(signed).summary()).isEqualTo("PASS: HTTP 200");
            assertThat(signed + "" + signed.target()).doesNotContain("pw-1");
            heads.clear();
            assertThat(run(check.proxy(plain.login("jo", Secret.of("other")))).summary())
                    .isEqualTo("STATUS: HTTP 407");
            assertThat(heads)
                    .as("a proxy that refuses is asked once more, with the login")
                    .hasSize(2);
            assertThatIllegalStateException()
                    .isThrownBy(() -> HttpProxy.socks("a", 1).login("jo", Secret.of("x")));
        }
    }

    @Test
    void asksThroughASocksProxyThatLooksUpTheName() throws Exception {
        plain();
        List<String> names = new CopyOnWriteArrayList<>();
        try (RawServer proxy = new RawServer(socket -> socks(socket, names))) {
            CheckResult result = run(HttpCheck.get("http://inside.example:" + server.getPort() + "/")
                    .proxy(HttpProxy.socks("127.0.0.1", proxy.port())));

            assertThat(result.summary()).isEqualTo("PASS: HTTP 200");
            assertThat(names).containsExactly("inside.example");
        }
    }

    private void plain() throws IOException {
        for (int i = 0; i < 8; i++) {
            server.enqueue(ok());
        }
        server.start(InetAddress.getByName("127.0.0.1"), 0);
    }

    private HttpCheck named(String path) {
        return HttpCheck.get("http://shop.example:" + server.getPort() + path);
    }

    /** What a proxy does that speaks HTTP: it asks for the client, here always on loopback. */
    private void relay(Socket client, List<String> heads) throws IOException {
        String head = RawServer.readHead(client);
        heads.add(head);
        try (Socket target = new Socket("127.0.0.1", server.getPort())) {
            RawServer.send(target, head.replaceFirst("http://[^/]+", ""));
            client.getOutputStream().write(answer(target));
        }
    }

    private static byte[] answer(Socket target) throws IOException {
        String head = RawServer.readHead(target);
        return (head + new String(target.getInputStream().readNBytes(2), StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** SOCKS version 5 (RFC 1928) without a login, for names. */
    private void socks(Socket client, List<String> names) throws IOException {
        InputStream in = client.getInputStream();
        in.read();
        in.readNBytes(in.read()); // the methods that the client offers
        client.getOutputStream().write(new byte[] {5, 0});
        in.readNBytes(4);
        names.add(new String(in.readNBytes(in.read()), StandardCharsets.US_ASCII));
        in.readNBytes(2);
        client.getOutputStream().write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 0});
        try (Socket target = new Socket("127.0.0.1", server.getPort())) {
            RawServer.send(target, RawServer.readHead(client));
            client.getOutputStream().write(answer(target));
        }
    }

    private static MockResponse ok() {
        return new MockResponse.Builder().body("ok").build();
    }

    private static MockResponse moved(String to) {
        return new MockResponse.Builder().code(302).addHeader("Location", to).build();
    }

    private static CheckResult run(HttpCheck check) {
        return run(check, AddressPolicy.standard());
    }

    private static CheckResult run(HttpCheck check, AddressPolicy policy) {
        return check.run(FixedContext.of(ofSeconds(20)).under(policy));
    }
}
