package io.sitemonitor.check.rdap;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.permanentRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static io.sitemonitor.check.TextExpectation.containing;
import static io.sitemonitor.check.rdap.Registry.domain;
import static io.sitemonitor.check.rdap.Registry.expiring;
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
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.IpFamily;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.SteppingTime;
import io.sitemonitor.check.TlsSettings;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.internal.FixedNames;
import io.sitemonitor.check.internal.http.Json;
import io.sitemonitor.check.internal.http.Wire;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a registry whose answers are those of RFC 9083. */
@Timeout(60)
class DomainExpiryCheckTest {

    private static final String PATH = "/rdap/domain/shop.example";

    private final Registry registry = new Registry();

    @AfterEach
    void stop() {
        registry.close();
        assertThat(Wire.shared().connections()).isZero();
    }

    @Test
    void whatTheRegistrySaysIsEvidence() {
        registry.says(
                PATH, domain(expiring("2999-01-01T01:00:00+01:00"), "\"Active\", \"client transfer prohibited\""));

        CheckResult result = run(check());

        assertThat(result.summary()).isEqualTo("PASS: registered until 2999-01-01T00:00:00Z");
        assertThat(result.evidence().facts())
                .containsEntry("server", "127.0.0.1")
                .containsEntry("http", "200")
                .containsEntry("expires", "2999-01-01T00:00:00Z")
                .containsEntry("registrar", "Good Names Inc.")
                .containsEntry("status", "active, client transfer prohibited")
                .containsEntry("nameServers", "ns1.dns.example, ns2.dns.example");
        assertThat(result.evidence().phases().keySet()).containsExactly("connect", "firstByte", "body");
    }

    @ParameterizedTest
    @CsvSource({"400, PASS", "31, PASS", "29, WARN", "8, WARN", "6, ASSERTION", "1, ASSERTION", "-1, ASSERTION"})
    void anEndThatIsNearWarnsAndThenFails(int days, String verdict) {
        registry.says(PATH, domain(expiring(ofDays(days)), ""));

        assertThat(run(check()).summary()).startsWith(verdict);
        assertThat(run(check().warnBefore(Duration.ZERO).failBefore(Duration.ZERO))
                        .summary())
                .startsWith(days < 0 ? "ASSERTION: registration has expired on " : "PASS");
    }

