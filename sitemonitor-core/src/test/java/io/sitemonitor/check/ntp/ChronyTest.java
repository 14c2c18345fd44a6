package io.sitemonitor.check.ntp;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RealServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against chrony, which leaves the clock of this machine alone. Needs chronyd. */
@Timeout(60)
class ChronyTest {

    @Test
    void agreesWithAServerThatHasTheClockOfThisMachine(@TempDir Path directory) throws Exception {
        try (RealServer server = start(directory, "local stratum 3")) {
            NtpCheck check = check(server.port()).failAboveOffset(ofMillis(200));
            CheckResult result = run(check);

            assertThat(result.summary()).startsWith("PASS: offset ").endsWith(" ms, stratum 3");
            assertThat(result.evidence().facts())
                    .containsEntry("stratum", "3")
                    .containsEntry("reference", "127.127.1.1")
                    .containsKeys("offset", "delay");
            assertThat(run(check.maxStratum(2)).summary()).isEqualTo("ASSERTION: server is of stratum 3, more than 2");
        }
    }

    @Test
    void tellsThatItDoesNotKnowTheTime(@TempDir Path directory) throws Exception {
        try (RealServer server = start(directory, "")) {
            CheckResult result = run(check(server.port()));

            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.ASSERTION);
            assertThat(result.message()).startsWith("the clock of the server is not synchronized");
        }
    }

    private static RealServer start(Path directory, String time) throws Exception {
        Path settings = directory.resolve("chrony.conf");
        return RealServer.start(
                directory,
                "chronyd",
                "chrony",
                port -> {
                    Files.write(
                            settings,
                            List.of(
                                    time,
                                    "port " + port,
                                    "bindaddress 127.0.0.1",
                                    "allow 127.0.0.1",
                                    "cmdport 0",
                                    "bindcmdaddress /",
                                    "pidfile " + directory.resolve("pid")));
                    return List.of("-d", "-x", "-U", "-u", System.getProperty("user.name"), "-f", settings.toString());
                },
                port -> run(check(port)).evidence().facts().containsKey("stratum"));
    }

    private static NtpCheck check(int port) {
        return NtpCheck.server("127.0.0.1").port(port);
    }

    private static CheckResult run(NtpCheck check) {
        return check.run(FixedContext.of(ofSeconds(10)));
    }
}
