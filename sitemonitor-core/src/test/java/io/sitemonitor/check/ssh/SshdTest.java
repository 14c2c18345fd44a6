package io.sitemonitor.check.ssh;

import static io.sitemonitor.check.TextExpectation.containing;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RealServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against OpenSSH. Needs sshd. */
@Timeout(60)
class SshdTest {

    @Test
    void tellsVersionAndAlgorithms(@TempDir Path directory) throws Exception {
        try (RealServer sshd =
                RealServer.start(directory, "sshd", "openssh-server", port -> command(directory, port))) {
            SshCheck check = SshCheck.connect("127.0.0.1", sshd.port()).expectVersion(containing("OpenSSH_"));

            CheckResult result =
                    run(check.expectHostKeyAlgorithm("ssh-ed25519").expectKeyExchange("curve25519-sha256"));

            assertThat(result.summary()).isEqualTo("PASS: ready");
            assertThat(result.evidence().facts()).containsEntry("hostKeys", "ssh-ed25519");
            assertThat(run(check).summary()).isEqualTo("PASS: ready");
            assertThat(run(check.expectHostKeyAlgorithm("ssh-dss")).summary())
                    .isEqualTo("ASSERTION: server has no host key for ssh-dss");
        }
    }

    private static List<String> command(Path directory, int port) throws Exception {
        Path key = directory.resolve("key");
        Process made = new ProcessBuilder(
                        RealServer.program("ssh-keygen", "openssh-client").toString(),
                        "-q",
                        "-t",
                        "ed25519",
                        "-N",
                        "",
                        "-f",
                        key.toString())
                .inheritIO()
                .start();
        assertThat(made.waitFor(20, TimeUnit.SECONDS)).isTrue();
        Path configuration = Files.writeString(
                directory.resolve("configuration"),
                "ListenAddress 127.0.0.1:" + port + "\nHostKey " + key + "\nPidFile none\n");
        return List.of("-D", "-e", "-f", configuration.toString());
    }

    private static CheckResult run(SshCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
