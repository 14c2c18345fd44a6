package io.sitemonitor.check.ssh;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Script;
import io.sitemonitor.check.TalkContract;
import io.sitemonitor.check.Talks;
import java.util.List;

class SshCheckContractTest extends TalkContract {

    @Override
    protected Talks talk() {
        return Talks.SSH;
    }

    @Override
    protected Check failing() {
        return SshCheck.connect("127.0.0.1", serve(Script.greeting("SSH-1.5-old\r\n")));
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.PROTOCOL;
    }

    @Override
    protected String failingCause() {
        return "server speaks SSH 1.5 and not 2.0";
    }

    @Override
    protected Check secretive() {
        byte[] reason = {1, 0, 0, 0, 12, 0, 0, 0, 4, 'g', '\n', 'o', 7};
        int port = serve(
                Script.greeting("\u001B[31mhello\r\nSSH-2.0-soft\tware\r\n").then(Talks.packet(reason)));
        return SshCheck.connect("127.0.0.1", port).expectAlgorithms();
    }

    @Override
    protected List<String> secrets() {
        return List.of("\n", "\u0007", "\u001B");
    }
}
