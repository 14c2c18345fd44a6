package io.sitemonitor.check.icmp;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RealServer;
import io.sitemonitor.check.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the ping command of this machine. Needs ping, and the permission to use it. */
@Timeout(60)
class RealPingTest {

    @Test
    void pingsThisMachine() {
        RealServer.program("ping", "iputils-ping");
        CheckResult result = PingCheck.host("127.0.0.1").count(2).run(FixedContext.of(ofSeconds(20)));
        assumeThat(result.message()).doesNotStartWith("ping is not permitted here");

        assertThat(result.verdict()).as(result.summary()).isEqualTo(Verdict.PASS);
        assertThat(result.evidence().facts()).containsEntry("answered", "2 of 2");
        assertThat(result.evidence().address()).isEqualTo("127.0.0.1");
    }

    @Test
    void pingsItOverIpv6() {
        RealServer.program("ping", "iputils-ping");
        CheckResult result = PingCheck.host("::1").count(1).run(FixedContext.of(ofSeconds(20)));
        assumeThat(result.message()).doesNotStartWith("ping is not permitted here");
        assumeThat(result.failure()).as("no IPv6 here: " + result.summary()).isNull();

        assertThat(result.evidence().facts()).containsEntry("answered", "1 of 1");
    }
}
