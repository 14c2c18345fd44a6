package io.sitemonitor.check.http;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContract;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.RawServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class HttpStepsContractTest extends CheckContract {

    private static final String TOKEN = "token-1";

    private final RawServer good = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    private final RawServer parrot =
            RawServer.answering("HTTP/1.1 500 Busy\r\nContent-Length: 16\r\n\r\n" + TOKEN + " \u001B[31m\u0000\r\n");
    private final RawServer login =
            RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n{\"token\":\"" + TOKEN + "\"}");
    private final RawServer silent = new RawServer(RawServer::drain);

    @AfterEach
    void close() throws IOException {
        good.close();
        parrot.close();
        login.close();
        silent.close();
    }

    @Override
    protected Check passing() {
        return HttpSteps.first("one", HttpCheck.get(good.url("/"))).then("two", HttpCheck.get(good.url("/2")));
    }

    @Override
    protected Check failing() {
        return HttpSteps.first("one", HttpCheck.get(good.url("/"))).then("two", HttpCheck.get(parrot.url("/")));
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.STATUS;
    }

    @Override
    protected String failingCause() {
        return "step 'two': HTTP 500";
    }

    @Override
    protected Check hanging() {
        return HttpSteps.first("one", HttpCheck.get(silent.url("/")));
    }

    @Override
    protected Check secretive() {
        return HttpSteps.first("log in", HttpCheck.get(login.url("/")))
                .takeSecret("token", Taken.json("/token"))
                .then("two", HttpCheck.get(parrot.url("/")));
    }

    @Override
    protected List<String> secrets() {
        return List.of(TOKEN);
    }
}
