package io.sitemonitor.check.tcp;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContract;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.Resolver;
import io.sitemonitor.check.internal.FixedNames;
import io.sitemonitor.check.internal.FullPort;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract again, with a second opinion and two addresses for each name. */
class TcpSecondOpinionContractTest extends CheckContract {

    private final Resolver names = FixedNames.resolver("127.0.0.1", "127.0.0.2");
    private final Resolver others = FixedNames.resolver("127.0.0.3", "127.0.0.4");
    private final RawServer server = new RawServer(RawServer::drain);
    private FullPort first;
    private FullPort second;

    @BeforeEach
    void fill() throws IOException {
        first = new FullPort("127.0.0.1");
        second = new FullPort("127.0.0.2", first.port());
    }

    @AfterEach
    void close() throws IOException {
        first.close();
        second.close();
        server.close();
    }

    @Override
    protected Check passing() {
        return TcpCheck.connect("two.addresses", server.port())
                .confirmByOtherAddress()
                .resolver(names);
    }

    @Override
    protected Check failing() {
        return TcpCheck.connect("two.addresses", server.port())
                .confirmByOtherAddress()
                .resolver(others);
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.CONNECT;
    }

    @Override
    protected String failingCause() {
        return "none of 2 addresses works: 127.0.0.3 (connection refused); 127.0.0.4 (connection refused)";
    }

    @Override
    protected Check hanging() {
        return TcpCheck.connect("two.addresses", first.port())
                .confirmByOtherAddress()
                .resolver(names);
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
