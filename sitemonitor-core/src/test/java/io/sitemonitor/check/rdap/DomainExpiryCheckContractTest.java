package io.sitemonitor.check.rdap;

import static io.sitemonitor.check.rdap.Registry.domain;
import static io.sitemonitor.check.rdap.Registry.expiring;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContract;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.RawServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class DomainExpiryCheckContractTest extends CheckContract {

    private final Registry registry = new Registry();
    private final RawServer silent = new RawServer(RawServer::drain);

    DomainExpiryCheckContractTest() {
        registry.says("/rdap/domain/shop.example", domain(expiring("2999-01-01T00:00:00Z"), "\"active\""));
        registry.says(
                "/rdap/domain/rude.example",
                domain(expiring("to\\u0007\\nmorrow"), "\"active\"").replace("SHOP.EXAMPLE", "rude.example"));
        registry.answers("/rdap/domain/free.example", WireMock.notFound());
    }

    @AfterEach
    void stop() throws IOException {
        registry.close();
        silent.close();
    }

    @Override
    protected Check passing() {
        return DomainExpiryCheck.forDomain("shop.example").server(registry.url("/rdap"));
    }

    @Override
    protected Check failing() {
        return DomainExpiryCheck.forDomain("free.example").server(registry.url("/rdap"));
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.STATUS;
    }

    @Override
    protected String failingCause() {
        return "free.example is not registered";
    }

    @Override
    protected Check hanging() {
        return DomainExpiryCheck.forDomain("shop.example").server("http://127.0.0.1:" + silent.port() + "/");
    }

    @Override
    protected Check secretive() {
        return DomainExpiryCheck.forDomain("rude.example").server(registry.url("/rdap"));
    }

    @Override
    protected List<String> secrets() {
        return List.of("\n", "java.time");
    }
}
