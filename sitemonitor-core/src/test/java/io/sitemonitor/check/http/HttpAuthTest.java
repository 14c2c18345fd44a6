package io.sitemonitor.check.http;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.testing.ManualTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpAuthTest {

    private static final Secret PASSWORD = Secret.of("pa:ss-word");

    private final MockWebServer server = new MockWebServer();
    private final MockWebServer tokens = new MockWebServer();

    @BeforeEach
    void start() throws Exception {
        server.start();
        tokens.start();
    }

    @AfterEach
    void stop() {
        server.close();
        tokens.close();
    }

    @Test
    void signsInWithUserAndPasswordOrWithAToken() throws Exception {
        server.enqueue(answer(200));
        server.enqueue(answer(200));
        server.enqueue(answer(200));

        run(get("/").basic("jo", PASSWORD));
        run(get("/").bearer(Secret.of("token-1")));
        run(get("/").header("X-Api-Key", Secret.of("key-1")).query("token", Secret.of("a b&c")));

        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Basic am86cGE6c3Mtd29yZA==");
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer token-1");
        RecordedRequest last = server.takeRequest();
        assertThat(last.getHeaders().get("X-Api-Key")).isEqualTo("key-1");
        assertThat(last.getUrl().queryParameter("token")).isEqualTo("a b&c");
    }

    @Test
    void asksForASecretThatIsRotatedWithEachRun() throws Exception {
        server.enqueue(answer(200));
        server.enqueue(answer(200));
        AtomicInteger number = new AtomicInteger();
        HttpCheck check = get("/").bearer(Secret.from(() -> "token-" + number.incrementAndGet() / 3));

        run(check);
        run(check);

        assertThat(server.takeRequest().getHeaders().get("Authorization"))
                .isNotEqualTo(server.takeRequest().getHeaders().get("Authorization"));
    }

    @Test
    void answersAChallengeForADigestOnce() throws Exception {
        server.enqueue(challenge("Digest realm=\"shop\", nonce=\"n1\", qop=\"auth,auth-int\", opaque=\"o\\\"1\","
                + " algorithm=SHA-256"));
        server.enqueue(answer(200));

        CheckResult result = run(get("/a?b=1").digest("jo", PASSWORD));

        assertThat(result.summary()).isEqualTo("PASS: HTTP 200");
        assertThat(result.evidence().facts()).doesNotContainKey("redirects");
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isNull();
        assertThat(server.takeRequest().getHeaders().get("Authorization"))
                .startsWith("Digest username=\"jo\", realm=\"shop\", nonce=\"n1\", uri=\"/a?b=1\", response=\"")
                .contains("algorithm=SHA-256", "qop=auth, nc=00000001", "opaque=\"o\\\"1\"")
                .doesNotContain("pa:ss-word");

        server.enqueue(challenge("Digest realm=\"shop\", nonce=\"n1\", qop=\"auth\""));
        server.enqueue(challenge("Digest realm=\"shop\", nonce=\"n2\", qop=\"auth\", stale=true"));
        assertThat(run(get("/").digest("jo", PASSWORD)).summary()).isEqualTo("STATUS: HTTP 401");
    }

    @Test
    @DisplayName("A digest is what RFC 7616, section 3.9.1, says for its example")
    void computesTheDigestsOfTheStandard() {
        String parameters = "realm=\"http-auth@example.org\", qop=\"auth, auth-int\","
                + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
        String nonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

        assertThat(digest("Digest " + parameters + ", algorithm=MD5", nonce))
                .contains("response=\"8ca523f5e9506fed4657c9700eebdbec\"");
        assertThat(digest("Digest " + parameters + ", algorithm=SHA-256", nonce))
                .contains("response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"");
    }

    private static String digest(String challenge, String clientNonce) {
        return Digest.answer(List.of(challenge), "GET", "/dir/index.html", "Mufasa", "Circle of Life", clientNonce);
    }

    @Test
    void prefersTheStrongerDigestAndLeavesWhatItCannotAnswer() throws Exception {
        assertThat(Digest.answer(
                        List.of(
                                "Digest realm=\"a\", nonce=\"1\", algorithm=MD5",
                                "Digest realm=\"a\", nonce=\"2\", algorithm=SHA-256"),
                        "GET",
                        "/",
                        "jo",
                        "x",
                        "c"))
                .contains("algorithm=SHA-256");
        for (String challenge : List.of(
                "Basic realm=\"a\"",
                "Digest",
                "Digest ",
                "Digest =,=,==",
                "Digest realm=\"a",
                "Digest realm=\"a\", nonce=\"1\", algorithm=SHA-512-256",
                "Digest realm=\"a\", nonce=\"1\", qop=\"auth-int\"",
                "Digest nonce=\"1\"")) {
            assertThat(Digest.answer(List.of(challenge), "GET", "/", "jo", "x", "c"))
                    .as(challenge)
                    .isNull();
        }
        server.enqueue(challenge("Basic realm=\"a\""));
        assertThat(run(get("/").digest("jo", PASSWORD)).summary()).isEqualTo("STATUS: HTTP 401");
    }

    @Test
    void getsATokenOnceAndAgainWhenItsTimeIsOverOrItIsRefused() throws Exception {
        OAuth2 source = source().scope("read write").audience("shop");
        HttpCheck check = get("/").oauth2(source);
        tokens.enqueue(token("one", 3600));
        server.enqueue(answer(200));
        server.enqueue(answer(200));

        assertThat(run(check).verdict()).isEqualTo(Verdict.PASS);
        assertThat(run(check).verdict()).isEqualTo(Verdict.PASS);

        assertThat(tokens.getRequestCount()).isEqualTo(1);
        RecordedRequest asked = tokens.takeRequest();
        assertThat(asked.getBody().utf8()).isEqualTo("grant_type=client_credentials&scope=read+write&audience=shop");
        assertThat(asked.getHeaders().get("Authorization")).isEqualTo("Basic Y2xpZW50JTJGMTpzZWNyZXQtMQ==");
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer one");

        server.takeRequest();
        server.enqueue(answer(401));
        tokens.enqueue(token("two", 3600));
        server.enqueue(answer(200));
        assertThat(run(check).verdict()).as("refused once").isEqualTo(Verdict.PASS);
        server.takeRequest();
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer two");

        server.enqueue(answer(401));
        tokens.enqueue(token("three", 3600));
        server.enqueue(answer(401));
        assertThat(run(check).summary()).as("refused twice").isEqualTo("STATUS: HTTP 401");

        HttpCheck shortly = get("/").oauth2(source());
        tokens.enqueue(token("four", 0));
        tokens.enqueue(token("five", 0));
        server.enqueue(answer(200));
        server.enqueue(answer(200));
        run(shortly);
        run(shortly);
        assertThat(tokens.getRequestCount()).isEqualTo(5);
    }

    @Test
    void saysWhyThereIsNoToken() throws Exception {
        tokens.enqueue(answer(400));
        assertThat(run(get("/").oauth2(source())).summary()).isEqualTo("STATUS: no token: HTTP 400");

        for (String body : List.of("", "{}", "[]", "{\"access_token\":5}x", "{\"access_token\":\"a\\nb\"}")) {
            tokens.enqueue(new MockResponse.Builder().body(body).build());
            assertThat(run(get("/").oauth2(source())).summary())
                    .isEqualTo("PROTOCOL: no token: the answer holds no access_token");
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void sendsTheCredentialsOfAClientInTheBodyIfAsked() throws Exception {
        tokens.enqueue(token("one", 3600));
        server.enqueue(answer(200));

        run(get("/").oauth2(source().credentialsInBody()));

        RecordedRequest asked = tokens.takeRequest();
        assertThat(asked.getBody().utf8())
                .isEqualTo("grant_type=client_credentials&client_id=client%2F1&client_secret=secret-1");
        assertThat(asked.getHeaders().get("Authorization")).isNull();
    }

    @Test
    void whatItSignsInWithStaysWithinItsOrigin() throws Exception {
        try (MockWebServer elsewhere = new MockWebServer()) {
            elsewhere.start();
            List<HttpCheck> checks = List.of(
                    get("/").basic("jo", PASSWORD),
                    get("/").bearer(Secret.of("token-1")),
                    get("/").header("X-Api-Key", Secret.of("key-1")),
                    get("/").query("token", Secret.of("query-1")));
            for (HttpCheck check : checks) {
                server.enqueue(new MockResponse.Builder()
                        .code(302)
                        .addHeader("Location", elsewhere.url("/b"))
                        .build());
                elsewhere.enqueue(answer(200));
                run(check);
                RecordedRequest there = elsewhere.takeRequest();
                assertThat(there.getHeaders().get("Authorization")).isNull();
                assertThat(there.getHeaders().get("X-Api-Key")).isNull();
                assertThat(there.getUrl().query()).isNull();
            }
            server.enqueue(new MockResponse.Builder()
                    .code(302)
                    .addHeader("Location", elsewhere.url("/b"))
                    .build());
            elsewhere.enqueue(challenge("Digest realm=\"a\", nonce=\"1\""));
            assertThat(run(get("/").digest("jo", PASSWORD)).summary()).isEqualTo("STATUS: HTTP 401");
        }
    }

    @Test
    void showsNoSecretEvenIfTheServerRepeatsIt() throws Exception {
        List<HttpCheck> checks = List.of(
                get("/").basic("jo", PASSWORD),
                get("/").bearer(PASSWORD),
                get("/").digest("jo", PASSWORD),
                get("/").header("X-Api-Key", PASSWORD),
                get("/").query("a", PASSWORD),
                get("/").oauth2(OAuth2.clientCredentials(tokens.url("/t").toString(), "client", PASSWORD)));
        tokens.enqueue(token("token-9", 60));
        for (HttpCheck check : checks) {
            server.enqueue(new MockResponse.Builder()
                    .code(500)
                    .body("you sent pa:ss-word pa%3Ass-word am86cGE6c3Mtd29yZA== token-9")
                    .build());
            String shown = check + " " + check.target() + " " + run(check);
            assertThat(shown).contains("you sent ***").doesNotContain("pa:ss-word");
        }
        assertThat(run(get("/").showHeader("X"))).isNotNull();
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> get("/").basic("a:b", PASSWORD))
                .withMessage("user must have 1 to 1000 characters, no colon and no control characters");
        assertThatIllegalStateException()
                .isThrownBy(() -> HttpCheck.get("http://jo:pw@shop.example/").bearer(PASSWORD))
                .withMessage("the address of the check signs in already; leave out its user and password");
        assertThatIllegalArgumentException().isThrownBy(() -> OAuth2.clientCredentials("tokens", "a", PASSWORD));
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.of(""));
        assertThat(PASSWORD).hasToString("***");
        assertThat(get("/").basic("jo", PASSWORD))
                .isEqualTo(get("/").basic("jo", Secret.of("pa:ss-word")))
                .isNotEqualTo(get("/").digest("jo", PASSWORD));
    }

    @Test
    void sendsFormsAndJson() throws Exception {
        server.enqueue(answer(200));
        server.enqueue(answer(200));
        HttpCheck post = HttpCheck.post(server.url("/").toString());

        run(post.form(Map.of("a b", "c&d")));
        run(post.json("{\"a\":1}"));

        RecordedRequest form = server.takeRequest();
        assertThat(form.getHeaders().get("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(form.getBody().utf8()).isEqualTo("a+b=c%26d");
        assertThat(server.takeRequest().getHeaders().get("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void keepsCachesAway() throws Exception {
        server.enqueue(answer(200));
        server.enqueue(answer(200));
        HttpCheck check = get("/a?x=1").query("y", "2 3").bustCaches();

        run(check);
        run(check);

        RecordedRequest first = server.takeRequest();
        assertThat(first.getHeaders().get("Cache-Control")).isEqualTo("no-cache");
        assertThat(first.getUrl().queryParameter("y")).isEqualTo("2 3");
        assertThat(first.getUrl().queryParameter("_"))
                .isNotNull()
                .isNotEqualTo(server.takeRequest().getUrl().queryParameter("_"));
        assertThat(check.target()).endsWith("/a?x=1&y=2%203");
    }

    @Test
    @DisplayName("Security: a token is not sent to another origin")
    void aTokenStaysWithItsOrigin() throws Exception {
        tokens.enqueue(token("one", 3600));
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", tokens.url("/elsewhere").toString())
                .build());
        tokens.enqueue(answer(200));

        assertThat(run(get("/").oauth2(source())).verdict()).isEqualTo(Verdict.PASS);
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer one");
        assertThat(tokens.takeRequest().getUrl().encodedPath()).isEqualTo("/token");
        RecordedRequest elsewhere = tokens.takeRequest();
        assertThat(elsewhere.getUrl().encodedPath()).isEqualTo("/elsewhere");
        assertThat(elsewhere.getHeaders().get("Authorization")).isNull();
    }

    @Test
    void aTokenIsRenewedBeforeItsEnd() {
        ManualTime time = ManualTime.startingAt(Instant.parse("2026-03-01T12:00:00Z"));
        HttpCheck check = get("/").oauth2(source());
        for (int i = 0; i < 2; i++) {
            tokens.enqueue(token("token-" + i, 100));
        }
        for (int i = 0; i < 3; i++) {
            server.enqueue(answer(200));
        }
        check.run(FixedContext.of(ofSeconds(20), time));
        time.advance(ofSeconds(89));
        check.run(FixedContext.of(ofSeconds(20), time));
        assertThat(tokens.getRequestCount()).isEqualTo(1);
        time.advance(ofSeconds(1));
        check.run(FixedContext.of(ofSeconds(20), time));
        assertThat(tokens.getRequestCount()).isEqualTo(2);
    }

    @Test
    void knowsTheFormsInWhichAPasswordIsSent() {
        assertThat(new Extras(Map.of(), Map.of(), new HttpAuth.Basic("jo", PASSWORD), false).secrets())
                .containsExactly("pa:ss-word", "am86cGE6c3Mtd29yZA==");
    }

    private HttpCheck get(String path) {
        return HttpCheck.get(server.url(path).toString());
    }

    private OAuth2 source() {
        return OAuth2.clientCredentials(tokens.url("/token").toString(), "client/1", Secret.of("secret-1"));
    }

    private static MockResponse answer(int status) {
        return new MockResponse.Builder().code(status).body("ok").build();
    }

    private static MockResponse challenge(String value) {
        return new MockResponse.Builder()
                .code(401)
                .addHeader("WWW-Authenticate", value)
                .build();
    }

    private static MockResponse token(String token, int seconds) {
        return new MockResponse.Builder()
                .body("{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":" + seconds + "}")
                .build();
    }

    private static CheckResult run(HttpCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
