package io.sitemonitor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TargetServerTest {

    private static final String GOOD = "HTTP/1.1 200 OK";
    private static final String BAD = "HTTP/1.1 503 Service Unavailable";

    private final AtomicLong clock = new AtomicLong();

    private TargetServer server() throws IOException {
        TargetServer server = new TargetServer(0, 3, 1_000, clock::get);
        server.start();
        return server;
    }

    private static Socket connect(TargetServer server, int host) throws IOException {
        Socket socket = new Socket(TargetServer.address(host), server.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static String ask(TargetServer server, String path) throws IOException {
        try (Socket socket = connect(server, 0)) {
            send(socket, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void answersAndClosesIfAskedTo() throws IOException {
        try (TargetServer server = server()) {
            assertThat(ask(server, "/ok/1"))
                    .startsWith(GOOD)
                    .contains("Connection: close\r\n", "Content-Length: 12\r\n")
                    .endsWith("\r\n\r\nall is well\n");
        }
    }

    @Test
    void keepsAConnectionUnlessAskedToClose() throws IOException {
        try (TargetServer server = server();
                Socket socket = connect(server, 0)) {
            for (int i = 0; i < 3; i++) {
                send(socket, "GET /ok/1 HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(readAnswer(socket.getInputStream())).startsWith(GOOD).doesNotContain("Connection");
            }
        }
    }

    private static String readAnswer(InputStream in) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("all is well\n") < 0) {
            answer.append((char) in.read());
        }
        return answer.toString();
    }

    @Test
    void listensOnManyAddresses() throws IOException {
        try (TargetServer server = server()) {
            for (int host = 0; host < 3; host++) {
                try (Socket socket = connect(server, host)) {
                    send(socket, "GET /ok/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                    assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
                }
            }
        }
        assertThat(List.of(0, 1, 249, 250, 62_500))
                .extracting(TargetServer::address)
                .containsExactly("127.1.0.1", "127.1.0.2", "127.1.0.250", "127.1.1.1", "127.2.0.1");
    }

    @Test
    void takesARequestThatComesInPieces() throws IOException {
        try (TargetServer server = server();
                Socket socket = connect(server, 0)) {
            socket.setTcpNoDelay(true);
            send(socket, "GET /ok/1 HT");
            ask(server, "/ok/2"); // by now the first piece has been read, too
            send(socket, "TP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith(GOOD);
        }
    }

    @Test
    void hangsWithoutAnAnswerAndWithoutClosing() throws IOException {
        try (TargetServer server = server();
                Socket socket = connect(server, 0)) {
            send(socket, "GET /hang/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            ask(server, "/ok/1");
            socket.setSoTimeout(200);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(ask(server, "/-/stats")).contains("{\"requests\":3,\"cpuNanos\":");
        }
    }

    @Test
    void flipsByTheClock() throws IOException {
        try (TargetServer server = server()) {
            clock.set(999);
            assertThat(ask(server, "/flip/1")).startsWith(GOOD);
            clock.set(1_000);
            assertThat(ask(server, "/flip/1")).startsWith(BAD);
            assertThat(ask(server, "/ok/1")).startsWith(GOOD);
            clock.set(2_000);
            assertThat(ask(server, "/flip/1")).startsWith(GOOD);
        }
    }

    @Test
    void goesDownAndUpWhenTold() throws IOException {
        try (TargetServer server = server()) {
            assertThat(ask(server, "/-/down")).startsWith(GOOD);
            assertThat(ask(server, "/ok/1")).startsWith(BAD);
            ask(server, "/-/up");
            assertThat(ask(server, "/ok/1")).startsWith(GOOD);
        }
    }

    @Test
    void namesAsManyTargetsOfEachKindAsAskedFor() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> line = List.of("--count", "50", "--hosts", "5", "--hanging", "10", "--flipping", "7");
        try (TargetServer server = Targets.open(line, new PrintStream(out, true, StandardCharsets.UTF_8))) {
            List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
            assertThat(lines)
                    .hasSize(52)
                    .startsWith("# control " + server.control())
                    .endsWith("");
            assertThat(lines).filteredOn(text -> text.startsWith("hang-")).hasSize(5);
            assertThat(lines).filteredOn(text -> text.startsWith("flip-")).hasSize(7);
            assertThat(lines).filteredOn(text -> text.startsWith("ok-")).hasSize(38);
            assertThat(lines).contains("ok-48 http://127.1.0.4:" + server.port() + "/ok/48");
        }
    }
}
