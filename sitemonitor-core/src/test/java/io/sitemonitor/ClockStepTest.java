package io.sitemonitor;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.event.ClockStepped;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.RunCompleted;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import org.slf4j.LoggerFactory;

/**
 * P19 once with a real clock that is set: a monitor in a process of its own, whose wall clock libfaketime moves while its
 * monotonic one goes on. The package is {@code faketime} in Debian; without it this is skipped with a warning, and with
 * {@code CI=true} it fails.
 */
class ClockStepTest {

    private static final int CHECKS = 4;
    private static final long EVERY = 200;
    private static final long TIMEOUT = 300;

    /** What the child tells: a run with its start and length on the monotonic clock, or a step. */
    private record Line(String what, long at, long value) {

        static Line parse(String line) {
            String[] parts = line.split(" ", -1);
            return new Line(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        }

        boolean isRunOf(String name) {
            return what.equals(name);
        }
    }

    @TempDir
    private Path directory;

    private final List<Line> lines = new ArrayList<>();

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    @DisplayName("P19: a wall clock that is really set moves no timeout, stops no check and makes no burst")
    void aRealStepMovesNothing() throws Exception {
        Path clock = directory.resolve("clock");
        Files.writeString(clock, "+0");
        Process child = start(clock);
        try (BufferedReader told =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            readRuns(told, 20);
            set(clock, "+2h");
            readUntilStep(told);
            readRuns(told, 20);
            set(clock, "-1d");
            readUntilStep(told);
            readRuns(told, 20);
            while (lines.stream().filter(line -> line.isRunOf("slow")).count() < 4) {
                read(told);
            }
            child.getOutputStream().close(); // ends it
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                lines.add(Line.parse(line));
            }
            assertThat(child.waitFor()).isZero();
        } finally {
            child.destroyForcibly();
        }

        assertThat(lines.stream().filter(line -> line.isRunOf("stepped")).map(Line::value))
                .as("seconds: two hours forward, then a day and two hours back")
                .satisfiesExactly(
                        forward -> assertThat(forward).isBetween(7_190L, 7_210L),
                        back -> assertThat(back).isBetween(-93_610L, -93_590L));
        for (int i = 0; i < CHECKS; i++) {
            String name = "c" + i;
            List<Line> runs = lines.stream().filter(line -> line.isRunOf(name)).toList();
            long took = runs.get(runs.size() - 1).at() - runs.get(0).at();
            assertThat((long) runs.size()).as("%s: no burst", name).isLessThanOrEqualTo(took / EVERY + 2);
        }
        assertThat(lines.stream().filter(line -> line.isRunOf("slow")))
                .as("runs that are ended at their timeout, whatever the wall clock says")
                .allSatisfy(run -> assertThat(run.value()).isBetween(TIMEOUT, TIMEOUT + 20_000));
        assertThat(lines.stream().filter(line -> line.isRunOf("down"))).isEmpty();
    }

    /** Replaces the file at once, for the child reads it all the time. */
    private void set(Path clock, String time) throws IOException {
        Path next = directory.resolve("next");
        Files.writeString(next, time);
        Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE);
    }

    private void readRuns(BufferedReader told, int number) throws IOException {
        for (int left = number; left > 0; ) {
            left -= read(told).what().startsWith("c") ? 1 : 0;
        }
    }

    private void readUntilStep(BufferedReader told) throws IOException {
        while (!read(told).isRunOf("stepped")) {}
    }

    private Line read(BufferedReader told) throws IOException {
        String line = told.readLine();
        if (line == null) {
            throw new IllegalStateException(
                    "the child has ended: " + Files.readString(directory.resolve("errors"), StandardCharsets.UTF_8));
        }
        lines.add(Line.parse(line));
        return lines.get(lines.size() - 1);
    }

    private Process start(Path clock) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Child.class.getName());
        Map<String, String> environment = builder.environment();
        environment.put("LD_PRELOAD", library().toString());
        environment.put("FAKETIME_TIMESTAMP_FILE", clock.toString());
        environment.put("FAKETIME_NO_CACHE", "1");
        environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        return builder.redirectError(directory.resolve("errors").toFile()).start();
    }

    private static Path library() throws IOException {
        Optional<Path> found = installed();
        if (found.isPresent()) {
            return found.get();
        }
        String message =
                "libfaketime is not installed, so ClockStepTest proves nothing here; install the package faketime";
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(message);
        }
        LoggerFactory.getLogger(ClockStepTest.class).warn("SKIPPED: {}", message);
        throw new TestAbortedException(message);
    }

    private static Optional<Path> installed() throws IOException {
        for (String parent : List.of("/usr/lib", "/usr/local/lib")) {
            if (Files.isDirectory(Path.of(parent))) {
                try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of(parent), Files::isDirectory)) {
                    for (Path folder : folders) {
                        Path library = folder.resolve("faketime/libfaketimeMT.so.1");
                        if (Files.isReadable(library)) {
                            return Optional.of(library);
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** A monitor in a process of its own, until its input ends. */
    static final class Child {

        private Child() {}

        public static void main(String[] args) throws IOException {
            PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
            long origin = System.nanoTime();
            MonitorBuilder builder =
                    Monitor.named("child").warmUp(ofMillis(EVERY)).alert(alert -> tell(out, "down", origin, 0));
            IntStream.range(0, CHECKS)
                    .forEach(i -> builder.check(
                            "c" + i,
                            context -> {
                                tell(out, "c" + i, origin, 0);
                                return CheckResult.pass();
                            },
                            c -> c.every(ofMillis(EVERY)).timeout(ofSeconds(60)).downAfter(1)));
            builder.check(
                    "slow",
                    context -> {
                        new CountDownLatch(1).await(); // until it is interrupted
                        return CheckResult.pass();
                    },
                    c -> c.every(ofSeconds(1))
                            .timeout(ofMillis(TIMEOUT))
                            .downAfter(1000)
                            .retryEvery(ofSeconds(1)));
            builder.listener(event -> tell(out, event, origin));
            try (Monitor monitor = builder.start()) {
                while (System.in.read() >= 0) {}
            }
        }

        private static void tell(PrintStream out, MonitorEvent event, long origin) {
            if (event instanceof ClockStepped stepped) {
                tell(out, "stepped", origin, stepped.step().toSeconds());
            } else if (event instanceof RunCompleted run && run.check().equals("slow")) {
                tell(out, "slow", origin, run.duration().toMillis());
            }
        }

        private static void tell(PrintStream out, String what, long origin, long value) {
            out.println(what + " " + (System.nanoTime() - origin) / 1_000_000 + " " + value);
        }
    }
}
