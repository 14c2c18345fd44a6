package io.sitemonitor.check.redis;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RealServer;
import io.sitemonitor.check.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against Redis. Needs redis-server. */
@Timeout(60)
class RedisServerTest {

    private static final Secret PASSWORD = Secret.of("correct horse");

    @Test
    void asksAMasterAndItsReplica(@TempDir Path directory) throws Exception {
        try (RealServer server = start(directory, "master");
                RealServer replica = start(
                        directory,
                        "replica",
                        "--replicaof",
                        "127.0.0.1 " + server.port(),
                        "--masterauth",
                        "correct horse")) {
            RedisCheck master = check(server).login(PASSWORD);
            await().until(() -> run(master).failure() == null);

            assertThat(run(master.expectRole("master").expectListShorterThan("jobs", 1))
                            .summary())
                    .isEqualTo("PASS: ready");
            assertThat(run(master.expectMasterLinkUp()).summary())
                    .isEqualTo("ASSERTION: server is a master and no replica");
            assertThat(run(master.database(3).expectKey("greeting")).summary())
                    .isEqualTo("ASSERTION: key 'greeting' is not there");

            RedisCheck follower = check(replica).login("default", PASSWORD).expectRole("replica");
            await().until(() -> run(follower.expectMasterLinkUp()).failure() == null);
            assertThat(run(follower).evidence().facts()).containsEntry("role", "replica");
        }
    }

    @Test
    void tellsThatALoginIsNeededOrWrong(@TempDir Path directory) throws Exception {
        try (RealServer server = start(directory, "master")) {
            CheckResult without = run(check(server));
            assertThat(without.failure()).isEqualTo(FailureKind.STATUS);
            assertThat(without.message()).startsWith("NOAUTH ");

            CheckResult wrong = run(check(server).login(Secret.of("battery")));
            assertThat(wrong.failure()).isEqualTo(FailureKind.STATUS);
            assertThat(wrong.message()).startsWith("WRONGPASS ").doesNotContain("battery");
        }
    }

    private static RealServer start(Path directory, String name, String... more) throws Exception {
        Path own = Files.createDirectories(directory.resolve(name));
        return RealServer.start(own, "redis-server", "redis-server", port -> {
            List<String> words = new ArrayList<>(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
            words.addAll(List.of("--save", "", "--dir", own.toString(), "--requirepass", "correct horse"));
            words.addAll(List.of(more));
            return words;
        });
    }

    private static RedisCheck check(RealServer server) {
        return RedisCheck.connect("127.0.0.1", server.port()).insecureLoginInPlainText();
    }

    private static CheckResult run(RedisCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
