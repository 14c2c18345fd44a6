package io.sitemonitor.check.udp;

import static io.sitemonitor.check.TextExpectation.containing;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContract;
import io.sitemonitor.check.DatagramServer;
import io.sitemonitor.check.FailureKind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class UdpCheckContractTest extends CheckContract {

    private final DatagramServer echo = new DatagramServer((question, reply) -> reply.send(question));
    private final DatagramServer silent = DatagramServer.silent();
    private final int closedPort = DatagramServer.closedPort();

    @AfterEach
    void close() {
        echo.close();
        silent.close();
    }

    @Override
    protected Check passing() {
        return UdpCheck.send("127.0.0.1", echo.port(), "ping").expectText(containing("ping"));
    }

    @Override
    protected Check failing() {
        return UdpCheck.send("127.0.0.1", closedPort, "ping").expectAnswer();
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
        return UdpCheck.send("127.0.0.1", silent.port(), "ping").expectAnswer();
    }

    @Override
    protected Check secretive() {
        return UdpCheck.send("127.0.0.1", echo.port(), "community=s3cr3t\r\n\u001b[31m")
                .expectText(containing("pong"));
    }

    @Override
    protected List<String> secrets() {
        return List.of("s3cr3t", "community");
    }
}
