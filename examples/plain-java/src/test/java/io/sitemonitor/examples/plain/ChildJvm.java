package io.sitemonitor.examples.plain;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own, for what only a process has: signals and an exit status. */
final class ChildJvm implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    private ChildJvm(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "child-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the program from the class path of this test. */
    static ChildJvm watchSites(String... args) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), WatchSitesMain.class.getName()));
        command.addAll(Arrays.asList(args));
        return java(command);
    }

    /** Starts a JVM with these arguments; what it prints and what it logs come together. */
    static ChildJvm java(List<String> args) throws IOException {
        List<String> command = new ArrayList<>();
        if (isInterruptIgnored()) {
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(args);
        return new ChildJvm(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start());
    }

    /** Tells whether this build was started in the background of a shell: children inherit that INT is ignored. */
    private static boolean isInterruptIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }

    /** Waits for a line that holds this text. */
    String awaitLine(String text) {
        return await("a line with '" + text + "'").atMost(LIMIT).until(() -> find(text), line -> {
            if (line.isEmpty() && !process.isAlive()) {
                throw new AssertionError("ended without a line with '" + text + "':\n" + output());
            }
            return !line.isEmpty();
        });
    }

    private String find(String text) {
        return lines.stream().filter(line -> line.contains(text)).findFirst().orElse("");
    }

    void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new IOException("kill failed for " + process.pid());
        }
    }

    /** Waits for its end, but not longer than this; returns the exit status. */
    int exitWithin(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + limit + ":\n" + output());
        }
        await().atMost(LIMIT).until(() -> ended);
        return process.exitValue();
    }

    String output() {
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("(the output ended: " + e.getMessage() + ")");
        }
        ended = true;
    }
}