    @Test
    void theTimesBeforeItCanBeOthers() {
        registry.says(PATH, domain(expiring(ofDays(60).plusHours(1)), ""));

        assertThat(run(check().warnBefore(ofDays(90))).summary())
                .startsWith("WARN: registration expires in 60 days, on ");
        assertThat(run(check().warnBefore(ofDays(90)).failBefore(ofDays(61))).summary())
                .startsWith("ASSERTION: registration expires in 60 days, on ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redemption period",
                "pending restore",
                "Pending Delete",
                "client hold",
                "server hold",
                "inactive"
            })
    void aDomainThatIsLeavingFails(String status) {
        registry.says(PATH, domain(expiring(ofDays(400)), "\"active\", \"" + status + "\""));

        assertThat(run(check()).summary()).isEqualToIgnoringCase("STATUS: domain is in the state '" + status + "'");
        assertThat(run(check().expectStatus(status)).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void whatIsExpectedMustHold() {
        registry.says(PATH, domain(expiring(ofDays(20)), "\"client transfer prohibited\""));

        assertThat(run(check().expectStatus("Client Transfer Prohibited")
                                .expectNameServers("NS2.dns.example", "ns1.dns.example.")
                                .expectRegistrar(containing("Good Names")))
                        .verdict())
                .isEqualTo(Verdict.WARN);
        assertThat(run(check().expectStatus("server transfer prohibited")).summary())
                .isEqualTo("ASSERTION: domain is not in the state 'server transfer prohibited'");
        assertThat(run(check().expectNameServers("ns1.dns.example")).summary())
                .isEqualTo("ASSERTION: name servers are [ns1.dns.example, ns2.dns.example], not [ns1.dns.example]");
        assertThat(run(check().expectRegistrar(containing("Bad Names"))).failure())
                .isEqualTo(FailureKind.ASSERTION);
        assertThat(run(check().expectRegistrar(containing("Bad Names").orWarn()))
                        .summary())
                .isEqualTo("WARN: registrar: answer does not contain 'Bad Names'");
    }

    @Test
    void whatCannotBeToldIsInconclusive() {
        registry.says(PATH, domain("", "\"active\""));
        assertThat(run(check()).summary())
                .isEqualTo("INCONCLUSIVE: the registry does not say when the registration expires");
        assertThat(run(check().expectStatus("locked")).verdict()).isEqualTo(Verdict.FAIL);

        registry.says(PATH, domain(expiring(ofDays(400)), "").replace("\"registrar\"", "\"reseller\""));
        assertThat(run(check().expectRegistrar(containing("Good"))).summary())
                .isEqualTo("INCONCLUSIVE: the registry does not name the registrar");
    }

    @Test
    void theRegistryIsFoundInTheListAndKeptForADay() {
        registry.says("/dns.json", registry.list());
        registry.says(PATH, domain(expiring("2999-01-01T00:00:00Z"), ""));
        DomainExpiryCheck check = DomainExpiryCheck.forDomain("shop.example").bootstrap(registry.url("/dns.json"));
        assertThat(check.host()).isNull();

        assertThat(run(check).verdict()).isEqualTo(Verdict.PASS);
        assertThat(run(check).verdict()).isEqualTo(Verdict.PASS);
        assertThat(run(check.warnBefore(ofDays(20))).verdict()).isEqualTo(Verdict.PASS);
        assertThat(registry.asked("/dns.json")).isEqualTo(1);

        TimeSource later = new SteppingTime(ofDays(400));
        registry.answers("/dns.json", aResponse().withStatus(500));
        assertThat(check.run(FixedContext.of(ofSeconds(20), later)).verdict()).isEqualTo(Verdict.PASS);
        assertThat(registry.asked("/dns.json")).isEqualTo(2);
        assertThat(registry.asked(PATH)).isEqualTo(4);
    }

    @Test
    void anotherListIsAskedAnew() {
        registry.says("/dns.json", registry.list());
        registry.says(PATH, domain(expiring(ofDays(400)), ""));
        DomainExpiryCheck check = DomainExpiryCheck.forDomain("shop.example").bootstrap(registry.url("/dns.json"));

        assertThat(run(check).verdict()).isEqualTo(Verdict.PASS);
        assertThat(run(check.bootstrap(registry.url("/other.json"))).summary())
                .isEqualTo("INCONCLUSIVE: the list of registries cannot be had: HTTP 404");
    }

    @Test
    @DisplayName("Security: what is kept of a list does not hide that it may not be asked any more")
    void aListThatMayNotBeAskedIsRefused() throws Exception {
        String list = registry.list();
        registry.says(PATH, domain(expiring("2999-01-01T00:00:00Z"), ""));
        try (RawServer other = new RawServer("127.0.0.2", 0, socket -> {
            RawServer.readHead(socket);
            RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + list.length() + "\r\n\r\n" + list);
        })) {
            DomainExpiryCheck check =
                    DomainExpiryCheck.forDomain("shop.example").bootstrap("http://127.0.0.2:" + other.port() + "/");
            assertThat(run(check).verdict()).isEqualTo(Verdict.PASS);

            FixedContext later = FixedContext.of(ofSeconds(20), new SteppingTime(ofDays(400)))
                    .under(AddressPolicy.standard().deny("127.0.0.2"));
            assertThat(check.run(later).summary())
                    .isEqualTo("REFUSED_BY_POLICY: the address policy does not allow it: 127.0.0.2 is not allowed");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-31T00:00:00Z, PASS",
        "2026-03-30T23:59:59Z, WARN",
        "2026-03-08T00:00:00Z, WARN",
        "2026-03-07T23:59:59Z, ASSERTION",
        "2026-03-01T00:00:00Z, ASSERTION: registration expires in 0 h",
        "2026-02-28T23:59:59Z, ASSERTION: registration has expired"
    })
    void aLimitIsTheLeastTimeThatIsEnough(String expires, String verdict) {
        registry.says(PATH, domain(expiring(expires), ""));
        TimeSource stopped = new TimeSource() {
            @Override
            public Instant now() {
                return Instant.parse("2026-03-01T00:00:00Z");
            }

            @Override
            public long nanos() {
                return TimeSource.system().nanos();
            }
        };

        assertThat(check().run(FixedContext.of(ofSeconds(20), stopped)).summary())
                .startsWith(verdict);
    }

    @Test
    void aListThatCannotBeHadSaysNothing() {
        DomainExpiryCheck check = DomainExpiryCheck.forDomain("shop.example").bootstrap(registry.url("/dns.json"));

        assertThat(run(check).summary()).isEqualTo("INCONCLUSIVE: the list of registries cannot be had: HTTP 404");
        registry.says("/dns.json", "{}");
        assertThat(run(check).summary()).isEqualTo("INCONCLUSIVE: the list of registries cannot be had: it is none");
        registry.says("/dns.json", "<html>");
        assertThat(run(check).summary()).contains("INCONCLUSIVE", "body is no JSON");
        registry.says("/dns.json", registry.list());
        assertThat(run(DomainExpiryCheck.forDomain("shop.unlisted").bootstrap(registry.url("/dns.json")))
                        .summary())
                .isEqualTo("INCONCLUSIVE: no registry of shop.unlisted is known that speaks RDAP");
        assertThat(run(DomainExpiryCheck.forDomain("shop.example")
                                .bootstrap("http://127.0.0.1:" + Certificates.closedPort() + "/"))
                        .summary())
                .startsWith("INCONCLUSIVE: the list of registries cannot be had: CONNECT: connection refused");
    }

    @Test
    void aRegistryThatFailsIsNamed() {
        assertThat(run(check()).summary()).isEqualTo("STATUS: shop.example is not registered");

        registry.answers(PATH, aResponse().withStatus(500));
        assertThat(run(check()).summary()).isEqualTo("STATUS: HTTP 500");
        assertThat(run(DomainExpiryCheck.forDomain("shop.example")
                                .server("http://127.0.0.1:" + Certificates.closedPort() + "/"))
                        .summary())
                .startsWith("CONNECT: connection refused");
    }

    @ParameterizedTest
    @CsvSource({"429, INCONCLUSIVE", "503, FAIL"})
    void aRegistryThatAsksToBeLeftAloneIsLeftAlone(int status, Verdict verdict) {
        registry.answers(PATH, aResponse().withStatus(status).withHeader("Retry-After", "600"));
        List<Duration> asked = new CopyOnWriteArrayList<>();

        CheckResult result = check().run(listening(asked));

        assertThat(result.verdict()).isEqualTo(verdict);
        assertThat(result.evidence().facts()).containsEntry("retry-after", "600 s");
        assertThat(asked).containsExactly(ofSeconds(600));
    }

    private static CheckContext listening(List<Duration> asked) {
        FixedContext context = FixedContext.of(ofSeconds(20));
        return new CheckContext() {
            @Override
            public String monitor() {
                return context.monitor();
            }

            @Override
            public String check() {
                return context.check();
            }

            @Override
            public Duration timeout() {
                return context.timeout();
            }

            @Override
            public Duration remaining() {
                return context.remaining();
            }

            @Override
            public TimeSource time() {
                return context.time();
            }

            @Override
            public boolean isCancelled() {
                return context.isCancelled();
            }

            @Override
            public void onCancel(Runnable action) {
                context.onCancel(action);
            }

            @Override
            public void retryAfter(Duration pause) {
                asked.add(pause);
            }
        };
    }

    @Test
    void redirectsAreFollowedWithinBounds() {
        registry.answers(PATH, temporaryRedirect("/moved/1"));
        registry.answers("/moved/1", permanentRedirect(registry.url("/moved/2")));
        registry.says("/moved/2", domain(expiring(ofDays(400)), ""));
        assertThat(run(check()).verdict()).isEqualTo(Verdict.PASS);

        registry.answers("/moved/2", temporaryRedirect("/moved/1"));
        assertThat(run(check()).summary()).isEqualTo("PROTOCOL: more than 5 redirects, the last to 127.0.0.1");
        registry.answers("/moved/2", aResponse().withStatus(302));
        assertThat(run(check()).summary()).isEqualTo("PROTOCOL: HTTP 302 of 127.0.0.1 leads nowhere");
        registry.answers("/moved/2", temporaryRedirect("gopher://a/"));
        assertThat(run(check()).failure()).isEqualTo(FailureKind.PROTOCOL);
    }

    @Test
    void fiveRedirectsAreFollowedAndNoSixth() {
        registry.answers(PATH, temporaryRedirect("/moved/1"));
        for (int i = 1; i < 5; i++) {
            registry.answers("/moved/" + i, temporaryRedirect("/moved/" + (i + 1)));
        }
        registry.says("/moved/5", domain(expiring(ofDays(400)), ""));
        assertThat(run(check()).verdict()).isEqualTo(Verdict.PASS);

        registry.answers("/moved/5", temporaryRedirect("/moved/6"));
        registry.says("/moved/6", domain(expiring(ofDays(400)), ""));
        assertThat(run(check()).summary()).isEqualTo("PROTOCOL: more than 5 redirects, the last to 127.0.0.1");
    }

    @Test
    void overTlsTheCertificateIsVerifiedAndStaysWhereItIs() throws Exception {
        Certificates certificates = new Certificates();
        try (MockWebServer server = new MockWebServer()) {
            server.useHttps(certificates.server(certificates.given("rdap.example", ofHours(9))));
            server.start();
            DomainExpiryCheck check = DomainExpiryCheck.forDomain("shop.example")
                    .server("https://rdap.example:" + server.getPort() + "/v1")
                    .resolver(FixedNames.resolver("127.0.0.1"));

            server.enqueue(new MockResponse.Builder()
                    .body(domain(expiring(ofDays(400)), ""))
                    .build());
            assertThat(run(check.tls(certificates.trusted())).verdict()).isEqualTo(Verdict.PASS);
            assertThat(server.takeRequest().getTarget()).isEqualTo("/v1/domain/shop.example");
            assertThat(run(check).failure()).isEqualTo(FailureKind.TLS);

            server.enqueue(new MockResponse.Builder()
                    .code(302)
                    .addHeader("Location", registry.url("/rdap/domain/shop.example"))
                    .build());
            assertThat(run(check.tls(certificates.trusted())).summary())
                    .isEqualTo("PROTOCOL: HTTP 302 leads to 127.0.0.1, which is not encrypted");
        }
    }

    @Test
    @DisplayName("Security: the address policy judges scheme and address at every hop")
    void refusesAddressesThatThePolicyDoesNotAllow() {
        registry.says(PATH, domain(expiring(ofDays(400)), ""));
        String refused = "REFUSED_BY_POLICY: the address policy does not allow it: ";

        assertThat(run(check(), AddressPolicy.publicOnly()).summary())
                .isEqualTo(refused + "127.0.0.1 is a loopback address");
        assertThat(run(check(), AddressPolicy.standard().schemes("https")).summary())
                .isEqualTo(refused + "scheme http is not allowed");
        assertThat(run(
                                DomainExpiryCheck.forDomain("shop.example").bootstrap(registry.url("/dns.json")),
                                AddressPolicy.publicOnly())
                        .summary())
                .isEqualTo(refused + "127.0.0.1 is a loopback address");
        assertThat(registry.asked(PATH)).isZero();

        registry.answers(PATH, temporaryRedirect("https://127.0.0.1:" + registry.port() + "/elsewhere"));
        assertThat(run(check(), AddressPolicy.standard().schemes("http")).summary())
                .isEqualTo(refused + "scheme https is not allowed");
        registry.answers(PATH, temporaryRedirect("http://127.0.0.2:" + registry.port() + "/elsewhere"));
        assertThat(run(check(), AddressPolicy.standard().deny("127.0.0.2")).summary())
                .isEqualTo(refused + "127.0.0.2 is not allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "\"text\"",
                "{",
                "{} {}",
                "{}",
                "{\"objectClassName\": \"nameserver\"}",
                "{\"objectClassName\": 5}",
                "{\"objectClassName\": \"domain\", \"ldhName\": \"other.example\"}",
                "{\"objectClassName\": \"domain\", \"events\": [{\"eventAction\": \"expiration\"}]}",
                "{\"objectClassName\": \"domain\", \"events\": [{\"eventAction\": \"expiration\", \"eventDate\": 7}]}",
                "{\"objectClassName\": \"domain\", \"events\": [{\"eventAction\": \"expiration\", \"eventDate\": \"soon\"}]}"
            })
    void anAnswerThatIsNoneIsProtocol(String body) {
        registry.says(PATH, body);

        CheckResult result = run(check());

        assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.PROTOCOL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"objectClassName\": \"domain\"}",
                "{\"objectClassName\": \"domain\", \"status\": 5, \"events\": {}, \"entities\": [[]], \"nameservers\": [null]}",
                "{\"objectClassName\": \"domain\", \"entities\": [{\"roles\": [\"registrar\"], \"vcardArray\": [\"vcard\", 5]}]}",
                "{\"objectClassName\": \"domain\", \"entities\": [{\"roles\": \"registrar\"}], \"status\": [[\"a\"], null]}"
            })
    void whatIsMissingOrOfAnotherTypeIsNotThere(String body) {
        registry.says(PATH, body);

        assertThat(run(check()).summary())
                .isEqualTo("INCONCLUSIVE: the registry does not say when the registration expires");
    }

