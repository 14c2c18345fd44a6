package io.sitemonitor.spring.heartbeat;

import io.sitemonitor.spring.heartbeat.HeartbeatReceiver.Sign;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The addresses at which jobs give their signs of life, for Spring MVC.
 *
 * <ul>
 *   <li>{@code POST <path>/{check}} is a beat, {@code POST <path>/{check}/start} and {@code POST <path>/{check}/fail} are what
 *       they say. The body of the last one, at most {@value #MAX_BODY} bytes of UTF-8, is the reason.
 *   <li>The answer has no body: 204 if the sign was taken, 401 without the right token, 404 if there is no heartbeat check of
 *       that name, 405 for any other method, 413 for a body that is too large.
 *   <li>The name of the check is percent-encoded where it needs to be. One with a slash in it cannot be addressed, since
 *       servlet containers refuse it.
 * </ul>
 */
public final class HeartbeatRoutes {

    /** The largest body, in bytes. */
    public static final int MAX_BODY = 4_096;

    private static final String CHECK = "check";
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;

    private final HeartbeatReceiver receiver;

    private HeartbeatRoutes(HeartbeatReceiver receiver) {
        this.receiver = receiver;
    }

    /**
     * Makes the routes.
     *
     * @param path what all of them begin with, such as {@code /sitemonitor/heartbeats}: segments of letters, digits, {@code -},
     *     {@code _}, {@code .} and {@code ~}, each after a slash
     * @param receiver who takes the signs
     * @return the routes
     * @throws IllegalArgumentException if the path is none
     */
    public static RouterFunction<ServerResponse> below(String path, HeartbeatReceiver receiver) {
        if (!path.matches("(/[A-Za-z0-9_.~-]+)+")) {
            throw new IllegalArgumentException("path must be segments of letters, digits and -_.~, each after a slash,"
                    + " such as /sitemonitor/heartbeats");
        }
        HeartbeatRoutes routes = new HeartbeatRoutes(Objects.requireNonNull(receiver, "receiver"));
        String check = path + "/{" + CHECK + '}';
        return RouterFunctions.route()
                .route(RequestPredicates.path(check), request -> routes.take(request, Sign.BEAT))
                .route(RequestPredicates.path(check + "/start"), request -> routes.take(request, Sign.START))
                .route(RequestPredicates.path(check + "/fail"), request -> routes.take(request, Sign.FAIL))
                .build();
    }

    private ServerResponse take(ServerRequest request, Sign sign) throws IOException {
        if (!request.method().equals(HttpMethod.POST)) {
            return ServerResponse.status(METHOD_NOT_ALLOWED)
                    .header("Allow", "POST")
                    .build();
        }
        if (!receiver.admits(request.headers().firstHeader("Authorization"))) {
            return ServerResponse.status(UNAUTHORIZED)
                    .header("WWW-Authenticate", "Bearer realm=\"sitemonitor\"")
                    .build();
        }
        byte[] body = request.servletRequest().getInputStream().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            return ServerResponse.status(TOO_LARGE).build();
        }
        String reason = new String(body, StandardCharsets.UTF_8).strip();
        boolean taken = receiver.receive(request.pathVariable(CHECK), sign, reason.isEmpty() ? null : reason);
        return taken
                ? ServerResponse.noContent().build()
                : ServerResponse.status(NOT_FOUND).build();
    }
}
