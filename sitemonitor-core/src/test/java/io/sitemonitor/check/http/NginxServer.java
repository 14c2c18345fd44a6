package io.sitemonitor.check.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A web server that this project did not write, in a temporary folder and on a free port. */
final class NginxServer implements AutoCloseable {

    private static final String CONFIGURATION = """
            daemon off;
            pid %1$s/pid;
            error_log stderr;
            events {}
            http {
              access_log off;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              server {
                listen 127.0.0.1:%2$d;
                location / { return 200 "Welcome to the shop"; }
                location /gone { return 503; }
              }
            }
            """;

    private final Path directory;
    private final Path program;
    private final int port;
    private Process process;

    NginxServer(Path directory, Path program) throws IOException {
        this.directory = directory;
        this.program = program;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
        Files.writeString(directory.resolve("nginx.conf"), String.format(CONFIGURATION, directory, port));
        this.process = start();
    }

    /** Returns where the program is, if it is installed. */
    static Optional<Path> program() {
        return Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    void restart() throws IOException {
        process = start();
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nginx does not stop");
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        program.toString(),
                        "-p",
                        directory.toString(),
                        "-c",
                        directory.resolve("nginx.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
