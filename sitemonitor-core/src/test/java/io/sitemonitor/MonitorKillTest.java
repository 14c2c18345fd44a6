package io.sitemonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.event.StoreFailed;
import io.sitemonitor.store.Store;
import io.sitemonitor.store.file.FileStore;
import io.sitemonitor.store.jdbc.DatabaseServer;
import io.sitemonitor.store.jdbc.JdbcStore;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.h2.tools.Server;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dkills.count} kills more often. */
@Timeout(1200)
@DisplayName("P1, P2, P3: a process that is killed in the middle of it")
class MonitorKillTest {

    private static final int KILLS = Integer.getInteger("kills.count", 12);
    private static final int CHECKS = 20;

    @TempDir
    private Path directory;

    /** A process whose checks go down and come back all the time, or are all well, and whose listener notes what it is told. */
    static final class Shop {

        private Shop() {}

        public static void main(String[] args) throws Exception {
            Path directory = Path.of(args[0]);
            boolean well = args[1].equals("well");
            Path told = directory.resolve("told");
            MonitorBuilder builder = Monitor.named("shop")
                    .warmUp(Duration.ZERO)
                    .store(store(args[2], directory))
                    .alert(
                            alert -> {
                                String line = alert.check() + " " + alert.kind() + " " + alert.id() + " "
                                        + alert.incidentId() + "\n";
                                Files.writeString(told, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                            },
                            p -> p.named("file"))
                    .onStateChange(change -> System.out.println(change.to()))
                    .listener(event -> {
                        if (event instanceof StoreFailed failed) {
                            System.out.println("! " + failed.reason());
                        }
                    });
            for (int i = 0; i < CHECKS; i++) {
                Random random = new Random();
                builder.check(
                        "check" + i,
                        context -> well || random.nextInt(3) > 0 ? CheckResult.pass() : CheckResult.fail("away"),
                        c -> c.every(Duration.ofMillis(100))
                                .timeout(Duration.ofSeconds(10))
                                .retryEvery(Duration.ofMillis(100))
                                .slowDownTo(Duration.ofMillis(100))
                                .downAfter(1)
                                .upAfter(1)
                                .flapAfter(0, Duration.ofMinutes(1)));
            }
            try (Monitor monitor = builder.start()) {
                System.out.println("started");
                await().forever()
                        .until(() -> well
                                && monitor.incidents().open().isEmpty()
                                && monitor.snapshot().waitingAlerts() == 0);
            }
        }
    }

    private static Store store(String url, Path directory) throws SQLException {
        return url.isEmpty()
                ? FileStore.in(directory.resolve("kept"))
                : JdbcStore.in(DatabaseServer.dataSource(url)).createTable();
    }

    @Test
    void inFiles() throws Exception {
        nothingIsLostAndNothingIsToldTwiceUnderAnotherName("");
    }

    @Test
    @DisplayName("With what is open in PostgreSQL, which lives on. Needs postgres")
    void inPostgresql() throws Exception {
        try (DatabaseServer server = DatabaseServer.postgresql(directory)) {
            nothingIsLostAndNothingIsToldTwiceUnderAnotherName(server.url());
        }
    }

    @Test
    @DisplayName("With what is open in MariaDB, which lives on. Needs mariadbd")
    void inMariadb() throws Exception {
        try (DatabaseServer server = DatabaseServer.mariadb(directory)) {
            nothingIsLostAndNothingIsToldTwiceUnderAnotherName(server.url());
        }
    }

    @Test
    @DisplayName("With what is open in an H2 server, which lives on")
    void inH2() throws Exception {
        Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", directory.toString())
                .start();
        try {
            nothingIsLostAndNothingIsToldTwiceUnderAnotherName(
                    "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/./kept");
        } finally {
            server.stop();
        }
    }

    private void nothingIsLostAndNothingIsToldTwiceUnderAnotherName(String url) throws Exception {
        Random random = new Random();
        for (int i = 0; i < KILLS; i++) {
            Process process = process("ill", url);
            try (BufferedReader out = process.inputReader()) {
                String line = out.readLine();
                for (int lines = 30 + random.nextInt(100); lines > 0; lines--) {
                    line = out.readLine();
                    assertThat(line).doesNotStartWith("!");
                }
                assertThat(line).isIn("UP", "DOWN", "DEGRADED");
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        Process last = process("well", url);
        String out = new String(last.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(last.waitFor()).as(out).isZero();

        List<String> told = Files.readAllLines(directory.resolve("told"));
        assertThat(told).hasSizeGreaterThan(KILLS * 20);
        Map<String, String> open = new HashMap<>();
        Set<String> ids = new HashSet<>();
        List<String> twice = new ArrayList<>();
        for (String line : told) {
            String[] parts = line.split(" ");
            if (!ids.add(parts[2])) {
                twice.add(line);
            } else if (AlertKind.valueOf(parts[1]).isClosing()) {
                assertThat(open.remove(parts[0])).as(line).isEqualTo(parts[3]);
            } else {
                assertThat(open.put(parts[0], parts[3])).as(line).isNull();
            }
        }
        assertThat(open).isEmpty();
        assertThat(twice).as("delivered when the process ended").hasSizeLessThanOrEqualTo(KILLS * CHECKS);
    }

    private Process process(String how, String url) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Shop.class.getName(),
                        directory.toString(),
                        how,
                        url)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
