package io.sitemonitor.check.tls;

import io.sitemonitor.check.Certificates;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContract;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.RawServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;

class TlsCheckContractTest extends CheckContract {

    private static final Certificates CERTIFICATES = new Certificates();
    private static final HeldCertificate HELD = CERTIFICATES.given("shop.example", Duration.ofDays(90));

    private final RawServer good = new RawServer(socket -> RawServer.drain(CERTIFICATES.accept(HELD, socket)));
    private final RawServer silent = new RawServer(RawServer::drain);

    @AfterEach
    void close() throws IOException {
        good.close();
        silent.close();
    }

    private static TlsCheck at(RawServer server, String name) {
        return TlsCheck.connect(name, server.port()).address("127.0.0.1").tls(CERTIFICATES.trusted());
    }

    @Override
    protected Check passing() {
        return at(good, "shop.example");
    }

    @Override
    protected Check failing() {
        return at(good, "other.example");
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.TLS;
    }

    @Override
    protected String failingCause() {
        return "certificate is not valid for other.example, only for [shop.example]";
    }

    @Override
    protected Check hanging() {
        return at(silent, "shop.example");
    }

    @Override
    protected Check secretive() {
        return failing();
    }

    @Override
    protected List<String> secrets() {
        return List.of("\n", "javax.net");
    }
}
