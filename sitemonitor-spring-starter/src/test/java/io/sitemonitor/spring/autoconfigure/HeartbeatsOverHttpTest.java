package io.sitemonitor.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.CheckSnapshot;
import io.sitemonitor.Monitor;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.heartbeat.HeartbeatCheck;
import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.definition.CheckSettings;
import io.sitemonitor.spring.heartbeat.HeartbeatReceiver;
import io.sitemonitor.state.HealthState;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signs of life over HTTP, as a job sends them. */
class HeartbeatsOverHttpTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String TOKEN = "correct-horse-battery";
    private static final String BEARER = "Bearer " + TOKEN;

    private static ConfigurableApplicationContext application;
    private static Monitor monitor;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void startApplication() {
        application = start(
                "sitemonitor.heartbeats.enabled=true",
                "sitemonitor.heartbeats.token=" + TOKEN,
                "sitemonitor.checks.nightly.heartbeat.every=1h",
                "sitemonitor.checks.nightly.heartbeat.grace=10m",
                "sitemonitor.checks.nightly.heartbeat.max-run-time=30m",
                "sitemonitor.checks.nightly.heartbeat.min-run-time=1ms",
                "sitemonitor.checks.backup.heartbeat.cron=0 2 * * *",
                "sitemonitor.checks.backup.heartbeat.zone=Europe/Paris");
        monitor = application.getBean(Monitor.class);
    }

    @AfterAll
    static void stopApplication() {
        application.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"invoices", "defined", "customized", "nightly", "backup"})
    void aBeatReachesItsCheckWhereverThatComesFrom(String check) throws Exception {
        assertThat(monitor.stateOf(check)).isEqualTo(HealthState.UNKNOWN);

        assertThat(post("/" + check, "").statusCode()).isEqualTo(204);

        awaitState(check, HealthState.UP);
    }

    @Test
    void aBeatReachesACheckThatIsAddedWhileItRuns() throws Exception {
        assertThat(post("/late%20one%20%C3%A4", "").statusCode()).isEqualTo(404);

        monitor.add("late one ä", HeartbeatCheck.every(Duration.ofHours(1)));
        assertThat(post("/late%20one%20%C3%A4", "").statusCode()).isEqualTo(204);
        awaitState("late one ä", HealthState.UP);

        monitor.remove("late one ä");
        assertThat(post("/late%20one%20%C3%A4", "").statusCode()).isEqualTo(404);
    }

    @Test
    void aFailureIsToldWithItsReasonUntilTheNextBeat() throws Exception {
        assertThat(post("/failing/fail", "disk\r\nfull \u202E\u0007 ").statusCode())
                .isEqualTo(204);
        awaitState("failing", HealthState.DOWN);
        assertThat(lastMessage("failing")).contains("disk", "full").doesNotContain("\u202E", "\u0007", "\n");

        assertThat(post("/failing/fail", " ").statusCode()).isEqualTo(204);
        await().atMost(LONG).until(() -> !lastMessage("failing").contains("disk"));

        assertThat(post("/failing", "").statusCode()).isEqualTo(204);
        awaitState("failing", HealthState.UP);
    }

    @Test
    void aReasonMayComeAsFormsDo() throws Exception {
        HttpRequest request = request("/form/fail")
                .header("Authorization", BEARER)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("disk full"))
                .build();
        assertThat(send(request).statusCode()).isEqualTo(204);

        await().atMost(LONG).until(() -> lastMessage("form").contains("disk full"));
    }

    @Test
    void aStartIsTheBeginningOfARun() throws Exception {
        assertThat(post("/slow/start", "").statusCode()).isEqualTo(204);
        awaitState("slow", HealthState.DOWN); // its longest run time is over at once

        assertThat(lastMessage("slow")).isNotEmpty();
    }

    @Test
    void namesThatAreNoneOfAHeartbeatAreNotFound() throws Exception {
        assertThat(post("/nobody", "").statusCode()).isEqualTo(404);
        assertThat(post("/nobody/start", "").statusCode()).isEqualTo(404);
        assertThat(post("/other", "").statusCode()).isEqualTo(404);
        assertThat(post("/invoices/dance", "").statusCode()).isEqualTo(404);
        assertThat(post("", "").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Bearer", "Bearer ", "Bearer wrong-horse-battery", "Basic " + TOKEN, TOKEN, BEARER + "x"})
    @DisplayName("Security: nobody comes in without the token, or learns which names there are")
    void nobodyComesInWithoutTheToken(String authorization) throws Exception {
        for (String path : List.of("/guarded", "/guarded/start", "/guarded/fail", "/nobody")) {
            HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString("reason"));
            if (!authorization.isEmpty()) {
                request.header("Authorization", authorization);
            }
            HttpResponse<String> response = send(request.build());

            assertThat(response.statusCode()).as(path).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"sitemonitor\"");
            assertThat(response.body()).isEmpty();
        }
        assertThat(monitor.runNow("guarded").get().message()).doesNotContain("reason");
        assertThat(monitor.stateOf("guarded")).isEqualTo(HealthState.UNKNOWN);
    }

    @Test
    void theSchemeOfTheTokenIsReadInAnyCase() throws Exception {
        HttpRequest request = request("/invoices")
                .header("Authorization", "bearer  " + TOKEN)
                .POST(BodyPublishers.noBody())
                .build();
        assertThat(send(request).statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void onlyPostIsAllowed(String method) throws Exception {
        for (String path : List.of("/methods", "/methods/start", "/methods/fail")) {
            HttpRequest request = request(path)
                    .header("Authorization", BEARER)
                    .method(method, BodyPublishers.noBody())
                    .build();
            HttpResponse<String> response = send(request);

            assertThat(response.statusCode()).as(path).isEqualTo(405);
            assertThat(response.headers().firstValue("Allow")).hasValue("POST");
        }
        assertThat(monitor.stateOf("methods")).isEqualTo(HealthState.UNKNOWN);
    }

    @Test
    @DisplayName("Security: bodies are bounded, whether their length is told before or not")
    void bodiesAreBounded() throws Exception {
        byte[] most = "x".repeat(4_096).getBytes(StandardCharsets.US_ASCII);
        byte[] more = "x".repeat(4_097).getBytes(StandardCharsets.US_ASCII);

        assertThat(post("/bounded", BodyPublishers.ofByteArray(more)).statusCode())
                .isEqualTo(413);
        assertThat(post("/bounded/fail", BodyPublishers.ofByteArray(more)).statusCode())
                .isEqualTo(413);
        assertThat(post("/bounded/fail", chunked(more)).statusCode()).isEqualTo(413);
        assertThat(monitor.stateOf("bounded")).isEqualTo(HealthState.UNKNOWN);
        assertThat(post("/bounded/fail", chunked(most)).statusCode()).isEqualTo(204);
        awaitState("bounded", HealthState.DOWN);
        assertThat(lastMessage("bounded").length()).isLessThanOrEqualTo(CheckResult.MAX_MESSAGE);
    }

    @Test
    void otherRoutesOfTheApplicationAreUntouched() throws Exception {
        HttpRequest request = at(application, "/sitemonitor/other")
                .POST(BodyPublishers.noBody())
                .build();
        assertThat(send(request).body()).isEqualTo("mine");
    }

    @Test
    @DisplayName("Security: the entrance is closed unless it is opened")
    void isClosedUnlessItIsOpened() throws Exception {
        try (ConfigurableApplicationContext closed = start("sitemonitor.heartbeats.token=" + TOKEN);
                ConfigurableApplicationContext off =
                        start("sitemonitor.enabled=false", "sitemonitor.heartbeats.enabled=true")) {
            for (ConfigurableApplicationContext each : List.of(closed, off)) {
                HttpRequest request = at(each, "/sitemonitor/heartbeats/invoices")
                        .header("Authorization", BEARER)
                        .POST(BodyPublishers.noBody())
                        .build();
                assertThat(send(request).statusCode()).isEqualTo(404);
                assertThat(each.getBeanNamesForType(HeartbeatReceiver.class)).isEmpty();
            }
        }
    }

    @Test
    void thePathCanBeAnotherAndTheTokenCanBeLeftOut() throws Exception {
        try (ConfigurableApplicationContext open = start(
                "sitemonitor.heartbeats.enabled=true",
                "sitemonitor.heartbeats.path=/internal/beats_v1.0",
                "sitemonitor.heartbeats.insecure-without-token=true")) {
            HttpRequest.Builder request =
                    at(open, "/internal/beats_v1.0/invoices").POST(BodyPublishers.noBody());
            assertThat(send(request.build()).statusCode()).isEqualTo(204);
            HttpRequest.Builder usual =
                    at(open, "/sitemonitor/heartbeats/invoices").POST(BodyPublishers.noBody());
            assertThat(send(usual.build()).statusCode()).isEqualTo(404);
        }
    }

    @Test
    @DisplayName(
            "Security: an entrance without a token needs a word of its own, and a token is no word of three letters")
    void refusesToStartWithAnEntranceThatIsNotGuarded() {
        assertThat(failureOf())
                .contains("The property sitemonitor.heartbeats.token cannot be used")
                .contains("Reason: it is missing; sitemonitor.heartbeats.enabled needs it, or"
                        + " sitemonitor.heartbeats.insecure-without-token=true where something else guards the path");
        assertThat(failureOf("sitemonitor.heartbeats.token=hunter2"))
                .contains("Value: ***", "Reason: the token must have from 16 to 500 characters")
                .doesNotContain("hunter2");
        assertThat(failureOf("sitemonitor.heartbeats.token=hunter2 hunter2 hunter2"))
                .contains("Reason: the token must have from 16 to 500 characters")
                .doesNotContain("hunter2");
        assertThat(failureOf(
                        "sitemonitor.heartbeats.token=" + TOKEN, "sitemonitor.heartbeats.insecure-without-token=true"))
                .contains("Reason: token and insecure-without-token exclude each other; keep one of them")
                .doesNotContain(TOKEN);
        for (String path : List.of("beats", "/", "/beats/", "/be{a}ts", "/beats/**", "/be ats")) {
            assertThat(failureOf("sitemonitor.heartbeats.token=" + TOKEN, "sitemonitor.heartbeats.path=" + path))
                    .as(path)
                    .contains(
                            "The property sitemonitor.heartbeats.path cannot be used", "Reason: path must be segments");
        }
    }

    @Test
    void refusesToStartWithoutTheLibraryThatTheEntranceNeeds() {
        Runners.application()
                .withClassLoader(new FilteredClassLoader("org.springframework.web.servlet.function"))
                .withPropertyValues("sitemonitor.heartbeats.enabled=true", "sitemonitor.heartbeats.token=" + TOKEN)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageStartingWith(
                                "property sitemonitor.heartbeats.enabled cannot be used: it needs Spring MVC"));
    }

    @Test
    @DisplayName("Security: the token is shown nowhere")
    void theTokenIsShownNowhere() throws Exception {
        assertThat(application.getBean(SiteMonitorProperties.class).toString()).doesNotContain(TOKEN);
        for (String path : List.of("/actuator/configprops", "/actuator/beans", "/actuator/mappings")) {
            HttpResponse<String> response = send(at(application, path).GET().build());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).containsIgnoringCase("sitemonitor").doesNotContain(TOKEN);
        }
    }

    private static String failureOf(String... properties) {
        FailureRecorder.clear();
        assertThatThrownBy(() -> new SpringApplicationBuilder(Application.class)
                        .properties(
                                "server.port=0",
                                "spring.main.banner-mode=off",
                                "logging.level.root=off",
                                "sitemonitor.heartbeats.enabled=true")
                        .properties(properties)
                        .run()
                        .close())
                .isInstanceOf(Exception.class);
        return FailureRecorder.text();
    }

    private static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(Application.class)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "logging.level.root=warn",
                        "management.endpoints.web.exposure.include=*",
                        "sitemonitor.warm-up=0",
                        "sitemonitor.defaults.down-after=1",
                        "sitemonitor.defaults.up-after=1",
                        "sitemonitor.defaults.every=200ms")
                .properties(properties)
                .run();
    }

    private static void awaitState(String check, HealthState state) {
        await().atMost(LONG).until(() -> monitor.stateOf(check) == state);
    }

    private static String lastMessage(String check) {
        CheckResult last = monitor.snapshot().checks().stream()
                .filter(snapshot -> snapshot.name().equals(check))
                .findFirst()
                .map(CheckSnapshot::lastResult)
                .orElse(null);
        return last == null ? "" : last.message();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return post(path, BodyPublishers.ofString(body));
    }

    private HttpResponse<String> post(String path, BodyPublisher body) throws Exception {
        return send(request(path).header("Authorization", BEARER).POST(body).build());
    }

    private static BodyPublisher chunked(byte[] bytes) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
    }

    private static HttpRequest.Builder request(String path) {
        return at(application, "/sitemonitor/heartbeats" + path);
    }

    private static HttpRequest.Builder at(ConfigurableApplicationContext target, String path) {
        String port = target.getEnvironment().getRequiredProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @Bean
        HeartbeatCheck invoices() {
            return HeartbeatCheck.every(Duration.ofHours(1));
        }

        @Bean
        HeartbeatCheck failing() {
            return HeartbeatCheck.every(Duration.ofHours(1));
        }

        @Bean
        HeartbeatCheck form() {
            return HeartbeatCheck.every(Duration.ofHours(1));
        }

        @Bean
        HeartbeatCheck guarded() {
            return HeartbeatCheck.every(Duration.ofHours(1));
        }

        @Bean
        HeartbeatCheck methods() {
            return HeartbeatCheck.every(Duration.ofHours(1));
        }

        @Bean
        HeartbeatCheck bounded() {
            return HeartbeatCheck.every(Duration.ofHours(1));
        }

        @Bean
        HeartbeatCheck slow() {
            return HeartbeatCheck.every(Duration.ofHours(1)).maxRunTime(Duration.ofMillis(1));
        }

        @Bean
        Check other() {
            return context -> CheckResult.pass();
        }

        @Bean
        CheckDefinition definition() {
            return new CheckDefinition("defined", HeartbeatCheck.every(Duration.ofHours(1)), CheckSettings.DEFAULT);
        }

        @Bean
        MonitorCustomizer customizer() {
            return builder -> builder.check("customized", HeartbeatCheck.every(Duration.ofHours(1)));
        }

        @PostMapping("/sitemonitor/other")
        String mine() {
            return "mine";
        }
    }
}
