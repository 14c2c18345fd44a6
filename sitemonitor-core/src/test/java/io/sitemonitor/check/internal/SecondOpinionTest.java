package io.sitemonitor.check.internal;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SecondOpinionTest {

    private final FixedContext context = FixedContext.of(ofSeconds(100));
    private final SecondOpinion opinion = new SecondOpinion(context, SecondOpinion::mayBelongToAddress);
    private final List<String> asked = new ArrayList<>();
    private final List<Duration> limits = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1 192.0.2.2,192.0.2.1 192.0.2.2",
        "192.0.2.1 192.0.2.2 2001:db8::1 2001:db8::2,192.0.2.1 2001:db8::1 2001:db8::2 192.0.2.2",
        "2001:db8::1 2001:db8::2 192.0.2.1 192.0.2.2,2001:db8::1 192.0.2.1 192.0.2.2 2001:db8::2",
        "192.0.2.1 192.0.2.1 192.0.2.2 192.0.2.1,192.0.2.1 192.0.2.2"
    })
    void asksTheFirstThenTheOtherFamilyThenTheRest(String known, String order) throws Exception {
        CheckResult result = ask(addresses(known), CheckResult.fail(FailureKind.CONNECT, "no"));

        assertThat(asked)
                .containsExactlyElementsOf(addresses(order).stream()
                        .map(InetAddress::getHostAddress)
                        .toList());
        assertThat(result.message())
                .startsWith("none of " + asked.size()
                        + " addresses works: 192.0.2.1 (no)".replace("192.0.2.1", asked.get(0)));
    }

    @Test
    void ofEveryAddressWhatCannotBeToldIsGraverThanAWarning() throws Exception {
        SecondOpinion opinion = new SecondOpinion(FixedContext.of(ofSeconds(20)), failed -> true);
        List<InetAddress> addresses = List.of(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("192.0.2.2"));
        Deadline deadline = Deadline.of(FixedContext.of(ofSeconds(20)));

        CheckResult found = opinion.askEvery(
                addresses,
                80,
                deadline,
                (peer, share) -> peer.getAddress().equals(addresses.get(0))
                        ? CheckResult.warn("slow")
                        : CheckResult.inconclusive("paused"));

        assertThat(found.summary()).isEqualTo("INCONCLUSIVE: paused");
    }

    @Test
    void eachMayTakeHalfOfWhatIsLeftAndTheLastOneAllOfIt() throws Exception {
        ask(addresses("192.0.2.1 192.0.2.2 192.0.2.3"), CheckResult.fail(FailureKind.CONNECT, "no"));

        assertThat(limits.get(0)).isBetween(ofSeconds(40), ofSeconds(50));
        assertThat(limits.get(1)).isBetween(ofSeconds(40), ofSeconds(50));
        assertThat(limits.get(2)).isEqualTo(ofSeconds(100));
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void asksAgainOnlyWhatMayBelongToOneAddress(FailureKind kind) throws Exception {
        CheckResult result = ask(addresses("192.0.2.1 192.0.2.2"), CheckResult.fail(kind, "no"));

        boolean again = switch (kind) {
            case CONNECT, TLS, TIMEOUT, PROTOCOL, STATUS, ASSERTION -> true;
            case DNS, TOO_LARGE, REFUSED_BY_POLICY, MISSED_HEARTBEAT, CHECK_ERROR -> false;
        };
        assertThat(asked).hasSize(again ? 2 : 1);
        assertThat(result.summary())
                .isEqualTo(kind + (again ? ": none of 2 addresses works: 192.0.2.1 (no); 192.0.2.2 (no)" : ": no"));
    }

    @Test
    void asksNobodyElseWhenNoTimeIsLeft() throws Exception {
        Deadline over = new Deadline(context, ofSeconds(200).toNanos(), ofSeconds(100));
        CheckResult result = opinion.ask(addresses("192.0.2.1 192.0.2.2"), 80, over, (peer, deadline) -> {
            asked.add(peer.getHostString());
            return CheckResult.fail(FailureKind.TIMEOUT, "late");
        });

        assertThat(asked).hasSize(1);
        assertThat(result.summary()).isEqualTo("TIMEOUT: late; no time was left to ask another address");
        assertThat(opinion.conclude(result)).isSameAs(result);
    }

    @Test
    void couldNotTellIsNeitherWorksNorFails() throws Exception {
        CheckResult lost = CheckResult.inconclusive("ended");
        CheckResult result = opinion.ask(
                addresses("192.0.2.1 192.0.2.2"),
                80,
                Deadline.of(context),
                (peer, deadline) -> peer.getAddress().getHostAddress().endsWith("1")
                        ? CheckResult.fail(FailureKind.STATUS, "HTTP 503")
                        : lost);

        assertThat(result).isSameAs(lost);
        assertThat(opinion.conclude(lost).evidence().facts())
                .hasToString("{address1=192.0.2.1 fails: STATUS: HTTP 503}");
        assertThat(opinion.conclude(lost).summary()).isEqualTo("INCONCLUSIVE: ended");
    }

    @Test
    void tellsOfEightAddressesAtMost() throws Exception {
        List<InetAddress> many = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            many.add(InetAddress.getByName("192.0.2." + i));
        }
        CheckResult result = opinion.conclude(ask(many, CheckResult.fail(FailureKind.CONNECT, "no")));

        assertThat(asked).hasSize(20);
        assertThat(result.evidence().facts()).hasSize(8).containsKey("address8");
        assertThat(result.message()).hasSizeLessThanOrEqualTo(CheckResult.MAX_MESSAGE);
    }

    private CheckResult ask(List<InetAddress> addresses, CheckResult each) {
        return opinion.ask(addresses, 80, Deadline.of(context), (peer, deadline) -> {
            asked.add(peer.getAddress().getHostAddress());
            limits.add(deadline.limit());
            return each.with(Evidence.none());
        });
    }

    private static List<InetAddress> addresses(String texts) throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String text : texts.split(" ", -1)) {
            addresses.add(InetAddress.getByName(text));
        }
        return addresses;
    }
}
