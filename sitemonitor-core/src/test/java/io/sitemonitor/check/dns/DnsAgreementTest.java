package io.sitemonitor.check.dns;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.DatagramServer;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DnsAgreementTest {

    private final ZoneServer one = zone("192.0.2.7", "ns1", 7);
    private final ZoneServer same = zone("192.0.2.7", "ns1", 7);
    private final ZoneServer renamed = zone("192.0.2.7", "ns2", 7);
    private final ZoneServer old = zone("192.0.2.6", "ns1", 6);
    private final DatagramServer silent = DatagramServer.silent();

    @AfterEach
    void close() {
        one.close();
        same.close();
        renamed.close();
        old.close();
        silent.close();
    }

    @Test
    void passesWhenAllSayTheSame() {
        CheckResult result = run(asking(RecordType.A, one.port(), same.port()).expectAgreement());

        assertThat(result.summary()).isEqualTo("PASS: 2 servers agree: 192.0.2.7");
        assertThat(result.evidence().facts())
                .containsEntry("server1", "127.0.0.1:" + one.port() + ": PASS: 192.0.2.7")
                .containsEntry("server2", "127.0.0.1:" + same.port() + ": PASS: 192.0.2.7");
        assertThat(same.overUdp()).isEqualTo(1);
    }

    @Test
    void failsWhenOneSaysSomethingElse() {
        assertThat(run(asking(RecordType.A, one.port(), same.port(), old.port()).expectAgreement())
                        .summary())
                .isEqualTo("ASSERTION: servers disagree: 127.0.0.1:" + one.port() + " has 192.0.2.7; 127.0.0.1:"
                        + old.port() + " has 192.0.2.6");
    }

    @Test
    void comparesSerialsAlone() {
        DnsCheck check = asking(RecordType.SOA, one.port(), renamed.port());

        assertThat(run(check.expectSerialsAgree()).summary()).isEqualTo("PASS: 2 servers agree: serial 7");
        assertThat(run(check.expectAgreement()).failure()).isEqualTo(FailureKind.ASSERTION);
        assertThat(run(asking(RecordType.SOA, one.port(), old.port()).expectSerialsAgree())
                        .summary())
                .isEqualTo("ASSERTION: servers disagree: 127.0.0.1:" + one.port() + " has serial 7; 127.0.0.1:"
                        + old.port() + " has serial 6");
    }

    @Test
    void expectsTheSameOfEach() {
        assertThat(run(asking(RecordType.A, one.port(), old.port())
                                .expectAgreement()
                                .expectRecords("192.0.2.7"))
                        .summary())
                .isEqualTo("ASSERTION: 127.0.0.1:" + old.port()
                        + ": no record 192.0.2.7, but unexpected record 192.0.2.6");
        one.code(5);
        assertThat(run(asking(RecordType.A, one.port(), old.port()).expectAgreement())
                        .summary())
                .isEqualTo("DNS: 127.0.0.1:" + one.port() + ": shop.example A: server refuses to answer (REFUSED)");
    }

    @Test
    void mixesNoFactsOfSeveralServers() {
        CheckResult agreed = run(asking(RecordType.A, one.port(), same.port()).expectAgreement());
        assertThat(agreed.evidence().facts())
                .containsEntry("records", "192.0.2.7")
                .containsEntry("ttl", "300 s");

        CheckResult torn = run(asking(RecordType.A, one.port(), old.port()).expectAgreement());
        assertThat(torn.evidence().facts()).containsOnlyKeys("over", "server1", "server2");

        old.code(3);
        CheckResult lacking = run(asking(RecordType.A, one.port(), old.port()).expectAgreement());
        assertThat(lacking.evidence().facts()).containsEntry("code", "NXDOMAIN").doesNotContainKeys("records", "ttl");
    }

    @Test
    void agreesThatThereIsNothing() {
        DnsCheck check = DnsCheck.lookup("no.example", RecordType.A)
                .server("127.0.0.1", one.port())
                .server("127.0.0.1", same.port())
                .expectAgreement()
                .expectNoSuchName();

        assertThat(run(check).summary()).isEqualTo("PASS: 2 servers agree: NXDOMAIN, no records");
    }

    @Test
    void failsWhenOneDoesNotAnswerUnlessThatIsTolerated() {
        int closed = DatagramServer.closedPort();
        DnsCheck check = asking(RecordType.A, closed, one.port(), same.port()).expectAgreement();
        String message = "1 of 3 servers does not answer: 127.0.0.1:" + closed + " (connection refused by 127.0.0.1:"
                + closed + ")";

        assertThat(run(check).summary()).isEqualTo("CONNECT: " + message);
        assertThat(run(check.tolerateSilence()).summary()).isEqualTo("WARN: " + message);
    }

    @Test
    void aServerThatIsSilentAfterOthersHaveAnsweredHasNoAnswer() {
        int closed = DatagramServer.closedPort();
        DnsCheck check = asking(RecordType.A, one.port(), closed).expectAgreement();

        assertThat(run(check.tolerateSilence()).summary())
                .isEqualTo("WARN: 1 of 2 servers does not answer: 127.0.0.1:" + closed
                        + " (connection refused by 127.0.0.1:" + closed + ")");
    }

    @Test
    void leavesTimeForTheOthersWhenOneIsSilent() {
        CheckResult result = asking(RecordType.A, silent.port(), one.port())
                .expectAgreement()
                .run(FixedContext.of(ofSeconds(1)));

        assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(result.message()).startsWith("1 of 2 servers does not answer: 127.0.0.1:" + silent.port());
    }

    @Test
    void doesNotTolerateADisagreementForTheSakeOfSilence() {
        DnsCheck check = asking(RecordType.A, DatagramServer.closedPort(), one.port(), old.port())
                .expectAgreement()
                .tolerateSilence();

        assertThat(run(check).failure()).isEqualTo(FailureKind.ASSERTION);
    }

    @Test
    void failsWhenNobodyAnswers() {
        int closed = DatagramServer.closedPort();
        DnsCheck check = asking(RecordType.A, closed, closed).expectAgreement().tolerateSilence();

        assertThat(run(check).summary())
                .isEqualTo("CONNECT: none of 2 servers answers, the first: connection refused by 127.0.0.1:" + closed);
    }

    @Test
    void warnsWhenOneOfThemIsWorthAWarning() {
        DnsCheck check = asking(RecordType.A, one.port(), same.port())
                .expectAgreement()
                .expectAnswer(new RecordExpectation.AnyOf(List.of("192.0.2.1")).orWarn());

        assertThat(run(check).summary())
                .isEqualTo("WARN: 127.0.0.1:" + one.port() + ": none of the records 192.0.2.1, but 192.0.2.7");
    }

    @Test
    void needsServersToCompare() {
        DnsCheck check = DnsCheck.lookup("shop.example", RecordType.A).server("192.0.2.53");

        assertThatIllegalStateException()
                .isThrownBy(check::expectAgreement)
                .withMessage("expectAgreement needs at least two servers, named before it, but there are 1");
        assertThatIllegalStateException()
                .isThrownBy(() -> check.server("192.0.2.54").expectSerialsAgree())
                .withMessage("expectSerialsAgree is about records of type SOA, but the check asks for A");
        assertThatIllegalStateException()
                .isThrownBy(check::tolerateSilence)
                .withMessage("tolerateSilence is about servers that must agree, and none must");
    }

    private static ZoneServer zone(String address, String primary, int serial) {
        return new ZoneServer(
                "shop.example. 300 IN A " + address,
                "shop.example. 300 IN SOA " + primary + ".shop.example. admin.shop.example. " + serial + " 1 2 3 4");
    }

    private static DnsCheck asking(RecordType type, int... ports) {
        DnsCheck check = DnsCheck.lookup("shop.example", type);
        for (int port : ports) {
            check = check.server("127.0.0.1", port);
        }
        return check;
    }

    private static CheckResult run(DnsCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
