package io.sitemonitor.amqp.check;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContract;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.Script;
import io.sitemonitor.check.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class RabbitCheckContractTest extends CheckContract {

    private final List<RawServer> servers = new ArrayList<>();
    private final RawServer honest = serve(socket -> BrokerTalk.honest().play(socket));
    private final RawServer silent = serve(RawServer::drain);

    @AfterEach
    void closeServers() throws IOException {
        for (RawServer server : servers) {
            server.close();
        }
    }

    @Override
    protected Check passing() {
        return BrokerTalk.check(honest.port());
    }

    @Override
    protected Check failing() {
        return BrokerTalk.check(refusing("530 of the house").port());
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.STATUS;
    }

    @Override
    protected String failingCause() {
        return "530 of the house";
    }

    @Override
    protected Check hanging() {
        return BrokerTalk.check(silent.port());
    }

    @Override
    protected Check secretive() {
        int port = refusing("password " + BrokerTalk.PASSWORD + "\r\nis wrong").port();
        return RabbitCheck.connect("amqp://user:first-secret@127.0.0.1:" + port)
                .login("monitor", Secret.of(BrokerTalk.PASSWORD));
    }

    @Override
    protected List<String> secrets() {
        return List.of(BrokerTalk.PASSWORD, "first-secret");
    }

    private RawServer refusing(String text) {
        Script script = Script.answering(BrokerTalk.START).then(BrokerTalk.close(Method.CONNECTION_CLOSE, 403, text));
        return serve(script::play);
    }

    private RawServer serve(RawServer.Manners manners) {
        RawServer server = new RawServer(manners);
        servers.add(server);
        return server;
    }
}
