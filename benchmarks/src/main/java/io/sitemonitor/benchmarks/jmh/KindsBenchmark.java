package io.sitemonitor.benchmarks.jmh;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.check.redis.RedisCheck;
import io.sitemonitor.check.tcp.TcpCheck;
import io.sitemonitor.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One run of a check against a server in the same process, each beside the least code that asks the same of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KindsBenchmark {

    private static final int TIMEOUT = 10_000;
    private static final byte[] PING = ascii("*1\r\n$4\r\nPING\r\n");

    private final OkHttpClient client = new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(0, 5, TimeUnit.MINUTES))
            .retryOnConnectionFailure(false)
            .build();
    private final Server http;
    private final Server redis;
    private final Server tcp;
    private final Request request;
    private final HttpCheck httpCheck;
    private final TcpCheck tcpCheck;
    private final RedisCheck redisCheck;

    /** Opens the servers. */
    public KindsBenchmark() {
        http = new Server("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nall is well\n");
        redis = new Server("+PONG\r\n");
        tcp = new Server("");
        String url = "http://127.0.0.1:" + http.port() + "/";
        request = new Request.Builder().url(url).header("Connection", "close").build();
        httpCheck = HttpCheck.get(url);
        tcpCheck = TcpCheck.connect("127.0.0.1", tcp.port());
        redisCheck = RedisCheck.connect("127.0.0.1", redis.port());
    }

    /** Lets the servers answer. */
    @Setup
    public void start() {
        http.start();
        redis.start();
        tcp.start();
    }

    /**
     * Asks with OkHttp and reads the body.
     *
     * @return the status
     * @throws IOException if there is no answer
     */
    @Benchmark
    public int bareHttp() throws IOException {
        try (Response response = client.newCall(request).execute()) {
            return response.code() + response.body().bytes().length;
        }
    }

    /**
     * Runs an HTTP check.
     *
     * @return its verdict
     * @throws Exception if it fails
     */
    @Benchmark
    public Verdict http() throws Exception {
        return run(httpCheck);
    }

    /**
     * Connects a socket and closes it.
     *
     * @return the port
     * @throws IOException if there is no connection
     */
    @Benchmark
    public int bareTcp() throws IOException {
        try (Socket socket = connect(tcp)) {
            return socket.getPort();
        }
    }

    /**
     * Runs a TCP check that only connects.
     *
     * @return its verdict
     * @throws Exception if it fails
     */
    @Benchmark
    public Verdict tcp() throws Exception {
        return run(tcpCheck);
    }

    /**
     * Says PING over a socket and reads the answer.
     *
     * @return how long it is
     * @throws IOException if there is none
     */
    @Benchmark
    public int bareRedis() throws IOException {
        try (Socket socket = connect(redis)) {
            socket.setSoTimeout(TIMEOUT);
            OutputStream out = socket.getOutputStream();
            out.write(PING);
            return socket.getInputStream().read(new byte[64]);
        }
    }

    /**
     * Runs a Redis check.
     *
     * @return its verdict
     * @throws Exception if it fails
     */
    @Benchmark
    public Verdict redis() throws Exception {
        return run(redisCheck);
    }

    /**
     * Ends the servers.
     *
     * @throws IOException if that is not possible
     */
    @TearDown
    public void close() throws IOException {
        http.close();
        redis.close();
        tcp.close();
    }

    private static Socket connect(Server server) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), TIMEOUT);
        return socket;
    }

    private static Verdict run(Check check) throws Exception {
        Verdict verdict = check.run(new Run()).verdict();
        if (verdict != Verdict.PASS) {
            throw new IllegalStateException(check + ": " + verdict);
        }
        return verdict;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A run without an engine. */
    private static final class Run implements CheckContext {

        private static final Duration LIMIT = Duration.ofMillis(TIMEOUT);

        private final long startedAt = TimeSource.system().nanos();

        @Override
        public String monitor() {
            return "jmh";
        }

        @Override
        public String check() {
            return "run";
        }

        @Override
        public Duration timeout() {
            return LIMIT;
        }

        @Override
        public Duration remaining() {
            return LIMIT.minusNanos(TimeSource.system().nanos() - startedAt);
        }

        @Override
        public TimeSource time() {
            return TimeSource.system();
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void onCancel(Runnable action) {
            // nobody cancels it
        }
    }

    /**
     * Answers the first words of each connection, one after the other, and waits until the other side hangs up; one that has no
     * answer hangs up at once, to keep up with those who only connect.
     */
    private static final class Server extends Thread {

        private static final int BACKLOG = 1_000;

        private final ServerSocket door;
        private final byte[] answer;

        Server(String answer) {
            super("server");
            setDaemon(true);
            this.answer = ascii(answer);
            try {
                door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        int port() {
            return door.getLocalPort();
        }

        @Override
        public void run() {
            byte[] asked = new byte[1_024];
            while (!door.isClosed()) {
                try (Socket socket = door.accept()) {
                    InputStream in = socket.getInputStream();
                    if (answer.length > 0 && in.read(asked) > 0) {
                        socket.getOutputStream().write(answer);
                        while (in.read(asked) > 0) {
                            // such as the farewell
                        }
                    }
                } catch (IOException e) {
                    // the other side has hung up, or the benchmark is over
                }
            }
        }

        void close() throws IOException {
            door.close();
        }
    }
}
