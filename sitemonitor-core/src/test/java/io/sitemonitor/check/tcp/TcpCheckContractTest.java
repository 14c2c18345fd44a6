package io.sitemonitor.check.tcp;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContract;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class TcpCheckContractTest extends CheckContract {

    private final RawServer server = new RawServer(RawServer::drain);
    private final CountDownLatch over = new CountDownLatch(1);
    private int closedPort;

    @BeforeEach
    void findClosedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closedPort = socket.getLocalPort();
        }
    }

    @AfterEach
    void close() throws IOException {
        over.countDown();
        server.close();
    }

    @Override
    protected Check passing() {
        return TcpCheck.connect("127.0.0.1", server.port());
    }

    @Override
    protected Check failing() {
        return TcpCheck.connect("127.0.0.1", closedPort);
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
        return TcpCheck.connect("never.answered", 80).resolver(host -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        });
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
