package io.sitemonitor.check.websocket;

import static io.sitemonitor.check.TextExpectation.containing;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContract;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.Secret;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class WebSocketCheckContractTest extends CheckContract {

    private final WebSocketServer server = new WebSocketServer();
    private final RawServer silent = new RawServer(RawServer::drain);
    private final RawServer refusing = RawServer.answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    private final RawServer rude = new RawServer(socket -> {
        Upgraded.accept(socket);
        Upgraded.send(
                socket,
                Upgraded.close(1008, "not t0ken-of-query, not head3r, nor \"s3nt\", nor plain-head3r\u0007\r\n"));
        RawServer.drain(socket);
    });

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        silent.close();
        refusing.close();
        rude.close();
    }

    @Override
    protected Check passing() {
        return WebSocketCheck.connect("ws://127.0.0.1:" + server.port() + "/live")
                .send("hello")
                .expectText(containing("hello"))
                .expectPong();
    }

    @Override
    protected Check failing() {
        return WebSocketCheck.connect("ws://127.0.0.1:" + refusing.port() + "/live");
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.STATUS;
    }

    @Override
    protected String failingCause() {
        return "HTTP 403";
    }

    @Override
    protected Check hanging() {
        return WebSocketCheck.connect("ws://127.0.0.1:" + silent.port() + "/live");
    }

    @Override
    protected Check secretive() {
        return WebSocketCheck.connect("ws://127.0.0.1:" + rude.port() + "/live?access_token=t0ken%2Dof-query&a=b")
                .header("Authorization", Secret.of("head3r"))
                .header("X-Key", "plain-head3r")
                .send(Secret.of("\"s3nt\""))
                .expectText(containing("welcome"));
    }

    @Override
    protected List<String> secrets() {
        return List.of("t0ken", "head3r", "s3nt");
    }
}
