package io.sitemonitor.check.icmp;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.AddressPolicy;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.DelegatingContext;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.internal.FixedNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands of these tests are shell scripts")
class PingCheckTest {

    /** Told from the sleep of other tests by its length. */
    private static final String LONG = "sleep 98765";

    @TempDir
    Path directory;

    @Test
    void tellsHowManyAnswersCameAndHowFast() throws Exception {
        CheckResult result = run(ping("some.name", FakePing.saying(directory, 0, PingOutputs.IPUTILS))
                .resolver(FixedNames.resolver("127.0.0.1")));

        assertThat(result.summary()).isEqualTo("PASS: answers 3 of 3 pings, in 0.040 ms on average");
        assertThat(result.evidence().address()).isEqualTo("127.0.0.1");
        assertThat(result.evidence().phases().keySet()).containsExactly("dns", "ping");
        assertThat(result.evidence().facts())
                .containsEntry("answered", "3 of 3")
                .containsEntry("average", "0.040 ms")
                .containsEntry("shortest", "0.030 ms")
                .containsEntry("longest", "0.050 ms");
    }

    @Test
    void passesWhenSomeAreLostUnlessThereIsALimit() throws Exception {
        PingCheck check = ping("127.0.0.1", FakePing.saying(directory, 0, PingOutputs.IPUTILS_LOSS));

        assertThat(run(check).summary()).isEqualTo("PASS: answers 1 of 3 pings, in 14.200 ms on average");
        assertThat(run(check.warnAboveLoss(0)).summary()).isEqualTo("WARN: 2 of 3 pings are lost, more than 0 %");
        assertThat(run(check.warnAboveLoss(0).failAboveLoss(60)).summary())
                .isEqualTo("ASSERTION: 2 of 3 pings are lost, more than 60 %");
        assertThat(run(check.failAboveLoss(67)).summary()).startsWith("PASS");
    }

