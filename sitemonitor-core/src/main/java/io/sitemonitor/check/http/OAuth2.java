package io.sitemonitor.check.http;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.internal.http.Json;
import io.sitemonitor.check.internal.http.Wire;
import io.sitemonitor.time.TimeSource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.FormBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A token that a server gives out for the credentials of a client (RFC 6749, section 4.4). It is kept until a tenth of its
 * life is left, for an hour if it does not say how long it lives, and asked for anew once if the server that it is meant
 * for answers with 401.
 *
 * <p>The request for a token is part of the run that needs it: it takes of the same time, is bound by the same policy
 * for addresses, and if it fails the run fails in the same way, with a message that begins with {@code no token}.
 *
 * <p>Two with the same options are equal; each keeps its own token.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class OAuth2 {

    private static final Duration DEFAULT_LIFE = Duration.ofHours(1);
    private static final long MOST_SECONDS = 366L * 24 * 3600;
    private static final int MAX_TOKEN = 16_384;

    private final String tokenUrl;
    private final String clientId;
    private final Secret secret;
    private final @Nullable String scope;
    private final @Nullable String audience;
    private final boolean inBody;
    private final AtomicReference<@Nullable Token> kept = new AtomicReference<>();

    private OAuth2(
            String tokenUrl,
            String clientId,
            Secret secret,
            @Nullable String scope,
            @Nullable String audience,
            boolean inBody) {
        this.tokenUrl = tokenUrl;
        this.clientId = clientId;
        this.secret = secret;
        this.scope = scope;
        this.audience = audience;
        this.inBody = inBody;
    }

    private record Token(String text, long refreshAt) {}

    /** A token, or why there is none. */
    record Answer(@Nullable String token, CheckResult result) {}

    /**
     * Asks with the credentials of a client, which are sent by basic authentication.
     *
     * @param tokenUrl the address that gives out tokens
     * @param clientId the name of the client
     * @param clientSecret its secret
     * @return where tokens come from
     * @throws IllegalArgumentException if that is no address, or the name is empty
     */
    public static OAuth2 clientCredentials(String tokenUrl, String clientId, Secret clientSecret) {
        Urls.require(tokenUrl);
        if (Objects.requireNonNull(clientId, "clientId").isEmpty()) {
            throw new IllegalArgumentException("clientId must not be empty");
        }
        return new OAuth2(tokenUrl, clientId, Objects.requireNonNull(clientSecret, "clientSecret"), null, null, false);
    }

    /**
     * Asks for a scope.
     *
     * <p>Default: none is named.
     *
     * @param names the names of scopes, with spaces between them
     * @return a copy that does
     */
    public OAuth2 scope(String names) {
        return new OAuth2(tokenUrl, clientId, secret, Objects.requireNonNull(names, "scope"), audience, inBody);
    }

    /**
     * Asks for a token for somebody, which some servers want to know.
     *
     * <p>Default: none is named.
     *
     * @param name for whom
     * @return a copy that does
     */
    public OAuth2 audience(String name) {
        return new OAuth2(tokenUrl, clientId, secret, scope, Objects.requireNonNull(name, "audience"), inBody);
    }

    /**
     * Sends the credentials in the body of the request, for servers that do not know basic authentication.
     *
     * @return a copy that does
     */
    public OAuth2 credentialsInBody() {
        return new OAuth2(tokenUrl, clientId, secret, scope, audience, true);
    }

    Secret secret() {
        return secret;
    }

    /** Returns the token that is kept, or asks for one. */
    Answer token(CheckContext context, Wire wire, Reach reach) {
        Token current = kept.get();
        if (current != null && current.refreshAt - context.time().nanos() > 0) {
            return new Answer(current.text, CheckResult.pass());
        }
        StringBuilder body = new StringBuilder();
        CheckResult result = request(wire, reach)
                .expectBody(text -> {
                    body.append(text);
                    return null;
                })
                .run(context);
        if (result.verdict() != Verdict.PASS) {
            return new Answer(
                    null,
                    new CheckResult(
                            result.verdict(), result.failure(), "no token: " + result.message(), result.evidence()));
        }
        Token fresh = read(body.toString(), context.time());
        if (fresh == null) {
            return new Answer(
                    null, CheckResult.fail(FailureKind.PROTOCOL, "no token: the answer holds no access_token"));
        }
        kept.set(fresh);
        return new Answer(fresh.text, result);
    }

    /** Forgets a token that was refused; one that has come since is kept. */
    void forget(String token) {
        Token current = kept.get();
        if (current != null && current.text.equals(token)) {
            kept.compareAndSet(current, null);
        }
    }

    private HttpCheck request(Wire wire, Reach reach) {
        FormBody.Builder form = new FormBody.Builder().add("grant_type", "client_credentials");
        if (scope != null) {
            form.add("scope", scope);
        }
        if (audience != null) {
            form.add("audience", audience);
        }
        if (inBody) {
            form.add("client_id", clientId).add("client_secret", secret.reveal());
        }
        HttpCheck request = HttpCheck.post(tokenUrl)
                .followRedirects(0)
                .expectStatus(200)
                .header("Accept", "application/json")
                .body("application/x-www-form-urlencoded", Ask.text(form.build()))
                .via(reach, wire);
        return inBody ? request : request.basic(encoded(clientId), Secret.of(encoded(secret.reveal())));
    }

    /** The standard has both encoded as in a form before they are joined. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static @Nullable Token read(String body, TimeSource time) {
        JsonNode document;
        try {
            document = Json.read(body);
        } catch (Json.UnreadableException e) {
            return null;
        }
        String token = Json.text(document.path("access_token"));
        if (token == null || token.isEmpty() || token.length() > MAX_TOKEN || !isPlain(token)) {
            return null;
        }
        JsonNode expires = document.path("expires_in");
        long seconds = expires.isNumber() ? expires.asLong(0) : DEFAULT_LIFE.toSeconds();
        Duration life = Duration.ofSeconds(Math.max(0, Math.min(MOST_SECONDS, seconds)));
        return new Token(token, time.nanos() + life.toNanos() / 10 * 9);
    }

    private static boolean isPlain(String token) {
        return token.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OAuth2 that
                && tokenUrl.equals(that.tokenUrl)
                && clientId.equals(that.clientId)
                && secret.equals(that.secret)
                && Objects.equals(scope, that.scope)
                && Objects.equals(audience, that.audience)
                && inBody == that.inBody;
    }

    @Override
    public int hashCode() {
        return Objects.hash(tokenUrl, clientId, secret, scope, audience, inBody);
    }

    @Override
    public String toString() {
        return "OAuth2[" + Urls.shown(Urls.require(tokenUrl)) + "]";
    }
}
