package io.sitemonitor.check.composite;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckContract;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.check.tcp.TcpCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class CompositeCheckContractTest extends CheckContract {

    private final RawServer server = new RawServer(RawServer::drain);
    private int closedPort;

    @BeforeEach
    void findClosedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closedPort = socket.getLocalPort();
        }
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Override
    protected Check passing() {
        return CompositeCheck.all(TcpCheck.connect("127.0.0.1", server.port()))
                .part("again", TcpCheck.connect("127.0.0.1", server.port()));
    }

    @Override
    protected Check failing() {
        return CompositeCheck.all()
                .part("open", TcpCheck.connect("127.0.0.1", server.port()))
                .part("closed", TcpCheck.connect("127.0.0.1", closedPort));
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.CONNECT;
    }

    @Override
    protected String failingCause() {
        return "1 of 2 fails: closed (connection refused by 127.0.0.1:" + closedPort + ")";
    }

    /** Its first part takes the time of both. */
    @Override
    protected Check hanging() {
        return CompositeCheck.all().part("hog", this::hog).part("other", TcpCheck.connect("127.0.0.1", server.port()));
    }

    private CheckResult hog(CheckContext context) throws InterruptedException {
        CountDownLatch cancelled = new CountDownLatch(1);
        context.onCancel(cancelled::countDown);
        cancelled.await(2 * context.timeout().toNanos(), TimeUnit.NANOSECONDS);
        return CheckResult.pass();
    }

    @Override
    protected Check secretive() {
        return CompositeCheck.all(
                HttpCheck.get("http://user:s3cr3t-word@127.0.0.1:" + closedPort + "/?token=t0k3n-word"),
                context -> CheckResult.pass("a\nb"));
    }

    @Override
    protected List<String> secrets() {
        return List.of("s3cr3t-word", "t0k3n-word", "\n");
    }
}
