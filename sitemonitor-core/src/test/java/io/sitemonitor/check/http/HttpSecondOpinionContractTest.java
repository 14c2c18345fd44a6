package io.sitemonitor.check.http;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContract;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.RawServer.Manners;
import io.sitemonitor.check.internal.FixedNames;
import io.sitemonitor.check.internal.Trust;
import io.sitemonitor.check.internal.http.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The contract again, with a second opinion and two addresses for each name. */
class HttpSecondOpinionContractTest extends CheckContract {

    private static final String PASSWORD = "pass-word-1";
    private static final String KEY = "key-3";

    private final List<RawServer> servers = new ArrayList<>();
    private final Wire names = new Wire(FixedNames.of("127.0.0.1", "127.0.0.2"), Trust.system());
    private final int good = twice("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    private final int bad = twice("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
    private final int silent = twice(RawServer::drain);
    private final int parrot = twice(socket -> {
        String head = RawServer.readHead(socket) + "\u001B[31m " + PASSWORD;
        RawServer.send(socket, "HTTP/1.1 500 " + KEY + "\r\nContent-Length: " + head.length() + "\r\n\r\n" + head);
    });

    @AfterEach
    void close() throws IOException {
        for (RawServer server : servers) {
            server.close();
        }
    }

    @Override
    protected Check passing() {
        return HttpCheck.get(url(good)).confirmByOtherAddress().over(names);
    }

    @Override
    protected Check failing() {
        return HttpCheck.get(url(bad)).confirmByOtherAddress().over(names);
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.STATUS;
    }

    @Override
    protected String failingCause() {
        return "none of 2 addresses works: 127.0.0.1 (HTTP 503); 127.0.0.2 (HTTP 503)";
    }

    @Override
    protected Check hanging() {
        return HttpCheck.get(url(silent)).confirmByOtherAddress().over(names);
    }

    @Override
    protected Check secretive() {
        return HttpCheck.get(url(parrot).replace("//", "//user:" + PASSWORD + "@"))
                .header("X-Api-Key", KEY)
                .confirmByOtherAddress()
                .over(names);
    }

    @Override
    protected List<String> secrets() {
        return List.of(PASSWORD, KEY, "dXNlcjpwYXNzLXdvcmQtMQ");
    }

    private int twice(String bytes) {
        return twice(socket -> {
            RawServer.readHead(socket);
            RawServer.send(socket, bytes);
        });
    }

    private int twice(Manners manners) {
        RawServer first = new RawServer("127.0.0.1", 0, manners);
        servers.add(first);
        servers.add(new RawServer("127.0.0.2", first.port(), manners));
        return first.port();
    }

    private static String url(int port) {
        return "http://two.addresses:" + port + "/";
    }
}
