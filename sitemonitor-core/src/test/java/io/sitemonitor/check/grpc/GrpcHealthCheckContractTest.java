package io.sitemonitor.check.grpc;

import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContract;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.Secret;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class GrpcHealthCheckContractTest extends CheckContract {

    private static final String TOKEN = "Bearer s3cr3t-t0ken";

    private final RawServer silent = new RawServer(RawServer::drain);
    private GrpcServer server;
    private GrpcServer rude;

    @BeforeEach
    void start() throws IOException {
        server = GrpcServer.plain();
        server.set("shop.Orders", ServingStatus.NOT_SERVING);
        rude = GrpcServer.plain();
        rude.refuse(Status.UNAUTHENTICATED.withDescription("nobody knows '" + TOKEN + "'\r\nor plain-t0ken\u0007"));
    }

    @AfterEach
    void stop() throws Exception {
        silent.close();
        server.close();
        rude.close();
    }

    @Override
    protected Check passing() {
        return GrpcHealthCheck.connect("127.0.0.1", server.port()).plainText();
    }

    @Override
    protected Check failing() {
        return GrpcHealthCheck.connect("127.0.0.1", server.port()).plainText().service("shop.Orders");
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.STATUS;
    }

    @Override
    protected String failingCause() {
        return "NOT_SERVING";
    }

    @Override
    protected Check hanging() {
        return GrpcHealthCheck.connect("127.0.0.1", silent.port()).plainText();
    }

    @Override
    protected Check secretive() {
        return GrpcHealthCheck.connect("127.0.0.1", rude.port())
                .plainText()
                .metadata("authorization", Secret.of(TOKEN))
                .metadata("x-key", "plain-t0ken");
    }

    @Override
    protected List<String> secrets() {
        return List.of("s3cr3t-t0ken", "plain-t0ken");
    }
}
