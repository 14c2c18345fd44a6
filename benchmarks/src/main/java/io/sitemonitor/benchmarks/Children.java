package io.sitemonitor.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The processes that a comparison starts, each in a JVM of the same kind. For one thread. */
final class Children {

    private final JsonMapper mapper = new JsonMapper();
    private final boolean pins = Files.isExecutable(Path.of("/usr/bin/taskset"));

    /** A target server in a process of its own, and the file of its targets. */
    record Server(Process process, Path targets, Control control) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            control.close();
            process.outputWriter().close(); // it ends with its input
            try {
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
            Files.deleteIfExists(targets);
        }

        String address() {
            return control.address();
        }
    }

    Server serve(List<String> line) throws IOException {
        Process process = start(Targets.class, 256, false, line);
        Path file = Files.createTempFile("targets", ".txt");
        List<String> lines = new ArrayList<>();
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        for (String read = reader.readLine(); read != null && !read.isEmpty(); read = reader.readLine()) {
            lines.add(read);
        }
        if (lines.isEmpty()) {
            throw new IOException("the target server did not start: " + line);
        }
        Files.write(file, lines);
        return new Server(process, file, new Control(lines.get(0).replace("# control ", "")));
    }

    /** Runs one side and returns its figures. */
    JsonNode run(Plan plan, Plan.Side side, @Nullable Server server, Map<String, JsonNode> before)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(side.load());
        if (server != null) {
            server.control().get("/-/up");
            line.addAll(List.of("--targets", server.targets().toString(), "--server", server.address()));
        }
        if (side.asks() != null) {
            line.addAll(List.of("--first", String.valueOf(first(side.asks(), line, server, before))));
        }
        Process process = start(Load.class, plan.megabytes(), plan.oneCore(), line);
        process.outputWriter().close();
        String last = "";
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String read = reader.readLine(); read != null; read = reader.readLine()) {
                last = read;
            }
        } finally {
            process.destroy(); // it has ended, unless we are to end
        }
        if (process.waitFor() != 0 || last.isEmpty()) {
            throw new IOException(plan.name() + ", " + side.name() + " failed: " + line);
        }
        return mapper.readTree(last);
    }

    /** How many checks make the rate that is asked for. */
    private static long first(Plan.Asks asks, List<String> line, @Nullable Server server, Map<String, JsonNode> before)
            throws IOException {
        JsonNode other = before.get(asks.side());
        if (other == null || server == null) {
            throw new IllegalStateException(asks.side() + " has to run before, and to ask a server");
        }
        double rate = asks.times() * other.path("runsPerSecond").asDouble();
        int interval = Integer.parseInt(line.get(line.indexOf("--interval-ms") + 1));
        long most = Files.readAllLines(server.targets()).size() - 1L;
        return Math.max(1, Math.min(most, Math.round(rate * interval / 1_000)));
    }

    private Process start(Class<?> program, int megabytes, boolean oneCore, List<String> line) throws IOException {
        List<String> command = new ArrayList<>();
        if (oneCore && pins) {
            command.addAll(List.of("/usr/bin/taskset", "-c", "0"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options(megabytes, oneCore));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(line);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** What each JVM is started with: the collector that a server gets by default, and a heap that does not change its size. */
    static List<String> options(int megabytes, boolean oneCore) {
        List<String> options =
                new ArrayList<>(List.of("-XX:+UseG1GC", "-Xms" + megabytes + "m", "-Xmx" + megabytes + "m"));
        if (oneCore) {
            options.add("-XX:ActiveProcessorCount=1");
        }
        return options;
    }
}
