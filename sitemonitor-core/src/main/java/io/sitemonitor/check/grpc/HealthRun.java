package io.sitemonitor.check.grpc;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.internal.Mask;
import io.sitemonitor.check.internal.http.Visit;
import io.sitemonitor.check.internal.http.Way;
import io.sitemonitor.check.internal.http.Wire;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import okhttp3.Headers;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** One run of a {@link GrpcHealthCheck}. For one thread, except for what ends it. */
final class HealthRun {

    /** The most that a server may send, in bytes: heads may grow when they are unpacked, though in number, not in size. */
    private static final long MAX_WIRE = 128 * 1024;

    private static final String SERVING = "SERVING";
    private static final int OK = 200;

    private final HealthCall call;
    private final CheckContext context;
    private final Visit visit;

    HealthRun(HealthCall call, Way way, Wire wire, CheckContext context) {
        this.call = call;
        this.context = context;
        visit = new Visit(context, wire, way, MAX_WIRE);
    }

    CheckResult run() {
        Map<String, String> revealed = new LinkedHashMap<>();
        call.metadata().forEach((name, value) -> revealed.put(name, value.reveal()));
        CheckResult found = unfit(revealed);
        if (found == null) {
            found = visit.ask(call.request(revealed, context.remaining()), this::answered);
        }
        return visit.conclude(Objects.requireNonNull(found), Mask.of(revealed.values()));
    }

    private static @Nullable CheckResult unfit(Map<String, String> revealed) {
        for (Map.Entry<String, String> each : revealed.entrySet()) {
            if (!HealthCall.isPlain(each.getValue())) {
                return CheckResult.fail(
                        FailureKind.CHECK_ERROR,
                        "the secret for the metadata " + each.getKey()
                                + " must be ASCII without control characters, such as ends of lines");
            }
        }
        return null;
    }

    private CheckResult answered(Response response) throws IOException {
        String tls = visit.phases().tls();
        if (tls != null) {
            visit.fact("tls", tls);
        }
        if (response.code() != OK) {
            return CheckResult.fail(FailureKind.STATUS, "HTTP " + response.code());
        }
        String type = response.header("Content-Type");
        if (!isGrpc(type)) {
            return CheckResult.fail(
                    FailureKind.PROTOCOL,
                    "answer is none of gRPC: " + (type == null ? "it has no type" : "its type is " + type));
        }
        if (response.header(GrpcStatus.HEADER) != null) {
            return judged(response.headers(), null); // an answer that is nothing but its end
        }
        byte[] message = HealthReply.message(response.body().source());
        return judged(response.trailers(), message);
    }

    /** The type may say how messages are written, and have parameters; that of gRPC-Web is another protocol. */
    private static boolean isGrpc(@Nullable String type) {
        String name = "application/grpc";
        return type != null
                && type.regionMatches(true, 0, name, 0, name.length())
                && (type.length() == name.length() || "+; ".indexOf(type.charAt(name.length())) >= 0);
    }

    private CheckResult judged(Headers end, byte @Nullable [] message) throws IOException {
        GrpcStatus status = GrpcStatus.of(end);
        visit.fact(GrpcStatus.HEADER, status.name());
        if (!status.isOk()) {
            return CheckResult.fail(FailureKind.STATUS, status.toString());
        }
        if (message == null) {
            return CheckResult.fail(FailureKind.PROTOCOL, "answer has no message");
        }
        String health = HealthReply.health(message);
        visit.fact("health", health);
        return health.equals(SERVING) ? CheckResult.pass(health) : CheckResult.fail(FailureKind.STATUS, health);
    }
}
