package io.sitemonitor.check.ftp;

import static io.sitemonitor.check.TextExpectation.containing;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RealServer;
import io.sitemonitor.check.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against vsftpd. Needs vsftpd. */
@Timeout(60)
class VsftpdTest {

    @Test
    void isReadyAndRefusesStrangers(@TempDir Path directory) throws Exception {
        try (RealServer server = RealServer.start(directory, "vsftpd", "vsftpd", port -> command(directory, port))) {
            FtpCheck check = FtpCheck.connect("127.0.0.1", server.port()).insecureLoginInPlainText();

            CheckResult ready = run(check.expectGreeting(containing("vsFTPd")));
            assertThat(ready.summary()).isEqualTo("PASS: ready");

            CheckResult stranger = run(check.login("stranger", Secret.of("correct horse")));
            assertThat(stranger.failure()).as(stranger.summary()).isEqualTo(FailureKind.STATUS);
            assertThat(stranger.message()).startsWith("530 ");
            assertThat(run(check.expectFile("/prices.csv")).message()).startsWith("530 ");
        }
    }

    private static List<String> command(Path directory, int port) throws Exception {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        Path configuration = Files.writeString(directory.resolve("configuration"), """
                listen=YES
                listen_address=127.0.0.1
                listen_port=%d
                background=NO
                anonymous_enable=NO
                local_enable=YES
                seccomp_sandbox=NO
                secure_chroot_dir=%s
                """.formatted(port, empty));
        return List.of(configuration.toString());
    }

    private static CheckResult run(FtpCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
