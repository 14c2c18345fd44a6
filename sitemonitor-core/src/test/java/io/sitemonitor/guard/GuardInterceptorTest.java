package io.sitemonitor.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.time.TimeSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Cache;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls of a real client to a real server. */
@Timeout(60)
class GuardInterceptorTest {

    private final CircuitBreaker breaker = CircuitBreaker.of(
            "payments",
            CircuitBreakerConfig.custom()
                    .permittedNumberOfCallsInHalfOpenState(1)
                    .build());
    private final List<CheckResult> fed = new CopyOnWriteArrayList<>();
    private final Guard guard = new Guard("payments-api", breaker, Guard.DEFAULT_SAMPLE_EVERY, TimeSource.system());
    private final OkHttpClient http = new OkHttpClient.Builder()
            .addInterceptor(GuardInterceptor.of(guard))
            .build();
    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
        guard.feed((check, result, took) -> fed.add(result));
    }

    @AfterEach
    void stop() {
        Thread.interrupted();
        server.close();
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }

    @Test
    void passesAnAnswerOnUntouchedAndCountsASuccess() throws IOException {
        server.enqueue(new MockResponse.Builder().body("receipt").build());

        try (Response response = call("/pay").execute()) {
            assertThat(response.code()).isEqualTo(200);
            assertThat(response.body().string()).isEqualTo("receipt");
        }
        assertCounted(1, 0);
        assertThat(fed).extracting(CheckResult::verdict).containsExactly(Verdict.PASS);
    }

    @Test
    void aStatusOf500CountsAsAFailureAndIsPassedOnWithItsBody() throws IOException {
        server.enqueue(new MockResponse.Builder().code(503).body("sorry").build());

        try (Response response = call("/pay").execute()) {
            assertThat(response.code()).isEqualTo(503);
            assertThat(response.body().string()).isEqualTo("sorry");
        }
        assertCounted(0, 1);
        assertThat(fed)
                .extracting(CheckResult::summary)
                .containsExactly("STATUS: a call failed: FailedStatusException: HTTP 503");
    }

    @Test
    void aStatusOf499CountsAsASuccess() throws IOException {
        server.enqueue(new MockResponse.Builder().code(499).build());
        call("/pay").execute().close();

        assertCounted(1, 0);
    }

    @Test
    void whichStatusesAreFailuresCanBeChosen() throws IOException {
        OkHttpClient choosy = new OkHttpClient.Builder()
                .addInterceptor(GuardInterceptor.of(guard).failOn(status -> status == 429))
                .build();
        server.enqueue(new MockResponse.Builder().code(429).build());
        server.enqueue(new MockResponse.Builder().code(500).build());
        choosy.newCall(request("/pay")).execute().close();
        choosy.newCall(request("/pay")).execute().close();

        assertCounted(1, 1);
        choosy.connectionPool().evictAll();
    }

    @Test
    void aBrokenPredicateHarmsNeitherBreakerNorConnection() {
        OkHttpClient broken = new OkHttpClient.Builder()
                .addInterceptor(GuardInterceptor.of(guard).failOn(status -> {
                    throw new IllegalStateException("broken");
                }))
                .build();
        server.enqueue(new MockResponse.Builder().body("x").build());
        halfOpen();

        assertThatIllegalStateException()
                .isThrownBy(() -> broken.newCall(request("/pay")).execute())
                .withMessage("broken");
        assertPermissionGivenBack();
        assertThat(broken.connectionPool().idleConnectionCount())
                .as("the response was closed")
                .isEqualTo(broken.connectionPool().connectionCount());
        broken.connectionPool().evictAll();
    }

    @Test
    void aRefusedConnectionCountsAsAFailure() {
        Call call = call("/pay");
        server.close();

        assertThatExceptionOfType(IOException.class).isThrownBy(call::execute);
        assertCounted(0, 1);
        assertThat(fed.get(0).summary()).startsWith("CONNECT: a call failed: ");
    }

    @Test
    void redirectsAreOneCall() throws IOException {
        server.enqueue(redirectTo("/b"));
        server.enqueue(redirectTo("/c"));
        server.enqueue(new MockResponse.Builder().body("end").build());
        halfOpen();

        try (Response response = call("/a").execute()) {
            assertThat(response.body().string()).isEqualTo("end");
        }
        assertThat(server.getRequestCount()).isEqualTo(3);
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void refusesWithoutAConnectionWhileTheBreakerIsOpen() {
        breaker.transitionToOpenState();

        assertThatExceptionOfType(CallRefusedException.class)
                .isThrownBy(() -> call("/pay").execute())
                .withMessage("breaker 'payments' of check 'payments-api' permits no call")
                .withCauseInstanceOf(CallNotPermittedException.class);
        assertThat(server.getRequestCount()).isZero();
        assertThat(fed).isEmpty();
    }

    /** Whoever calls through the guard and its interceptor learns from the inner refusal nothing about the target. */
    @Test
    void aRefusalWithinAnotherGuardedCallIsNoFailure() {
        breaker.transitionToOpenState();
        World outer = new World().feeding();
        assertThatExceptionOfType(CallRefusedException.class)
                .isThrownBy(() -> outer.guard.call(() -> call("/pay").execute()));

        assertThat(outer.breaker.getMetrics().getNumberOfBufferedCalls()).isZero();
    }

    @Test
    void aCancelledCallGivesItsPermissionBack() throws Exception {
        halfOpen();
        try (RawServer silent = RawServer.holding("")) {
            Call call = http.newCall(new Request.Builder().url(silent.url("/")).build());
            ExecutorService other = Executors.newSingleThreadExecutor();
            try {
                Future<?> canceller = other.submit(() -> {
                    await().until(() -> silent.accepted() == 1);
                    call.cancel();
                });
                assertThatExceptionOfType(IOException.class).isThrownBy(call::execute);
                canceller.get();
            } finally {
                other.shutdownNow();
            }
        }
        assertPermissionGivenBack();
    }

    @Test
    void anInterruptedCallGivesItsPermissionBack() throws Exception {
        halfOpen();
        Thread caller = Thread.currentThread();
        // by the time the server has the request, the client waits for the answer and does nothing else
        try (RawServer rude = new RawServer(socket -> {
            RawServer.readHead(socket);
            caller.interrupt();
        })) {
            Call call = http.newCall(new Request.Builder().url(rude.url("/")).build());
            assertThatExceptionOfType(IOException.class).isThrownBy(call::execute);
            assertThat(Thread.interrupted()).isTrue();
        }
        assertPermissionGivenBack();
    }

    @Test
    void theCallTimeoutIsAFailureAlthoughItCancelsTheCall() throws Exception {
        try (RawServer silent = RawServer.holding("")) {
            OkHttpClient impatient =
                    http.newBuilder().callTimeout(Duration.ofMillis(300)).build();
            assertThatExceptionOfType(InterruptedIOException.class)
                    .isThrownBy(() -> impatient
                            .newCall(new Request.Builder().url(silent.url("/")).build())
                            .execute())
                    .withMessage("timeout");
        }
        assertCounted(0, 1);
        assertThat(fed)
                .extracting(CheckResult::summary)
                .containsExactly("TIMEOUT: a call failed: InterruptedIOException");
    }

    @Test
    void theReadTimeoutIsAFailure() throws Exception {
        try (RawServer silent = RawServer.holding("")) {
            OkHttpClient impatient =
                    http.newBuilder().readTimeout(Duration.ofMillis(50)).build();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> impatient
                            .newCall(new Request.Builder().url(silent.url("/")).build())
                            .execute());
        }
        assertThat(fed).extracting(CheckResult::failure).containsExactly(io.sitemonitor.check.FailureKind.TIMEOUT);
    }

    @Test
    void anAnswerFromTheCacheSaysNothing(@TempDir Path folder) throws IOException {
        server.enqueue(new MockResponse.Builder()
                .addHeader("Cache-Control", "max-age=3600")
                .body("cached")
                .build());
        try (Cache cache = new Cache(folder.toFile(), 100_000)) {
            OkHttpClient caching = http.newBuilder().cache(cache).build();
            caching.newCall(request("/rates")).execute().body().string();
            halfOpen();
            try (Response cached = caching.newCall(request("/rates")).execute()) {
                assertThat(cached.networkResponse()).isNull();
                assertThat(cached.body().string()).isEqualTo("cached");
            }
        }
        assertPermissionGivenBack();
    }

    @Test
    void aBrokenInterceptorBehindItSaysNothing() {
        OkHttpClient broken = http.newBuilder()
                .addInterceptor(chain -> {
                    throw new IllegalStateException("broken");
                })
                .build();
        halfOpen();

        assertThatIllegalStateException()
                .isThrownBy(() -> broken.newCall(request("/pay")).execute());
        assertPermissionGivenBack();
    }

    @Test
    void refusesNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> GuardInterceptor.of(null))
                .withMessage("guard");
        assertThatNullPointerException()
                .isThrownBy(() -> GuardInterceptor.of(guard).failOn(null))
                .withMessage("statuses");
    }

    @Test
    void theBodyOfAFailureIsWhatTheServerSent() throws IOException {
        server.enqueue(new MockResponse.Builder()
                .code(500)
                .body(new Buffer().writeUtf8("a".repeat(100_000)))
                .build());
        try (Response response = call("/pay").execute()) {
            assertThat(response.body().string()).hasSize(100_000);
        }
    }

    private void halfOpen() {
        breaker.transitionToOpenState();
        breaker.transitionToHalfOpenState();
        fed.clear();
    }

    private void assertPermissionGivenBack() {
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
        assertThat(breaker.getMetrics().getNumberOfBufferedCalls()).isZero();
        assertThat(breaker.tryAcquirePermission()).isTrue();
        assertThat(fed).isEmpty();
    }

    private void assertCounted(int successes, int failures) {
        assertThat(breaker.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(successes);
        assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(failures);
    }

    private static MockResponse redirectTo(String path) {
        return new MockResponse.Builder().code(302).addHeader("Location", path).build();
    }

    private Call call(String path) {
        return http.newCall(request(path));
    }

    private Request request(String path) {
        return new Request.Builder().url(server.url(path)).build();
    }
}
