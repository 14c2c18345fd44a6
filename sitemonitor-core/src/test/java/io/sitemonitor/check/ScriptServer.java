package io.sitemonitor.check;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;

/** A server that follows a script and remembers what it was asked. */
public final class ScriptServer implements AutoCloseable {

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final RawServer server;

    public ScriptServer(Script script) {
        server = new RawServer(script.heardBy(asked::add)::play);
    }

    /** Runs a check, made with the port, against a server of its own. */
    public static CheckResult run(Script script, IntFunction<? extends SocketCheck<?>> check) throws IOException {
        try (ScriptServer server = new ScriptServer(script)) {
            return check.apply(server.port()).run(FixedContext.of(Duration.ofSeconds(20)));
        }
    }

    public int port() {
        return server.port();
    }

    /** What was asked until all connections were over. */
    public List<String> asked() {
        await().until(() -> server.served() > 0 && server.served() == server.accepted());
        return List.copyOf(asked);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
