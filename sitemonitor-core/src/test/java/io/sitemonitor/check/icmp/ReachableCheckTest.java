package io.sitemonitor.check.icmp;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.AddressPolicy;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.DelegatingContext;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.SteppingTime;
import io.sitemonitor.check.internal.FixedNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReachableCheckTest {

    private final List<String> asked = new ArrayList<>();

    @Test
    void reachesThisMachine() {
        CheckResult result = run(ReachableCheck.host("some.name").resolver(FixedNames.resolver("127.0.0.1")));

        assertThat(result.summary()).isEqualTo("PASS: reachable");
        assertThat(result.evidence().address()).isEqualTo("127.0.0.1");
        assertThat(result.evidence().phases().keySet()).containsExactly("dns", "reach");
    }

    @Test
    void triesTheNextAddressWhenOneIsNotReachable() {
        CheckResult result = run(ReachableCheck.host("some.name")
                .resolver(FixedNames.resolver("127.0.0.2", "127.0.0.1"))
                .over((address, millis) -> {
                    asked.add(address.getHostAddress());
                    return address.getHostAddress().equals("127.0.0.1");
                }));

        assertThat(result.summary()).isEqualTo("PASS: reachable");
        assertThat(asked).containsExactly("127.0.0.2", "127.0.0.1");
    }

    @Test
    void tellsNoWayFromNoAnswer() {
        ReachableCheck check = ReachableCheck.host("127.0.0.1");

        assertThat(run(check.over((address, millis) -> false)).summary())
                .isEqualTo("CONNECT: 127.0.0.1 is not reachable");
        assertThat(run(check.over((address, millis) -> {
                            throw new IOException("Network is unreachable");
                        }))
                        .summary())
                .isEqualTo("CONNECT: no connection to 127.0.0.1:7: Network is unreachable");
        CountDownLatch never = new CountDownLatch(1);
        CheckResult late = check.over((address, millis) -> {
                    try {
                        return never.await(millis, TimeUnit.MILLISECONDS);
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                })
                .run(FixedContext.of(ofMillis(200)));
        assertThat(late.summary()).isEqualTo("TIMEOUT: no answer within 200 ms (trying to reach 127.0.0.1)");
    }

    @Test
    void asksThePolicyForThePortThatMayBeUsed() {
        CheckResult result = ReachableCheck.host("127.0.0.1")
                .run(new DelegatingContext(FixedContext.of(ofSeconds(20))) {
                    @Override
                    public AddressPolicy addressPolicy() {
                        return AddressPolicy.standard().ports(80, 443);
                    }
                });

        assertThat(result.failure()).isEqualTo(FailureKind.REFUSED_BY_POLICY);
        assertThat(result.message()).contains("port 7 is not allowed");
    }

    @Test
    void warnsWhenItIsSlow() {
        assertThat(ReachableCheck.host("127.0.0.1")
                        .warnAbove(ofMillis(10))
                        .run(FixedContext.of(ofSeconds(20), new SteppingTime(ofMillis(100))))
                        .summary())
                .startsWith("WARN: reachable in ");
    }

    @Test
    void isEqualByItsOptions() {
        ReachableCheck check = ReachableCheck.host("GW.internal");

        assertThat(check)
                .isEqualTo(ReachableCheck.host("GW.internal"))
                .hasToString("REACHABLE GW.internal")
                .isNotEqualTo(ReachableCheck.host("other.internal"))
                .isNotEqualTo(check.failAbove(ofSeconds(1)));
        assertThat(check.host()).isEqualTo("gw.internal");
        assertThat(check.kind()).isEqualTo("reachable");
    }

    private static CheckResult run(ReachableCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
