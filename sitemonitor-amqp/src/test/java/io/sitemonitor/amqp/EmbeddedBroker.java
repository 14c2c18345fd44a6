package io.sitemonitor.amqp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.qpid.server.SystemLauncher;

/** A broker inside this JVM, in memory, for machines without RabbitMQ. */
final class EmbeddedBroker implements AutoCloseable {

    private static final String CONFIGURATION = """
            {
              "name": "embedded",
              "modelVersion": "9.1",
              "authenticationproviders": [{
                "name": "plain", "type": "Plain", "secureOnlyMechanisms": [],
                "users": [{"name": "guest", "type": "managed", "password": "guest"}]
              }],
              "ports": [{
                "name": "amqp", "port": "%d", "bindingAddress": "127.0.0.1", "protocols": ["AMQP_0_9_1"],
                "authenticationProvider": "plain",
                "virtualhostaliases": [{"name": "defaultAlias", "type": "defaultAlias"}]
              }],
              "virtualhostnodes": [{
                "name": "default", "type": "Memory", "defaultVirtualHostNode": "true",
                "virtualHostInitialConfiguration": "{\\"type\\": \\"Memory\\"}"
              }]
            }
            """;

    private final Path directory;
    private final int port;
    private final SystemLauncher launcher = new SystemLauncher();

    private EmbeddedBroker(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    static EmbeddedBroker start() throws Exception {
        Path directory = Files.createTempDirectory("embedded-broker");
        EmbeddedBroker broker = new EmbeddedBroker(directory, freePort());
        Path configuration = directory.resolve("configuration.json");
        Files.writeString(configuration, String.format(CONFIGURATION, broker.port), StandardCharsets.UTF_8);
        broker.launcher.startup(Map.of(
                "type",
                "Memory",
                "initialConfigurationLocation",
                configuration.toString(),
                "startupLoggedToSystemOut",
                "false",
                "preferenceStoreAttributes",
                Map.of("type", "Noop"),
                "context",
                Map.of("qpid.work_dir", directory.toString())));
        return broker;
    }

    int port() {
        return port;
    }

    String uri() {
        return "amqp://guest:guest@localhost:" + port + "/";
    }

    @Override
    public void close() {
        launcher.shutdown();
        deleteAll(directory);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static void deleteAll(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
