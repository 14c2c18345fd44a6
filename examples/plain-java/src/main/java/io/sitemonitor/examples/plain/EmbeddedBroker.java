package io.sitemonitor.examples.plain;

import io.sitemonitor.amqp.AmqpAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.model.BrokerImpl;
import org.apache.qpid.server.model.SystemConfig;
import org.jspecify.annotations.Nullable;

/** A broker inside this JVM, on loopback and in memory, for whoever has no RabbitMQ at hand: Apache Qpid Broker-J. */
final class EmbeddedBroker implements AutoCloseable {

    private static final String USER = "demo";
    private static final String CONFIGURATION = """
            {
              "name": "embedded",
              "modelVersion": "9.1",
              "authenticationproviders": [{
                "name": "plain", "type": "Plain", "secureOnlyMechanisms": [],
                "users": [{"name": "%s", "type": "managed", "password": "%s"}]
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

    private final SystemLauncher launcher = new SystemLauncher(new DefaultSystemLauncherListener() {
        @Override
        public void onContainerResolve(SystemConfig<?> config) {
            system = config;
        }
    });
    private final Path directory;
    private final String uri;
    private volatile @Nullable SystemConfig<?> system;

    private EmbeddedBroker(Path directory, String uri) {
        this.directory = directory;
        this.uri = uri;
    }

    /** Starts a broker on a free port, with a password that nobody can know. */
    static EmbeddedBroker start() throws Exception {
        return startAt("amqp://" + USER + ":" + UUID.randomUUID() + "@127.0.0.1:" + freePort() + "/");
    }

    /** Starts a broker where one was before, and with the same password. */
    static EmbeddedBroker startAt(String uri) throws Exception {
        AmqpAddress address = AmqpAddress.parse(uri);
        Path directory = Files.createTempDirectory("sitemonitor-broker");
        Path configuration = directory.resolve("configuration.json");
        Files.writeString(
                configuration,
                CONFIGURATION.formatted(address.user(), address.password(), address.port()),
                StandardCharsets.UTF_8);
        EmbeddedBroker broker = new EmbeddedBroker(directory, uri);
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
        broker.stayUntilClosed();
        return broker;
    }

    /**
     * Takes back the shutdown hook that Broker-J sets by itself and offers no option against. At Ctrl-C it would end the
     * broker while the last alerts are still on their way; this program has a hook that ends everything in order.
     */
    private void stayUntilClosed() throws ReflectiveOperationException {
        Field hook = BrokerImpl.class.getDeclaredField("_shutdownHook");
        hook.setAccessible(true);
        SystemConfig<?> config = Objects.requireNonNull(system, "system");
        Runtime.getRuntime().removeShutdownHook((Thread) hook.get(config.getContainer()));
    }

    /** Returns its address, with the credentials. */
    String uri() {
        return uri;
    }

    @Override
    public void close() {
        launcher.shutdown();
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