    @Test
    void aLossOfExactlyTheLimitIsNotMore() throws Exception {
        PingCheck check = ping("127.0.0.1", FakePing.saying(directory, 0, "ttl=64 time=1 ms\n"))
                .count(2);

        assertThat(run(check.warnAboveLoss(50)).verdict()).isEqualTo(Verdict.PASS);
        assertThat(run(check.warnAboveLoss(49)).verdict()).isEqualTo(Verdict.WARN);
        assertThat(run(check.failAboveLoss(50)).verdict()).isEqualTo(Verdict.PASS);
        assertThat(run(check.failAboveLoss(49)).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void judgesTheAverage() throws Exception {
        PingCheck check = ping("127.0.0.1", FakePing.saying(directory, 0, PingOutputs.IPUTILS_LOSS));

        assertThat(run(check.warnAbove(ofMillis(10))).summary())
                .isEqualTo("WARN: answered on average in 14 ms, more than 10 ms");
        assertThat(run(check.warnAboveLoss(0).failAbove(ofMillis(10))).summary())
                .isEqualTo("ASSERTION: answered on average in 14 ms, more than 10 ms");
        assertThat(run(check.warnAbove(ofMillis(15))).summary()).startsWith("PASS");
    }

    @Test
    void countsNoMoreAnswersThanPings() throws Exception {
        assertThat(said(0, "ttl=64 time=1 ms\n".repeat(4)))
                .isEqualTo("PASS: answers 3 of 3 pings, in 1.000 ms on average");
    }

    @Test
    void failsWhenNobodyAnswers() throws Exception {
        assertThat(said(1, PingOutputs.IPUTILS_SILENCE)).isEqualTo("TIMEOUT: 127.0.0.1 answers none of 3 pings");
        assertThat(said(2, PingOutputs.MACOS_SILENCE)).isEqualTo("TIMEOUT: 127.0.0.1 answers none of 3 pings");
    }

    @Test
    void failsWhenThereIsNoWay() throws Exception {
        assertThat(said(1, PingOutputs.IPUTILS_NO_WAY))
                .isEqualTo("CONNECT: no way to 127.0.0.1: From 192.0.2.1 icmp_seq=1 Destination Host Unreachable");
        assertThat(said(0, PingOutputs.WINDOWS_NO_WAY)).startsWith("CONNECT: no way to 127.0.0.1");
        assertThat(said(2, "ping: connect: Network is unreachable\n"))
                .isEqualTo("CONNECT: no way to 127.0.0.1: ping: connect: Network is unreachable");
    }

    @Test
    void passesOverAnAddressToWhichThereIsNoWay() throws Exception {
        PingCommand command = FakePing.script(
                directory,
                "case \"$6\" in 127.0.0.2) echo 'Destination Host Unreachable'; exit 1;; esac",
                "echo 'ttl=64 time=0.5 ms'");
        CheckResult result =
                run(ping("some.name", command).count(1).resolver(FixedNames.resolver("127.0.0.2", "127.0.0.1")));

        assertThat(result.summary()).isEqualTo("PASS: answers 1 of 1 pings, in 0.500 ms on average");
        assertThat(result.evidence().address()).isEqualTo("127.0.0.1");
    }

    @Test
    @DisplayName("P18: a ping that could not be made is never read as an answer, nor as an outage")
    void cannotTellWhereItIsNotPermitted() throws Exception {
        assertThat(said(2, PingOutputs.IPUTILS_NOT_PERMITTED))
                .isEqualTo("INCONCLUSIVE: ping is not permitted here: ping: socket: Operation not permitted");
        assertThat(said(1, PingOutputs.BUSYBOX_NOT_PERMITTED))
                .isEqualTo("INCONCLUSIVE: ping is not permitted here: ping: permission denied (are you root?)");
        assertThat(said(1, PingOutputs.IPUTILS_FIREWALL))
                .isEqualTo("INCONCLUSIVE: ping is not permitted here: ping: sendmsg: Operation not permitted");
    }

    @Test
    @DisplayName("P18: a ping whose words are not understood is never read as an answer, nor as an outage")
    void cannotTellWhatItDoesNotUnderstand() throws Exception {
        assertThat(said(0, "\n  pong!\n")).isEqualTo("INCONCLUSIVE: what ping says is not understood: pong!");
        assertThat(said(64, "")).isEqualTo("INCONCLUSIVE: ping ended with 64 and has nothing to say");
        assertThat(said(0, "")).isEqualTo("INCONCLUSIVE: ping ended with 0 and has nothing to say");
    }

    @Test
    void cannotTellWhereTheCommandCannotBeRun() throws Exception {
        Path text = Files.writeString(directory.resolve("notes"), "no program\n");
        PingCommand command = new PingCommand(text, null, PingCommand.Style.LINUX);

        assertThat(run(ping("127.0.0.1", command)).summary()).startsWith("INCONCLUSIVE: ping cannot be run here: ");
    }

    @Test
    void cannotTellOnAMachineWithoutThatCommand() {
        assertThat(new PingRun(PingCheck.host("127.0.0.1"), FixedContext.of(ofSeconds(20)))
                        .run(null)
                        .summary())
                .isEqualTo("INCONCLUSIVE: this machine has no ping command");
    }

    @Test
    void saysThatATimeoutIsTooShortForAllPings() throws Exception {
        PingCommand command = FakePing.script(directory, "echo 'ttl=64 time=0.5 ms'", "exec sleep 600");
        CheckResult result = ping("127.0.0.1", command).run(FixedContext.of(ofSeconds(3)));

        assertThat(result.summary())
                .isEqualTo("INCONCLUSIVE: 1 of 3 pings were answered, but 3 s are not enough for all of them");
    }

    @Test
    @DisplayName("P16: a command that writes without end is ended in time, with bounded memory")
    void endsACommandThatWritesWithoutEnd() throws Exception {
        PingCommand command = FakePing.script(directory, "while :; do echo 'what a nice day it is'; done");
        CheckResult result = ping("127.0.0.1", command).run(FixedContext.of(ofSeconds(3)));

        assertThat(result.summary())
                .isEqualTo("INCONCLUSIVE: ping writes more than 16384 bytes, which is not understood");
    }

    @Test
    @DisplayName("P24: no process is left, whether it is late or ended from outside")
    void leavesNoProcess() throws Exception {
        PingCommand command = FakePing.script(directory, "exec " + LONG);
        ping("127.0.0.1", command).run(FixedContext.of(ofMillis(500)));
        assertThat(children()).isZero();

        FixedContext context = FixedContext.of(Duration.ofMinutes(10));
        FutureTask<CheckResult> run =
                new FutureTask<>(() -> ping("127.0.0.1", command).run(context));
        Thread thread = new Thread(run);
        thread.setDaemon(true);
        thread.start();
        await().until(() -> children() > 0);
        context.cancel();

        assertThat(run.get(20, TimeUnit.SECONDS).summary()).isEqualTo("INCONCLUSIVE: the run was ended from outside");
        assertThat(children()).isZero();
    }

    @Test
    void givesTheCommandAnAddressAndNoneOfItsOwnSurroundings() throws Exception {
        Path told = directory.resolve("told");
        PingCommand command = FakePing.script(
                directory, "{ printf '%s ' \"$@\"; echo; env; } > '" + told + "'", "echo 'ttl=64 time=0.5 ms'");
        run(ping("-f.example", command).resolver(FixedNames.resolver("127.0.0.1")));

        assertThat(Files.readAllLines(told))
                .startsWith("-n -c 3 -W 5 127.0.0.1 ")
                .contains("LC_ALL=C")
                .noneMatch(line -> line.startsWith("HOME=") || line.startsWith("JAVA_HOME="));
    }

    @Test
    void asksThePolicyBeforeThePing() throws Exception {
        Path called = directory.resolve("called");
        PingCommand command = FakePing.script(directory, "echo > '" + called + "'");
        CheckResult result = ping("127.0.0.1", command).run(new DelegatingContext(FixedContext.of(ofSeconds(20))) {
            @Override
            public AddressPolicy addressPolicy() {
                return AddressPolicy.publicOnly();
            }
        });

        assertThat(result.failure()).isEqualTo(FailureKind.REFUSED_BY_POLICY);
        assertThat(called).doesNotExist();
    }

    @Test
    void refusesWhatMakesNoSense() {
        PingCheck check = PingCheck.host("gw.internal");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.count(0))
                .withMessage("count must be from 1 to 20 pings, but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.failAboveLoss(100))
                .withMessage("failAboveLoss must be from 0 to 99 %, but was 100");
        assertThatIllegalStateException()
                .isThrownBy(() -> check.failAboveLoss(10).warnAboveLoss(10))
                .withMessage("warnAboveLoss must be less than failAboveLoss, but they were 10 and 10");
        assertThatIllegalArgumentException().isThrownBy(() -> PingCheck.host("$(reboot) x"));
    }

    @Test
    void isEqualByItsOptions() {
        PingCheck check = PingCheck.host("GW.internal");

        assertThat(check)
                .isEqualTo(PingCheck.host("GW.internal").count(3))
                .hasToString("PING GW.internal")
                .isNotEqualTo(check.count(4))
                .isNotEqualTo(check.warnAboveLoss(0))
                .isNotEqualTo(check.warnAbove(ofSeconds(1)));
        assertThat(check.host()).isEqualTo("gw.internal");
        assertThat(check.target()).isEqualTo("GW.internal");
        assertThat(check.kind()).isEqualTo("icmp");
    }

    private static long children() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains(LONG))
                .count();
    }

    private String said(int exit, String text) throws Exception {
        return run(ping("127.0.0.1", FakePing.saying(directory, exit, text))).summary();
    }

    private static PingCheck ping(String host, PingCommand command) {
        return PingCheck.host(host).with(command);
    }

    private static CheckResult run(PingCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
