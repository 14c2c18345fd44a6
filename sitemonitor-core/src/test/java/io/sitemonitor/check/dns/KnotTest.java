package io.sitemonitor.check.dns;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RealServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against Knot DNS and Unbound. Needs knotd, keymgr and unbound. */
@Timeout(120)
class KnotTest {

    private static final List<String> ZONE = List.of(
            "$ORIGIN shop.example.",
            "$TTL 300",
            "@ SOA ns1 admin 7 7200 3600 1209600 300",
            "@ NS ns1",
            "@ A 192.0.2.7",
            "@ A 192.0.2.8",
            "@ AAAA 2001:db8::7",
            "@ MX 20 backup",
            "@ MX 10 mail",
            "@ TXT \"v=spf1 \" \"-all\"",
            "@ CAA 0 issue \"ca.example\"",
            "_sip._tcp SRV 10 5 5060 sip",
            "7.2.0.192 PTR shop.example.",
            "ns1 A 192.0.2.53",
            "www CNAME front",
            "front CNAME shop.example.");

    private static final Map<String, String> RECORDS = Map.ofEntries(
            Map.entry("shop.example A", "192.0.2.7, 192.0.2.8"),
            Map.entry("www.shop.example A", "192.0.2.7, 192.0.2.8"),
            Map.entry("shop.example AAAA", "2001:db8::7"),
            Map.entry("www.shop.example CNAME", "front.shop.example."),
            Map.entry("shop.example MX", "10 mail.shop.example., 20 backup.shop.example."),
            Map.entry("shop.example NS", "ns1.shop.example."),
            Map.entry("7.2.0.192.shop.example PTR", "shop.example."),
            Map.entry("shop.example SOA", "ns1.shop.example. admin.shop.example. 7 7200 3600 1209600 300"),
            Map.entry("_sip._tcp.shop.example SRV", "10 5 5060 sip.shop.example."),
            Map.entry("shop.example TXT", "v=spf1 -all"),
            Map.entry("shop.example CAA", "0 issue \"ca.example\""));

    @TempDir
    Path directory;

    private NameServers servers;

    @BeforeEach
    void prepare() {
        servers = new NameServers(directory);
    }

    @Test
    void readsRecordsOfEveryType() throws Exception {
        try (RealServer server = servers.knot("primary", ZONE)) {
            RECORDS.forEach((question, records) -> {
                String[] words = question.split(" ");
                DnsCheck check = lookup(words[0], RecordType.valueOf(words[1]), server)
                        .expectAuthoritative()
                        .expectTtl(ofSeconds(300), ofSeconds(300));

                assertThat(run(check).summary()).as(question).isEqualTo("PASS: " + records);
                assertThat(run(check.overTcp()).summary()).as(question).isEqualTo("PASS: " + records);
            });
            assertThat(RECORDS.keySet().stream().map(question -> RecordType.valueOf(question.split(" ")[1])))
                    .contains(RecordType.values());
        }
    }

    @Test
    void saysWhatTheServerSays() throws Exception {
        List<String> large = new ArrayList<>(ZONE);
        IntStream.range(0, 200).forEach(i -> large.add("many A 192.0.2." + i));
        try (RealServer server = servers.knot("primary", large)) {
            assertThat(run(lookup("no.shop.example", RecordType.A, server)).summary())
                    .isEqualTo("DNS: no.shop.example A: no such name (NXDOMAIN)");
            assertThat(run(lookup("ns1.shop.example", RecordType.MX, server)).summary())
                    .isEqualTo("DNS: ns1.shop.example MX: no such record");
            assertThat(run(lookup("elsewhere.example", RecordType.A, server)).summary())
                    .isEqualTo("DNS: elsewhere.example A: server refuses to answer (REFUSED)");

            CheckResult many = run(lookup("many.shop.example", RecordType.A, server));
            assertThat(many.summary()).isEqualTo("PASS: 192.0.2.0, 192.0.2.1, 192.0.2.10 and 197 more");
            assertThat(many.evidence().facts()).containsEntry("over", "TCP, since the answer does not fit into UDP");
        }
    }

    @Test
    void tellsWhetherAllServersHaveTheLatestZone() throws Exception {
        List<String> old =
                ZONE.stream().map(line -> line.replace(" 7 7200 ", " 6 7200 ")).toList();
        try (RealServer primary = servers.knot("primary", ZONE);
                RealServer secondary = servers.secondary("secondary", primary);
                RealServer forgotten = servers.knot("forgotten", old)) {
            DnsCheck check = lookup("shop.example", RecordType.SOA, primary);
            DnsCheck two = check.server("127.0.0.1", secondary.port());
            await().until(() -> run(two.expectSerialsAgree()).failure() == null);

            assertThat(run(two.expectSerialsAgree()).summary()).isEqualTo("PASS: 2 servers agree: serial 7");
            assertThat(run(two.expectAgreement()).summary()).startsWith("PASS: 2 servers agree: ns1.shop.example. ");
            assertThat(run(two.server("127.0.0.1", forgotten.port()).expectSerialsAgree())
                            .summary())
                    .isEqualTo("ASSERTION: servers disagree: 127.0.0.1:" + primary.port() + " has serial 7; 127.0.0.1:"
                            + forgotten.port() + " has serial 6");
        }
    }

    @Test
    void tellsWhetherAResolverHasVerifiedTheSignatures() throws Exception {
        try (RealServer server = servers.knot("signed", ZONE, "dnssec-signing: on")) {
            String key = servers.key("signed");
            String wrong = key.substring(0, key.length() - 8) + "01234567";
            try (RealServer resolver = servers.unbound("resolver", server, key);
                    RealServer misled = servers.unbound("misled", server, wrong)) {
                DnsCheck asked = lookup("www.shop.example", RecordType.A, resolver);

                assertThat(run(asked.expectAuthenticated()).summary()).isEqualTo("PASS: 192.0.2.7, 192.0.2.8");
                assertThat(run(asked.expectAuthoritative()).summary())
                        .isEqualTo("ASSERTION: answer is not authoritative");
                assertThat(run(lookup("www.shop.example", RecordType.A, server).expectAuthenticated())
                                .summary())
                        .isEqualTo("ASSERTION: server has not verified the signatures of the answer");

                CheckResult bogus = run(lookup("www.shop.example", RecordType.A, misled));
                assertThat(bogus.failure()).isEqualTo(FailureKind.DNS);
                assertThat(bogus.message()).endsWith("server could not find out (SERVFAIL)");
            }
        }
    }

    private static DnsCheck lookup(String name, RecordType type, RealServer server) {
        return DnsCheck.lookup(name, type).server("127.0.0.1", server.port());
    }

    private static CheckResult run(DnsCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
