package io.sitemonitor.check.http;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContract;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.RawServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class HttpCheckContractTest extends CheckContract {

    private static final String PASSWORD = "pass-word-1";
    private static final String TOKEN = "tok%2Fen-2";
    private static final String KEY = "key-3";
    private static final String BODY = "login-4";

    private final RawServer good = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    private final RawServer bad = RawServer.answering("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
    private final RawServer silent = new RawServer(RawServer::drain);
    private final RawServer parrot = new RawServer(HttpCheckContractTest::repeat);

    @AfterEach
    void close() throws IOException {
        good.close();
        bad.close();
        silent.close();
        parrot.close();
    }

    @Override
    protected Check passing() {
        return HttpCheck.get(good.url("/")).header("X-A", "1").expectBody(BodyExpectation.containing("ok"));
    }

    @Override
    protected Check failing() {
        return HttpCheck.get(bad.url("/"));
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.STATUS;
    }

    @Override
    protected String failingCause() {
        return "HTTP 503";
    }

    @Override
    protected Check hanging() {
        return HttpCheck.get(silent.url("/"));
    }

    @Override
    protected Check secretive() {
        String url = parrot.url("/path?token=" + TOKEN + "&page=7#fragment").replace("//", "//user:" + PASSWORD + "@");
        return HttpCheck.post(url).header("X-Api-Key", KEY).body("text/plain", BODY);
    }

    @Override
    protected List<String> secrets() {
        return List.of(PASSWORD, TOKEN, "tok/en-2", KEY, BODY, "dXNlcjpwYXNzLXdvcmQtMQ", "#fragment");
    }

    /** Answers with all it was sent, and with control characters, and with the parameter decoded. */
    private static void repeat(Socket socket) throws IOException {
        String head = RawServer.readHead(socket);
        byte[] body = new byte[BODY.length()];
        int read = socket.getInputStream().readNBytes(body, 0, body.length);
        String sent =
                head + new String(body, 0, read, StandardCharsets.UTF_8) + " tok/en-2 \u001B[31m\u0000 " + PASSWORD;
        RawServer.send(socket, "HTTP/1.1 500 " + KEY + "\r\nContent-Length: " + sent.length() + "\r\n\r\n" + sent);
    }
}
