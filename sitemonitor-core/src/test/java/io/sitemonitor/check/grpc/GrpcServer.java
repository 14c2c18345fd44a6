package io.sitemonitor.check.grpc;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.sitemonitor.check.Certificates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;

/** A server of grpc-java with its own health service. */
final class GrpcServer implements AutoCloseable {

    /** What the server saw of a call. */
    record Seen(
            Metadata metadata,
            @Nullable String authority,
            @Nullable Deadline deadline) {}

    private final HealthStatusManager health = new HealthStatusManager();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Server server;
    private volatile @Nullable Status refusal;

    private GrpcServer(NettyServerBuilder builder, boolean withHealth) throws IOException {
        if (withHealth) {
            builder.addService(health.getHealthService());
        }
        server = builder.intercept(new Listener()).build().start();
    }

    static GrpcServer plain() throws IOException {
        return new GrpcServer(at("127.0.0.1"), true);
    }

    static GrpcServer withoutHealth() throws IOException {
        return new GrpcServer(at("127.0.0.1"), false);
    }

    static GrpcServer encrypted(Certificates certificates, HeldCertificate held, boolean asksForCertificate)
            throws IOException {
        String chain = held.certificatePem() + certificates.authority().certificatePem();
        SslContextBuilder tls = GrpcSslContexts.forServer(stream(chain), stream(held.privateKeyPkcs8Pem()));
        if (asksForCertificate) {
            tls.trustManager(certificates.authority().certificate()).clientAuth(ClientAuth.REQUIRE);
        }
        return new GrpcServer(at("127.0.0.1").sslContext(tls.build()), true);
    }

    private static NettyServerBuilder at(String address) {
        return NettyServerBuilder.forAddress(new InetSocketAddress(address, 0));
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    int port() {
        return server.getPort();
    }

    void set(String service, ServingStatus status) {
        health.setStatus(service, status);
    }

    /** Refuses every call from now on. */
    void refuse(Status status) {
        refusal = status;
    }

    List<Seen> seen() {
        return seen;
    }

    @Override
    public void close() throws InterruptedException {
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }

    private final class Listener implements ServerInterceptor {
        @Override
        public <A, B> ServerCall.Listener<A> interceptCall(
                ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
            seen.add(new Seen(headers, call.getAuthority(), Context.current().getDeadline()));
            Status status = refusal;
            if (status != null) {
                call.close(status, new Metadata());
                return new ServerCall.Listener<>() {};
            }
            return next.startCall(call, headers);
        }
    }
}
