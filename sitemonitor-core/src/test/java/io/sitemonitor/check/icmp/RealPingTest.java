package io.sitemonitor.check.icmp;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.TestAbortedException;
import org.slf4j.LoggerFactory;

/** With the ping command of this machine, which this project did not write. Skipped where there is none. */
@Timeout(60)
class RealPingTest {

    @Test
    void pingsThisMachine() {
        if (PingCommand.find() == null) {
            throw skipped("there is no ping command here, so RealPingTest proves nothing; install iputils-ping");
        }
        CheckResult result = PingCheck.host("127.0.0.1").count(2).run(FixedContext.of(ofSeconds(20)));
        if (result.message().startsWith("ping is not permitted here")) {
            throw skipped(result.message() + ", so RealPingTest proves nothing");
        }

        assertThat(result.verdict()).as(result.summary()).isEqualTo(Verdict.PASS);
        assertThat(result.evidence().facts()).containsEntry("answered", "2 of 2");
    }

    @Test
    void saysSoWhereThereIsNone() {
        if (PingCommand.find() != null) {
            throw skipped("there is a ping command here, so nothing is proved of a machine without one");
        }
        CheckResult result = PingCheck.host("127.0.0.1").run(FixedContext.of(ofSeconds(20)));

        assertThat(result.summary()).isEqualTo("INCONCLUSIVE: this host has no ping command");
    }

    private static TestAbortedException skipped(String message) {
        LoggerFactory.getLogger(RealPingTest.class).warn("SKIPPED: {}", message);
        return new TestAbortedException(message);
    }
}
