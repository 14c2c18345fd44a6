package io.sitemonitor.check.dns;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.AddressPolicy;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.DatagramServer;
import io.sitemonitor.check.DelegatingContext;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.SteppingTime;
import io.sitemonitor.check.internal.Endpoint;
import io.sitemonitor.check.internal.FixedNames;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;

@Timeout(60)
class DnsCheckTest {

    private static final String[] ZONE = {
        "shop.example. 300 IN A 192.0.2.8",
        "shop.example. 300 IN A 192.0.2.7",
        "shop.example. 600 IN AAAA 2001:0db8:0:0:1:0:0:7",
        "shop.example. 300 IN MX 20 Backup.shop.example.",
        "shop.example. 300 IN MX 10 mail.shop.example.",
        "shop.example. 300 IN NS ns1.shop.example.",
        "shop.example. 300 IN SOA ns1.shop.example. admin.shop.example. 2024010101 7200 3600 1209600 300",
        "shop.example. 300 IN TXT \"v=spf1 \" \"-all\"",
        "shop.example. 300 IN TXT \"quoted \\\"text\\\"; gr\\195\\188n\"",
        "shop.example. 300 IN CAA 0 issue \"ca.example\"",
        "_sip._tcp.shop.example. 300 IN SRV 10 5 5060 sip.shop.example.",
        "7.2.0.192.in-addr.arpa. 300 IN PTR shop.example.",
        "www.shop.example. 60 IN CNAME front.shop.example.",
        "front.shop.example. 60 IN CNAME shop.example.",
        "away.shop.example. 60 IN CNAME elsewhere.test.",
        "ns1.shop.example. 300 IN A 192.0.2.53"
    };

