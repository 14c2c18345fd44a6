package io.sitemonitor.amqp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.LoggerFactory;

/** A client of the old contract, written in another language with a library that has nothing to do with this project. */
final class ForeignClient implements AutoCloseable {

    /** Which library it uses, from which package of Debian's. */
    enum Kind {
        PYTHON_PIKA("python3-pika", ""),
        GO_STREADWAY("golang-go golang-github-streadway-amqp-dev", "github.com/streadway/amqp"),
        GO_AMQP091("golang-go golang-github-rabbitmq-amqp091-go-dev", "github.com/rabbitmq/amqp091-go");

        private static final String PYTHON = "/usr/bin/python3";
        private static final String GO = "/usr/bin/go";
        private static final Path GO_LIBRARIES = Path.of("/usr/share/gocode");

        private final String packages;
        private final String library;

        Kind(String packages, String library) {
            this.packages = packages;
            this.library = library;
        }

        /**
         * Returns the words of its command, made ready in a directory. Where it is not installed the test is skipped and says
         * so; with {@code CI=true} or {@code SITEMONITOR_SERVERS_REQUIRED=true} that is a failure.
         */
        List<String> command(Path directory) throws Exception {
            if (!isInstalled()) {
                String message = this + " is not installed, so this proves nothing here; install " + packages;
                if (isTrue("CI") || isTrue("SITEMONITOR_SERVERS_REQUIRED")) {
                    throw new IllegalStateException(message);
                }
                LoggerFactory.getLogger(ForeignClient.class).warn("SKIPPED: {}", message);
                Assumptions.abort(message);
            }
            return library.isEmpty() ? python(directory) : go(directory);
        }

        private boolean isInstalled() throws Exception {
            if (library.isEmpty()) {
                return Files.isExecutable(Path.of(PYTHON))
                        && new ProcessBuilder(PYTHON, "-c", "import pika")
                                        .redirectErrorStream(true)
                                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                        .start()
                                        .waitFor()
                                == 0;
            }
            return Files.isExecutable(Path.of(GO))
                    && Files.isDirectory(GO_LIBRARIES.resolve("src").resolve(library));
        }

        private static List<String> python(Path directory) throws IOException {
            Path script = directory.resolve("client.py");
            Files.writeString(script, source("client.py"));
            return List.of(PYTHON, script.toString());
        }

        private List<String> go(Path directory) throws Exception {
            Path program = directory.resolve(name());
            if (!Files.exists(program)) {
                Path folder = Files.createDirectory(directory.resolve(name() + "-source"));
                Path source = folder.resolve("client.go");
                Files.writeString(source, source("client.go").replace("AMQP_LIBRARY", library));
                ProcessBuilder builder = new ProcessBuilder(GO, "build", "-o", program.toString(), source.toString());
                builder.environment().put("GOPATH", GO_LIBRARIES.toString());
                builder.environment().put("GO111MODULE", "off");
                builder.environment().put("GOFLAGS", "");
                builder.environment().put("GOCACHE", directory.resolve("cache").toString());
                Process build = builder.redirectErrorStream(true).start();
                String out = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (build.waitFor() != 0) {
                    throw new IllegalStateException("go build failed: " + out);
                }
            }
            return List.of(program.toString());
        }

        private static String source(String name) throws IOException {
            try (InputStream in = ForeignClient.class.getResourceAsStream("/foreign/" + name)) {
                return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
            }
        }

        private static boolean isTrue(String variable) {
            return "true".equals(System.getenv(variable));
        }
    }

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private ForeignClient(Process process) {
        this.process = process;
        reader = new Thread(this::read, "foreign-client");
        reader.setDaemon(true);
        reader.start();
    }

    static ForeignClient start(Kind kind, Path directory, String... words) throws Exception {
        List<String> command = new ArrayList<>(kind.command(directory));
        command.addAll(List.of(words));
        return new ForeignClient(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** What it has printed so far; its errors, too. */
    List<String> lines() {
        return lines;
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Waits for its end, and returns how it ended. */
    int end() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("it does not end; it said " + lines);
        }
        reader.join();
        return process.exitValue();
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor();
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(ForeignClient.class).debug("it was ended", e);
        }
    }
}
