package io.sitemonitor.check.icmp;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContract;
import io.sitemonitor.check.FailureKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands of these tests are shell scripts")
class PingCheckContractTest extends CheckContract {

    @TempDir
    Path directory;

    private PingCommand answering;
    private PingCommand silent;
    private PingCommand hanging;
    private PingCommand chatty;

    @BeforeEach
    void writeCommands() throws IOException {
        answering = FakePing.saying(directory, 0, PingOutputs.IPUTILS);
        silent = FakePing.saying(directory, 1, PingOutputs.IPUTILS_SILENCE);
        hanging = FakePing.script(directory, "exec sleep 600");
        chatty = FakePing.saying(directory, 1, "From \u001b[31m\u0007 Destination Host Unreachable");
    }

    @Override
    protected Check passing() {
        return PingCheck.host("127.0.0.1").with(answering);
    }

    @Override
    protected Check failing() {
        return PingCheck.host("127.0.0.1").with(silent);
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.TIMEOUT;
    }

    @Override
    protected String failingCause() {
        return "127.0.0.1 answers none of 3 pings";
    }

    @Override
    protected Check hanging() {
        return PingCheck.host("127.0.0.1").with(hanging);
    }

    @Override
    protected Check secretive() {
        return PingCheck.host("127.0.0.1").with(chatty);
    }

    @Override
    protected List<String> secrets() {
        return List.of(directory.toString(), "\u001b");
    }
}
