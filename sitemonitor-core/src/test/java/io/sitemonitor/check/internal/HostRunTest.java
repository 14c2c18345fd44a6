package io.sitemonitor.check.internal;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.AddressPolicy;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.DelegatingContext;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.IpFamily;
import io.sitemonitor.check.SteppingTime;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostRunTest {

    private final List<String> asked = new ArrayList<>();

    @Test
    void asksTheNextAddressWhenOneRefuses() {
        HostRun run = run();
        CheckResult result = run.seen(run.ask(two(), run.deadline(), peer -> {
            asked.add(run.peer());
            if (asked.size() == 1) {
                throw new ConnectException("Connection refused");
            }
            return CheckResult.pass("works");
        }));

        assertThat(result.summary()).isEqualTo("PASS: works");
        assertThat(asked).containsExactly("127.0.0.1:53", "127.0.0.2:53");
        assertThat(result.evidence().address()).isEqualTo("127.0.0.2:53");
        assertThat(result.evidence().phases()).containsOnlyKeys("dns");
    }

    @Test
    void saysHowManyRefuse() {
        HostRun run = run();
        CheckResult result = run.seen(run.ask(two(), run.deadline(), peer -> {
            throw new NoRouteToHostException("No route to host");
        }));

        assertThat(result.summary())
                .isEqualTo("CONNECT: no connection to 127.0.0.1:53: No route to host"
                        + " (first of 2 addresses, none answers)");
        assertThat(result.evidence().address()).isNull();
    }

    @Test
    void asksNoOtherAddressAfterAnyOtherFailure() {
        HostRun run = run();
        CheckResult result = run.ask(two(), run.deadline(), peer -> {
            asked.add(run.peer());
            throw new ProtocolException("nonsense");
        });

        assertThat(result.summary()).isEqualTo("PROTOCOL: nonsense");
        assertThat(asked).containsExactly("127.0.0.1:53");
    }

    @Test
    void asksOnlyWhereThePolicyAllowsIt() {
        HostRun run = new HostRun(under(AddressPolicy.standard().deny("127.0.0.1")));
        CheckResult result = run.ask(two(), run.deadline(), peer -> {
            asked.add(run.peer());
            return CheckResult.pass("works");
        });

        assertThat(result.summary()).isEqualTo("PASS: works");
        assertThat(asked).containsExactly("127.0.0.2:53");
    }

    @Test
    void asksNobodyWhenThePolicyAllowsNone() {
        HostRun run = new HostRun(under(AddressPolicy.publicOnly()));
        CheckResult result = run.ask(two(), run.deadline(), peer -> {
            asked.add(run.peer());
            return CheckResult.pass("works");
        });

        assertThat(result.failure()).isEqualTo(FailureKind.REFUSED_BY_POLICY);
        assertThat(result.message()).contains("127.0.0.1 is a loopback address");
        assertThat(asked).isEmpty();
    }

    @Test
    void takesAddressesOfTheFamilyThatIsWanted() {
        HostRun run = run();
        CheckResult result = run.ask(two().family(IpFamily.IPV6), run.deadline(), peer -> CheckResult.pass("works"));

        assertThat(result.summary()).isEqualTo("DNS: 'some.name' has no address of ipv6");
    }

    @Test
    void saysThatANameIsUnknown() {
        HostRun run = run();
        Endpoint unknown = Endpoint.of("no.name", 53).resolver(host -> {
            throw new UnknownHostException(host);
        });

        assertThat(run.ask(unknown, run.deadline(), peer -> CheckResult.pass("works"))
                        .summary())
                .isEqualTo("DNS: cannot look up 'no.name': no such name");
    }

    @Test
    void saysInWhichWayItFailed() {
        assertThat(failing(new ConnectException("Connection refused")))
                .isEqualTo("CONNECT: connection refused by 127.0.0.1");
        assertThat(failing(new EOFException()))
                .isEqualTo("CONNECT: connection closed by 127.0.0.1 before it answered (asking 127.0.0.1)");
        assertThat(failing(new TooLargeException(7, "records"))).isEqualTo("TOO_LARGE: answer has more than 7 records");
        assertThat(failing(new IOException("Operation not permitted")))
                .isEqualTo("CONNECT: no connection to 127.0.0.1: Operation not permitted");
    }

    @Test
    void judgesHowLongItTook() {
        LatencyLimits warn = LatencyLimits.NONE.warn(ofMillis(150));
        LatencyLimits fail = warn.fail(ofMillis(180));

        assertThat(timed(CheckResult.pass("answered"), LatencyLimits.NONE)).isEqualTo("PASS: answered");
        assertThat(timed(CheckResult.pass("answered"), warn)).isEqualTo("WARN: answered in 200 ms, more than 150 ms");
        assertThat(timed(CheckResult.warn("half full"), warn)).isEqualTo("WARN: half full");
        assertThat(timed(CheckResult.warn("half full"), fail))
                .isEqualTo("ASSERTION: half full in 200 ms, more than 180 ms");
        assertThat(timed(CheckResult.fail("empty"), fail)).isEqualTo("ASSERTION: empty");
        assertThat(timed(CheckResult.inconclusive("who knows"), fail)).isEqualTo("INCONCLUSIVE: who knows");
    }

    private static String timed(CheckResult found, LatencyLimits limits) {
        return new HostRun(FixedContext.of(ofSeconds(20), new SteppingTime(ofMillis(200))))
                .timed(found, limits)
                .summary();
    }

    private static String failing(IOException e) {
        HostRun run = run();
        return run.ask(Endpoint.of("127.0.0.1"), run.deadline(), peer -> {
                    throw e;
                })
                .summary();
    }

    private static HostRun run() {
        return new HostRun(FixedContext.of(ofSeconds(20)));
    }

    private static Endpoint two() {
        return Endpoint.of("some.name", 53).resolver(FixedNames.resolver("127.0.0.1", "127.0.0.2"));
    }

    private static CheckContext under(AddressPolicy policy) {
        return new DelegatingContext(FixedContext.of(Duration.ofSeconds(20))) {
            @Override
            public AddressPolicy addressPolicy() {
                return policy;
            }
        };
    }
}
