package io.sitemonitor.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The contract for checks that converse with a server. Each server is there for one call of the contract. */
public abstract class TalkContract extends CheckContract {

    /** A password with all that has to be escaped somewhere. */
    protected static final String PASSWORD = "se \"cr\\et";

    private final List<RawServer> servers = new ArrayList<>();
    private final RawServer honest;
    private final RawServer silent = serve(RawServer::drain);

    protected TalkContract() {
        honest = serve(talk().script()::play);
    }

    @AfterEach
    final void closeServers() throws IOException {
        for (RawServer server : servers) {
            server.close();
        }
    }

    /** What is talked about. */
    protected abstract Talks talk();

    @Override
    protected final Check passing() {
        return talk().check(honest.port());
    }

    @Override
    protected final Check hanging() {
        return talk().check(silent.port());
    }

    /** Starts a server and returns its port. */
    protected final int serve(Script script) {
        return serve(script::play).port();
    }

    private RawServer serve(RawServer.Manners manners) {
        RawServer server = new RawServer(manners);
        servers.add(server);
        return server;
    }
}
