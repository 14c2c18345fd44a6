package io.sitemonitor.amqp;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A RabbitMQ of our own: started, killed and restarted by the tests, on free loopback ports, with everything it writes in
 * a temporary directory.
 */
public final class RabbitNode implements AutoCloseable {

    /** Those of the package, or of another version that is to be tested against. */
    private static final Path PROGRAMS =
            Path.of(System.getenv().getOrDefault("SITEMONITOR_RABBITMQ_PROGRAMS", "/usr/lib/rabbitmq/bin"));

    private final Path directory;
    private final int port;
    private final int distributionPort;
    private final int epmdPort;
    private final String nodeName = "sm-" + UUID.randomUUID().toString().substring(0, 8) + "@localhost";
    private final @Nullable Process epmd;
    private Process server;

    private RabbitNode(@Nullable RabbitNode first, String configuration) throws IOException {
        directory = Files.createTempDirectory("rabbit-node");
        port = EmbeddedBroker.freePort();
        distributionPort = EmbeddedBroker.freePort();
        write("plugins", "[].\n");
        write("env", "");
        if (first == null) {
            write("rabbitmq.conf", configuration);
            epmdPort = EmbeddedBroker.freePort();
            epmd = new ProcessBuilder("epmd", "-port", String.valueOf(epmdPort), "-address", "127.0.0.1")
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("epmd.log").toFile())
                    .start();
        } else {
            write("rabbitmq.conf", configuration + first.invitation());
            epmdPort = first.epmdPort;
            epmd = null;
            Path cookie = Files.copy(first.cookie(), cookie());
            Files.setPosixFilePermissions(cookie, PosixFilePermissions.fromString("r--------"));
        }
        server = launch();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text, StandardCharsets.UTF_8);
    }

    private Path cookie() {
        return directory.resolve(".erlang.cookie");
    }

    private String invitation() {
        return "cluster_formation.peer_discovery_backend = classic_config\n"
                + "cluster_formation.classic_config.nodes.1 = " + nodeName + "\n";
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAMS.resolve("rabbitmq-server"));
    }

    static RabbitNode start() throws IOException {
        return start("");
    }

    /** Starts one with a configuration. */
    static RabbitNode start(String configuration) throws IOException {
        RabbitNode node = new RabbitNode(null, configuration);
        node.awaitReady();
        return node;
    }

    /** Starts one that joins the cluster of another. */
    static RabbitNode join(RabbitNode first, String configuration) throws IOException {
        RabbitNode node = new RabbitNode(first, configuration);
        node.awaitReady();
        return node;
    }

    String name() {
        return nodeName;
    }

    public String uri() {
        return "amqp://guest:guest@localhost:" + port + "/";
    }

    int port() {
        return port;
    }

    /** Brings declarations to disk: the broker keeps them in memory for up to two seconds. */
    void settle() throws Exception {
        eval("mnesia:sync_log()");
    }

    /** Ends it as a power cut would. */
    void kill() throws Exception {
        ProcessHandle beam = ProcessHandle.of(pid()).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
        beam.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly();
        beam.onExit().get(20, TimeUnit.SECONDS);
        server.waitFor(20, TimeUnit.SECONDS);
    }

    /** Ends it as an operator would. */
    void stop() throws Exception {
        control("stop");
        server.waitFor(60, TimeUnit.SECONDS);
    }

    /** Stops the process where it is; the kernel goes on taking connections and bytes for it. */
    void freeze() throws Exception {
        signal("-STOP");
    }

    void thaw() throws Exception {
        signal("-CONT");
    }

    /** Starts it again with the data it had. */
    void restart() throws IOException {
        relaunch();
        awaitReady();
    }

    /** Starts it again and does not wait for it, since it may wait for others. */
    void relaunch() throws IOException {
        Files.deleteIfExists(directory.resolve("pid"));
        server = launch();
    }

    boolean isDown() {
        return !server.isAlive();
    }

    /** Makes it run, whatever was done to it. */
    void revive() throws Exception {
        if (!server.isAlive()) {
            restart();
        }
        thaw();
        if (!isServing()) {
            eval("rabbit:start()");
        }
        if (!isServing()) {
            // what did not start, such as for a port that somebody else had for a moment, starts with the whole node
            kill();
            restart();
        }
    }

    private boolean isServing() throws Exception {
        return eval("rabbit:is_running() andalso whereis(vm_memory_monitor) =/= undefined")
                .contains("true");
    }

    /** Evaluates an Erlang expression inside the node, a hundred times faster than {@code rabbitmqctl eval}. */
    String eval(String expression) throws Exception {
        String cookie = Files.readString(cookie()).trim();
        Process process = new ProcessBuilder(
                        "erl_call", "-address", "127.0.0.1:" + distributionPort, "-c", cookie, "-e")
                .redirectErrorStream(true)
                .start();
        try (Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(expression + ".\n");
        }
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0 || !answer.startsWith("{ok, ")) {
            throw new IllegalStateException(expression + " failed: " + answer);
        }
        return answer.substring("{ok, ".length(), answer.lastIndexOf('}'));
    }

    /** Runs {@code rabbitmqctl} and returns its lines. */
    public List<String> control(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(PROGRAMS.resolve("rabbitmqctl").toString(), "-q", "-n", nodeName));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(directory, "control", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment());
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " failed: " + Files.readString(output));
        }
        return Files.readAllLines(output).stream()
                .filter(line -> !line.isBlank())
                .toList();
    }

    @Override
    public void close() throws Exception {
        if (server.isAlive()) {
            kill();
        }
        if (epmd != null) {
            epmd.destroyForcibly();
            epmd.waitFor(10, TimeUnit.SECONDS);
        }
        EmbeddedBroker.deleteAll(directory);
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readString(directory.resolve("pid")).trim());
    }

    private void signal(String signal) throws Exception {
        Process kill = new ProcessBuilder("kill", signal, String.valueOf(pid())).start();
        if (kill.waitFor() != 0) {
            throw new IllegalStateException("kill " + signal + " failed");
        }
    }

    private Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        PROGRAMS.resolve("rabbitmq-server").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("server.log").toFile()));
        builder.environment().putAll(environment());
        return builder.start();
    }

    private Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("HOME", directory.toString()),
                Map.entry("RABBITMQ_NODENAME", nodeName),
                Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
                Map.entry("RABBITMQ_NODE_PORT", String.valueOf(port)),
                Map.entry("RABBITMQ_DIST_PORT", String.valueOf(distributionPort)),
                Map.entry("ERL_EPMD_PORT", String.valueOf(epmdPort)),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                Map.entry("RABBITMQ_CONF_ENV_FILE", directory.resolve("env").toString()),
                Map.entry("RABBITMQ_CONFIG_FILE", directory.resolve("rabbitmq").toString()),
                Map.entry("RABBITMQ_MNESIA_BASE", directory.resolve("data").toString()),
                Map.entry("RABBITMQ_LOG_BASE", directory.resolve("log").toString()),
                Map.entry("RABBITMQ_PID_FILE", directory.resolve("pid").toString()),
                Map.entry(
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                        directory.resolve("plugins").toString()));
    }

    void awaitReady() {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("localhost");
        factory.setPort(port);
        Awaitility.await("the private RabbitMQ; its log: " + directory)
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> {
                    factory.newConnection().close();
                    return true;
                });
    }
}