    private final ZoneServer server = new ZoneServer(ZONE);

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shop.example           | A     | 192.0.2.7, 192.0.2.8",
                "shop.example           | AAAA  | 2001:db8::1:0:0:7",
                "shop.example.          | MX    | 10 mail.shop.example., 20 backup.shop.example.",
                "SHOP.example           | NS    | ns1.shop.example.",
                "shop.example           | SOA   | ns1.shop.example. admin.shop.example. 2024010101 7200 3600 1209600 300",
                "shop.example           | TXT   | quoted \"text\"; grün, v=spf1 -all",
                "shop.example           | CAA   | 0 issue \"ca.example\"",
                "_sip._tcp.shop.example | SRV   | 10 5 5060 sip.shop.example.",
                "192.0.2.7              | PTR   | shop.example.",
                "7.2.0.192.in-addr.arpa | PTR   | shop.example.",
                "www.shop.example       | CNAME | front.shop.example."
            })
    void writesRecordsAsItSays(String name, RecordType type, String records) {
        CheckResult result = run(lookup(name, type));

        assertThat(result.summary()).isEqualTo("PASS: " + records);
        assertThat(result.evidence().facts())
                .containsEntry("records", records)
                .containsEntry("code", "NOERROR")
                .containsEntry("over", "UDP");
    }

    @Test
    void tellsAddressPhasesAndHowLongTheRecordsMayBeKept() {
        CheckResult result = run(DnsCheck.lookup("shop.example", RecordType.A)
                .server("ns.name", server.port())
                .over(FixedNames.resolver("127.0.0.1")));

        assertThat(result.evidence().address()).isEqualTo("127.0.0.1:" + server.port());
        assertThat(result.evidence().phases().keySet()).containsExactly("dns", "exchange");
        assertThat(result.evidence().facts()).containsEntry("ttl", "300 s").doesNotContainKey("alias");
    }

    @Test
    void expectsExactlyTheseRecordsInAnyOrderAndSpelling() {
        DnsCheck mail = lookup("shop.example", RecordType.MX);

        assertThat(run(mail.expectRecords("20 backup.shop.example", "10 MAIL.shop.example."))
                        .summary())
                .startsWith("PASS");
        assertThat(run(mail.expectRecords("10 mail.shop.example")).summary())
                .isEqualTo("ASSERTION: unexpected record 20 backup.shop.example.");
        assertThat(run(mail.expectRecords("10 mail.shop.example", "20 backup.shop.example", "30 more.shop.example"))
                        .summary())
                .isEqualTo("ASSERTION: no record 30 more.shop.example.");
        assertThat(run(mail.expectRecords("10 mail.shop.example", "30 more.shop.example"))
                        .summary())
                .isEqualTo("ASSERTION: no record 30 more.shop.example., but unexpected record 20 backup.shop.example.");
        assertThat(run(lookup("shop.example", RecordType.AAAA).expectRecords("2001:db8:0:0:1::7"))
                        .summary())
                .startsWith("PASS");
        assertThat(run(lookup("shop.example", RecordType.CAA).expectRecords("0 issue ca.example"))
                        .summary())
                .startsWith("PASS");
    }

    @Test
    void expectsAnyOfTheseRecords() {
        DnsCheck addresses = lookup("shop.example", RecordType.A);

        assertThat(run(addresses.expectAnyOf("192.0.2.1", "192.0.2.8")).summary())
                .startsWith("PASS");
        assertThat(run(addresses.expectAnyOf("192.0.2.1", "192.0.2.2")).summary())
                .isEqualTo("ASSERTION: none of the records 192.0.2.1, 192.0.2.2, but 192.0.2.7, 192.0.2.8");
    }

    @Test
    void expectsWhateverSomebodyLikes() {
        DnsCheck addresses = lookup("shop.example", RecordType.A);

        assertThat(run(addresses.expectAnswer(records -> records.size() > 2 ? null : "fewer than 3 addresses"))
                        .summary())
                .isEqualTo("ASSERTION: fewer than 3 addresses");
        assertThat(run(addresses.expectAnswer(records -> {
                            throw new IllegalStateException("broken");
                        }))
                        .failure())
                .isEqualTo(FailureKind.CHECK_ERROR);
    }

    @Test
    void expectsHowLongRecordsMayBeKept() {
        DnsCheck addresses = lookup("shop.example", RecordType.A);

        assertThat(run(addresses.expectTtl(ofSeconds(300), ofSeconds(300))).summary())
                .startsWith("PASS");
        assertThat(run(addresses.expectTtl(ofSeconds(301), ofSeconds(900))).summary())
                .isEqualTo("ASSERTION: records may be kept for 300 s, expected from 301 s to 900 s");
        assertThat(run(addresses.expectTtl(ofSeconds(0), ofSeconds(299))).summary())
                .isEqualTo("ASSERTION: records may be kept for 300 s, expected from 0 s to 299 s");
    }

    @Test
    void failsWhenThereIsNoSuchNameOrRecord() {
        CheckResult unknown = run(lookup("no.example", RecordType.A));

        assertThat(unknown.summary()).isEqualTo("DNS: no.example A: no such name (NXDOMAIN)");
        assertThat(unknown.evidence().facts()).containsEntry("code", "NXDOMAIN");
        assertThat(run(lookup("ns1.shop.example", RecordType.MX)).summary())
                .isEqualTo("DNS: ns1.shop.example MX: no such record");
        assertThat(run(lookup("away.shop.example", RecordType.A)).summary())
                .isEqualTo("DNS: away.shop.example A: no such record of elsewhere.test., for which it is an alias");
    }

    @Test
    void expectsThatThereIsNone() {
        assertThat(run(lookup("no.example", RecordType.A).expectNoSuchName()).summary())
                .isEqualTo("PASS: NXDOMAIN, no records");
        assertThat(run(lookup("shop.example", RecordType.A).expectNoSuchName()).summary())
                .isEqualTo("ASSERTION: shop.example A: such a name, with 192.0.2.7, 192.0.2.8, expected NXDOMAIN");
        assertThat(run(lookup("ns1.shop.example", RecordType.MX).expectNoRecords())
                        .summary())
                .isEqualTo("PASS: NOERROR, no records");
        assertThat(run(lookup("shop.example", RecordType.NS).expectNoRecords()).summary())
                .isEqualTo("ASSERTION: shop.example NS: ns1.shop.example., expected none");
        assertThat(run(lookup("no.example", RecordType.MX).expectNoRecords()).summary())
                .isEqualTo("DNS: no.example MX: no such name (NXDOMAIN)");
    }

    @ParameterizedTest
    @CsvSource({
        "SERVFAIL, server could not find out (SERVFAIL)",
        "REFUSED, server refuses to answer (REFUSED)",
        "NOTIMP, server does not know such questions (NOTIMP)",
        "FORMERR, server does not understand the question (FORMERR)",
        "NOTAUTH, server is not responsible (NOTAUTH)"
    })
    void saysWhatTheServerSays(ResponseCode code, String meaning) {
        server.code(code.number());
        DnsCheck check = lookup("shop.example", RecordType.A);

        assertThat(run(check).summary()).isEqualTo("DNS: shop.example A: " + meaning);
        assertThat(run(check.expectCode(code)).summary()).isEqualTo("PASS: " + code + ", no records");
        assertThat(run(check.expectNoSuchName()).summary())
                .isEqualTo("ASSERTION: shop.example A: " + meaning + ", expected NXDOMAIN");
    }

    @Test
    void saysTheNumberOfWhatHasNoName() {
        server.code(Rcode.YXDOMAIN);

        assertThat(run(lookup("shop.example", RecordType.A)).summary())
                .isEqualTo("DNS: shop.example A: server answers with code 6");
    }

    @Test
    void expectsThatTheServerKnowsItOfItself() {
        DnsCheck check = lookup("shop.example", RecordType.A).expectAuthoritative();

        assertThat(run(check).summary()).startsWith("PASS");
        server.authoritative(false);
        assertThat(run(check).summary()).isEqualTo("ASSERTION: answer is not authoritative");
    }

    @Test
    void expectsThatTheServerHasVerifiedTheSignatures() {
        DnsCheck check = lookup("shop.example", RecordType.A).expectAuthenticated();

        assertThat(run(check).summary()).isEqualTo("ASSERTION: server has not verified the signatures of the answer");
        server.authenticated(true);
        assertThat(run(check).summary()).startsWith("PASS");
    }

    @Test
    void followsAliases() {
        CheckResult result = run(lookup("www.shop.example", RecordType.A));

        assertThat(result.summary()).isEqualTo("PASS: 192.0.2.7, 192.0.2.8");
        assertThat(result.evidence().facts()).containsEntry("alias", "shop.example.");
    }

    @Test
    void asksOverTcpWhatDoesNotFitIntoUdp() {
        String[] many = IntStream.range(0, 200)
                .mapToObj(i -> "many.example. 60 IN A 192.0.2." + i)
                .toArray(String[]::new);
        try (ZoneServer large = new ZoneServer(many)) {
            CheckResult result = run(DnsCheck.lookup("many.example", RecordType.A)
                    .server("127.0.0.1", large.port())
                    .expectAnswer(records -> records.size() == 200 ? null : "only " + records.size()));

            assertThat(result.summary()).isEqualTo("PASS: 192.0.2.0, 192.0.2.1, 192.0.2.10 and 197 more");
            assertThat(result.evidence().facts()).containsEntry("over", "TCP, since the answer does not fit into UDP");
            assertThat(large.overUdp()).isEqualTo(1);
            assertThat(large.overTcp()).isEqualTo(1);
        }
    }

    @Test
    void asksForAnswersOfMoreThan512BytesOverUdp() {
        String[] some = IntStream.range(0, 50)
                .mapToObj(i -> "some.example. 60 IN A 192.0.2." + i)
                .toArray(String[]::new);
        try (ZoneServer medium = new ZoneServer(some)) {
            run(DnsCheck.lookup("some.example", RecordType.A).server("127.0.0.1", medium.port()));

            assertThat(medium.overTcp()).isZero();
        }
    }

    @Test
    void asksOverTcpFromTheBeginningIfToldSo() {
        CheckResult result = run(lookup("shop.example", RecordType.A).overTcp());

        assertThat(result.summary()).isEqualTo("PASS: 192.0.2.7, 192.0.2.8");
        assertThat(result.evidence().facts()).containsEntry("over", "TCP");
        assertThat(server.overUdp()).isZero();
    }

    @Test
    void asksAServerOnceMoreInAnOlderWayThatDoesNotKnowTheNewOne() {
        byte[] refusal = {0, 0, (byte) 0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0};
        try (DatagramServer old = new DatagramServer((question, reply) -> {
            boolean isModern = question[11] > 0;
            byte[] bare = refusal.clone();
            bare[0] = question[0];
            bare[1] = question[1];
            reply.send(isModern ? bare : server.answer(question, false));
        })) {
            assertThat(run(DnsCheck.lookup("shop.example", RecordType.A).server("127.0.0.1", old.port()))
                            .summary())
                    .isEqualTo("PASS: 192.0.2.7, 192.0.2.8");
            assertThat(old.received()).isEqualTo(2);
        }
    }

    @Test
    void asksTheNextServerWhenOneDoesNotAnswer() {
        int closed = DatagramServer.closedPort();
        try (DatagramServer silent = DatagramServer.silent()) {
            CheckResult result = DnsCheck.lookup("shop.example", RecordType.A)
                    .server("127.0.0.1", closed)
                    .server("127.0.0.1", silent.port())
                    .server("127.0.0.1", server.port())
                    .run(FixedContext.of(ofSeconds(2)));

            assertThat(result.summary()).isEqualTo("PASS: 192.0.2.7, 192.0.2.8");
            assertThat(result.evidence().address()).isEqualTo("127.0.0.1:" + server.port());
            assertThat(result.evidence().facts())
                    .containsEntry("server1", "127.0.0.1:" + closed + " does not answer")
                    .containsEntry("server2", "127.0.0.1:" + silent.port() + " does not answer");
        }
    }

    @Test
    void asksNoOtherServerWhenOneSaysThatThereIsNoSuchName() {
        try (ZoneServer other = new ZoneServer("no.example. 60 IN A 192.0.2.1")) {
            assertThat(run(lookup("no.example", RecordType.A).server("127.0.0.1", other.port()))
                            .summary())
                    .isEqualTo("DNS: no.example A: no such name (NXDOMAIN)");
            assertThat(other.overUdp()).isZero();
        }
    }

    @Test
    void saysThatNoServerAnswers() {
        int closed = DatagramServer.closedPort();
        DnsCheck check = DnsCheck.lookup("shop.example", RecordType.A).server("127.0.0.1", closed);

        assertThat(run(check).summary()).isEqualTo("CONNECT: connection refused by 127.0.0.1:" + closed);
        assertThat(run(check.server("127.0.0.2", closed)).summary())
                .isEqualTo("CONNECT: none of 2 servers answers, the first: connection refused by 127.0.0.1:" + closed);
    }

    @Test
    void asksTheServersOfThisMachineUnlessToldOtherwise() {
        DnsCheck check = DnsCheck.lookup("shop.example", RecordType.A);

        assertThat(run(check.system(() -> List.of(Endpoint.of("127.0.0.1", server.port()))))
                        .summary())
                .isEqualTo("PASS: 192.0.2.7, 192.0.2.8");
        assertThat(run(check.system(List::of)).summary())
                .isEqualTo("INCONCLUSIVE: this machine is not set up to use any name server");
        assertThat(SystemServers.find()).isNotEmpty().hasSizeLessThanOrEqualTo(DnsCheck.MOST_SERVERS);
    }

    @Test
    void asksNobodyWhomThePolicyDoesNotAllow() {
        CheckResult result = lookup("shop.example", RecordType.A)
                .run(new DelegatingContext(FixedContext.of(ofSeconds(20))) {
                    @Override
                    public AddressPolicy addressPolicy() {
                        return AddressPolicy.publicOnly();
                    }
                });

        assertThat(result.failure()).isEqualTo(FailureKind.REFUSED_BY_POLICY);
        assertThat(server.overUdp()).isZero();
    }

    @Test
    void warnsAndFailsWhenItIsSlow() {
        DnsCheck check = lookup("shop.example", RecordType.NS).warnAbove(ofMillis(10));

        assertThat(slow(check)).startsWith("WARN: ns1.shop.example. in ").endsWith(", more than 10 ms");
        assertThat(slow(check.failAbove(ofMillis(20)))).startsWith("ASSERTION: ns1.shop.example. in ");
    }

    private DnsCheck lookup(String name, RecordType type) {
        return DnsCheck.lookup(name, type).server("127.0.0.1", server.port());
    }

    private static String slow(DnsCheck check) {
        return check.run(FixedContext.of(ofSeconds(20), new SteppingTime(ofMillis(100))))
                .summary();
    }

    private static CheckResult run(DnsCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
