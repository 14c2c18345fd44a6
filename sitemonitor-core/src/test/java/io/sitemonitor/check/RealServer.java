package io.sitemonitor.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.opentest4j.TestAbortedException;
import org.slf4j.LoggerFactory;

/**
 * A server that this project did not write, as a process of its own with a temporary folder and a free port of the loopback
 * address. Where its program does not start, the test is skipped with a warning, and where it is not installed too, unless
 * {@code SITEMONITOR_SERVERS_REQUIRED=true}: then that is a failure.
 */
public final class RealServer implements AutoCloseable {

    private final Process process;
    private final int port;

    private RealServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** What is to be done for a server on this port, and the words of its command after the program. */
    @FunctionalInterface
    public interface Preparation {
        List<String> on(int port) throws Exception;
    }

    /** Starts one and waits until it takes connections. */
    public static RealServer start(Path directory, String program, String debianPackage, Preparation preparation)
            throws Exception {
        return start(directory, program, debianPackage, preparation, RealServer::accepts);
    }

    /** Starts one and waits until whoever is told its port says that it is ready. */
    public static RealServer start(
            Path directory, String program, String debianPackage, Preparation preparation, IntPredicate isReady)
            throws Exception {
        Path path = program(program, debianPackage);
        int port = freePort();
        List<String> words = Stream.concat(Stream.of(path.toString()), preparation.on(port).stream())
                .toList();
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        RealServer server = new RealServer(process, port);
        try {
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive() || isReady.test(port));
        } catch (ConditionTimeoutException e) {
            server.close();
            throw new AssertionError(program + " is not ready: " + Files.readString(log), e);
        }
        if (!process.isAlive()) {
            throw skipped(program + " does not start here: " + Files.readString(log));
        }
        return server;
    }

    /** Finds a program, or skips the test. */
    public static Path program(String name, String debianPackage) {
        Stream<String> places = Stream.concat(
                Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin", "/usr/bin"));
        return Stream.concat(places, versions("/usr/lib/postgresql"))
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> missing(
                        name + " is not installed, so this proves nothing here; install the package " + debianPackage));
    }

    /** Where Debian puts programs that may be there in several versions. */
    private static Stream<String> versions(String folder) {
        String[] versions = Path.of(folder).toFile().list();
        return versions == null
                ? Stream.of()
                : Stream.of(versions).sorted(Comparator.reverseOrder()).map(version -> folder + "/" + version + "/bin");
    }

    private static TestAbortedException missing(String message) {
        if (Boolean.parseBoolean(System.getenv("SITEMONITOR_SERVERS_REQUIRED"))) {
            throw new AssertionError(message);
        }
        return skipped(message);
    }

    private static TestAbortedException skipped(String message) {
        LoggerFactory.getLogger(RealServer.class).warn("SKIPPED: {}", message);
        return new TestAbortedException(message);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
