package io.sitemonitor.check.ntp;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContract;
import io.sitemonitor.check.DatagramServer;
import io.sitemonitor.check.FailureKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class NtpCheckContractTest extends CheckContract {

    /** The clock stands still, since the facts of two runs must be the same. */
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final NtpServer server = new NtpServer().clock(() -> NOW);
    private final DatagramServer silent = DatagramServer.silent();
    private final int closedPort = DatagramServer.closedPort();

    @AfterEach
    void close() {
        server.close();
        silent.close();
    }

    @Override
    protected Check passing() {
        return new Clocked(NtpCheck.server("127.0.0.1").port(server.port()), NOW);
    }

    @Override
    protected Check failing() {
        return new Clocked(NtpCheck.server("127.0.0.1").port(closedPort), NOW);
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.CONNECT;
    }

    @Override
    protected String failingCause() {
        return "connection refused by 127.0.0.1:" + closedPort;
    }

    @Override
    protected Check hanging() {
        return NtpCheck.server("127.0.0.1").port(silent.port());
    }

    @Override
    protected Check secretive() {
        return failing();
    }

    @Override
    protected List<String> secrets() {
        return List.of("\n", "java.net");
    }
}