    @Test
    @DisplayName("P16: bounded size and time")
    void hostileRegistries() throws Exception {
        registry.answers(PATH, ok("[" + "\"y\",".repeat(80_000)));
        assertThat(run(check()).summary()).isEqualTo("TOO_LARGE: body has more than 262144 bytes");
        registry.answers(PATH, ok("{\"a\":".repeat(5_000)));
        assertThat(run(check()).failure()).isEqualTo(FailureKind.PROTOCOL);
        try (RawServer flood = new RawServer(socket -> {
                    RawServer.readHead(socket);
                    RawServer.send(socket, "HTTP/1.1 200 OK\r\n\r\n");
                    while (true) {
                        RawServer.send(socket, "y".repeat(5_000));
                    }
                });
                RawServer half = RawServer.holding("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{");
                RawServer cut = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{");
                RawServer list = RawServer.holding("HTTP/1.1 200 OK\r\n")) {
            assertThat(run(check().server(flood.url("/"))).failure()).isEqualTo(FailureKind.TOO_LARGE);
            assertThat(check().server(half.url("/"))
                            .run(FixedContext.of(ofMillis(400)))
                            .failure())
                    .isEqualTo(FailureKind.TIMEOUT);
            assertThat(run(check().server(cut.url("/"))).failure()).isEqualTo(FailureKind.PROTOCOL);
            assertThat(DomainExpiryCheck.forDomain("shop.example")
                            .bootstrap(list.url("/"))
                            .run(FixedContext.of(ofMillis(400)))
                            .failure())
                    .isEqualTo(FailureKind.TIMEOUT);
            await().until(() -> flood.served() == 1 && half.served() == 1 && list.served() == 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Shop.EXAMPLE., shop.example",
        "bücher.example, xn--bcher-kva.example",
        "xn--bcher-kva.example, xn--bcher-kva.example",
        "例え.テスト, xn--r8jz45g.xn--zckzah"
    })
    void namesAreWrittenAsRegistriesHaveThem(String name, String ascii) {
        DomainExpiryCheck check = DomainExpiryCheck.forDomain(name);

        assertThat(check.target()).isEqualTo(ascii);
        assertThat(check).isEqualTo(DomainExpiryCheck.forDomain(ascii)).hasToString("DOMAIN " + ascii);
        assertThat(check.kind()).isEqualTo("domain");
        assertThat(check.server("https://RDAP.example/").host()).isEqualTo("rdap.example");
    }

    @Test
    void theListNamesTheLongestPartAndWhatIsEncrypted() throws Exception {
        String list = """
                {"services": [[["example", "co.example"], ["http://a.invalid/", "https://b.invalid/x"]],
                  [["Shop.Example."], ["https://c.invalid"]], [["example"]], [5, 6], [[null], ["https://d.invalid"]],
                  [["example"], ["https://e.invalid"]]]}""";
        var document = Json.read(list);

        assertThat(Bootstrap.server(document, "a.example")).hasToString("https://b.invalid/x/");
        assertThat(Bootstrap.server(document, "a.shop.example")).hasToString("https://c.invalid/");
        assertThat(Bootstrap.server(document, "shop.example")).hasToString("https://b.invalid/x/");
        assertThat(Bootstrap.server(document, "example.net")).isNull();
        assertThat(Bootstrap.server(document, "notexample")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "example",
                "shop..example",
                "-shop.example",
                "shop-.example",
                "two words.example",
                "https://shop.example/",
                "192.0.2.1",
                "shop_x.example",
                "shop.example\r\n"
            })
    void refusesWhatIsNoDomain(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> DomainExpiryCheck.forDomain(name));
        assertThatIllegalArgumentException().isThrownBy(() -> check().expectNameServers(name));
    }

    @Test
    void refusesWhatMakesNoSense() {
        DomainExpiryCheck check = DomainExpiryCheck.forDomain("shop.example");

        for (String url : List.of("", "ftp://a/", "https://user:pw@a/", "https://a/?b", "https://a/#b", "a")) {
            assertThatIllegalArgumentException().isThrownBy(() -> check.server(url));
            assertThatIllegalArgumentException().isThrownBy(() -> check.bootstrap(url));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> check.warnBefore(ofDays(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> check.failBefore(ofDays(3_651)));
        assertThatIllegalStateException().isThrownBy(() -> check.failBefore(ofDays(30)));
        assertThatIllegalArgumentException().isThrownBy(() -> check.expectStatus(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> check.connectTimeout(Duration.ZERO));
    }

    @Test
    void eachOptionMakesAnotherCheck() {
        DomainExpiryCheck check = DomainExpiryCheck.forDomain("shop.example");

        assertThat(List.of(
                        DomainExpiryCheck.forDomain("other.example"),
                        check.server("https://rdap.example/"),
                        check.bootstrap("https://mirror.example/dns.json"),
                        check.warnBefore(ofDays(20)),
                        check.failBefore(ofDays(20)),
                        check.expectRegistrar(containing("a")),
                        check.expectNameServers("ns.example"),
                        check.expectStatus("locked"),
                        check.tls(TlsSettings.system().onlyTls13()),
                        check.family(IpFamily.IPV6),
                        check.resolver(FixedNames.resolver("127.0.0.1")),
                        check.connectTimeout(ofSeconds(1))))
                .doesNotHaveDuplicates()
                .doesNotContain(check);
        assertThat(check.server("https://rdap.example")).isEqualTo(check.server("https://rdap.example/"));
    }

    private DomainExpiryCheck check() {
        return DomainExpiryCheck.forDomain("shop.example").server(registry.url("/rdap"));
    }

    private static CheckResult run(DomainExpiryCheck check) {
        return run(check, AddressPolicy.standard());
    }

    private static CheckResult run(DomainExpiryCheck check, AddressPolicy policy) {
        return check.run(FixedContext.of(ofSeconds(20)).under(policy));
    }
}
