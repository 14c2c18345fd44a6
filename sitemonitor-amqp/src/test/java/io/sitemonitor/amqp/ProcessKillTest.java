package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.store.file.FileStore;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A monitor that publishes, killed as a process again and again. {@code -Dkills.count} kills more often. */
@ExtendWith(WithRabbit.class)
@NeedsOwnNode
@Timeout(300)
class ProcessKillTest {

    private static final int KILLS = Integer.getInteger("kills.count", 6);
    private static final int CHECKS = 5;

    @TempDir
    private Path directory;

    /** A process whose checks go down and come back all the time, or are all well. */
    static final class Shop {

        private Shop() {}

        public static void main(String[] args) throws Exception {
            boolean well = args[1].equals("well");
            try (AmqpAlertPublisher publisher = AmqpAlertPublisher.to(args[2]).open();
                    Monitor monitor = shop(Path.of(args[0]), well, publisher).start()) {
                System.out.println("started");
                await().forever()
                        .until(() -> well
                                && monitor.incidents().open().isEmpty()
                                && monitor.snapshot().waitingAlerts() == 0);
            }
        }

        private static MonitorBuilder shop(Path directory, boolean well, AmqpAlertPublisher publisher) {
            MonitorBuilder builder = Monitor.named("shop")
                    .warmUp(Duration.ZERO)
                    .store(FileStore.in(directory))
                    .alert(publisher, p -> p.named("broker"))
                    .onStateChange(change -> System.out.println(change.to()));
            Random random = new Random();
            for (int i = 0; i < CHECKS; i++) {
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
            return builder;
        }
    }

    @Test
    @DisplayName("P5, P6, P7: each outage and its end arrive, in order, under the same ids")
    void nothingIsLost() throws Exception {
        try (Scene scene = Scene.on(WithRabbit.node(), Fault.Wiring.PROXY)) {
            Random random = new Random();
            for (int i = 0; i < KILLS; i++) {
                Process process = process(scene, "ill");
                try (BufferedReader out = process.inputReader()) {
                    String line = out.readLine();
                    for (int lines = 30 + random.nextInt(100); lines > 0; lines--) {
                        line = out.readLine();
                        if (i % 2 == 1 && lines == 10) {
                            // from here on, what is delivered is not known to be, and has to go again
                            scene.wire().manner(FaultProxy.Way.TO_CLIENT, new Manner.Swallowing());
                        }
                    }
                    assertThat(line).isIn("UP", "DOWN", "DEGRADED");
                } finally {
                    process.destroyForcibly().waitFor();
                    scene.wire().behave();
                }
            }
            Process last = process(scene, "well");
            String out = new String(last.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(last.waitFor()).as(out).isZero();
            assertLegal(scene.other().take("alert_queue"));
        }
    }

    private static void assertLegal(List<PlainClient.Received> received) throws Exception {
        Map<String, Map<String, String>> byId = new LinkedHashMap<>();
        Map<String, String> open = new HashMap<>();
        List<String> twice = new ArrayList<>();
        for (PlainClient.Received message : received) {
            Map<String, String> fields = message.fields();
            String id = message.properties().getMessageId();
            assertThat(fields).containsEntry("alert_id", id);
            Map<String, String> before = byId.putIfAbsent(id, fields);
            if (before != null) {
                twice.add(id);
                assertThat(fields).as("the same alert under the same id").isEqualTo(before);
            } else if (fields.get("site_status").equals("down")) {
                assertThat(open.put(fields.get("site_name"), fields.get("incident_id")))
                        .as("one outage at a time: " + fields)
                        .isNull();
            } else {
                assertThat(open.remove(fields.get("site_name")))
                        .as("the end of the outage that was told: " + fields)
                        .isEqualTo(fields.get("incident_id"));
            }
        }
        assertThat(open).as("every end was told").isEmpty();
        assertThat(byId).hasSizeGreaterThan(KILLS * 10);
        assertThat(twice)
                .as("on their way when the process ended")
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(KILLS * CHECKS);
        FaultTable table = new FaultTable("process", "kills", "alerts", "lost", "reordered", "doubled, same id");
        table.add(KILLS, byId.size(), 0, 0, twice.size());
        table.write();
    }

    private Process process(Scene scene, String how) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Shop.class.getName(),
                        directory.toString(),
                        how,
                        scene.uri())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
