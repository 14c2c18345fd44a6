package io.sitemonitor.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.sitemonitor.Monitor;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.metrics.MeterNames;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ScriptedCheck;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A whole web application with the actuator, asked over HTTP as a user would. */
class WebApplicationTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    @DisplayName("P28: a target that is down does not make the application unhealthy")
    void healthTellsOfTargetsAndStaysUp() throws Exception {
        try (ConfigurableApplicationContext application = start()) {
            awaitState(application, "shop", HealthState.DOWN);

            assertThat(get(application, "/actuator/health").statusCode()).isEqualTo(200);
            HttpResponse<String> own = get(application, "/actuator/health/sitemonitor");
            assertThat(own.statusCode()).isEqualTo(200);
            assertThat(own.body())
                    .contains(
                            "\"status\":\"UP\"",
                            "\"monitor\":\"shop\"",
                            "\"down\":1",
                            "\"shop\":{\"state\":\"DOWN\"",
                            "\"last\":\"ASSERTION: HTTP 503\"");
            assertThat(get(application, "/actuator/health/liveness").body()).doesNotContain("sitemonitor");
            assertThat(get(application, "/actuator/health/readiness").body()).doesNotContain("sitemonitor");
        }
    }

    @Test
    @DisplayName("P28: health and readiness follow the checks that the application asked for, liveness does not")
    void healthFollowsChecksItWasAskedToFollow() throws Exception {
        try (ConfigurableApplicationContext application = start(
                "sitemonitor.health.affects=shop",
                "management.endpoint.health.group.readiness.include=readinessState,sitemonitor")) {
            awaitState(application, "shop", HealthState.DOWN);

            assertThat(get(application, "/actuator/health").statusCode()).isEqualTo(503);
            assertThat(get(application, "/actuator/health/readiness").statusCode())
                    .isEqualTo(503);
            assertThat(get(application, "/actuator/health/liveness").statusCode())
                    .isEqualTo(200);

            application.getBean("shop", ScriptedCheck.class).passes();
            awaitState(application, "shop", HealthState.UP);
            assertThat(get(application, "/actuator/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void endpointShowsChecksWithoutSecrets() throws Exception {
        try (ConfigurableApplicationContext application = start(
                "sitemonitor.checks.page.url=http://user:hunter2@127.0.0.1:1/page?token=hunter2",
                "sitemonitor.checks.page.headers.Authorization=hunter2",
                "sitemonitor.checks.page.contacts=owner@shop.example",
                "sitemonitor.checks.page.labels.team=web")) {
            awaitState(application, "shop", HealthState.DOWN);
            awaitState(application, "page", HealthState.DOWN);

            HttpResponse<String> all = get(application, "/actuator/sitemonitor");
            assertThat(all.statusCode()).isEqualTo(200);
            assertThat(all.body())
                    .startsWith("{\"monitor\":\"shop\",\"at\":\"")
                    .contains(
                            "\"states\":{\"up\":0,\"degraded\":0,\"down\":2,\"unknown\":0}",
                            "\"kind\":\"http\",\"target\":\"http://127.0.0.1:1/page?token=***\"",
                            "\"failure\":\"CONNECT\"",
                            "\"labels\":{\"team\":\"web\"}")
                    .doesNotContain("hunter2", "owner@shop.example");
            HttpResponse<String> one = get(application, "/actuator/sitemonitor/shop");
            assertThat(one.body())
                    .startsWith("{\"kind\":\"scripted\"")
                    .contains("\"state\":\"DOWN\"", "\"cause\":\"ASSERTION: HTTP 503\"");
            assertThat(get(application, "/actuator/sitemonitor/none").statusCode())
                    .isEqualTo(404);
            assertThat(get(application, "/actuator/health").body()).doesNotContain("hunter2");
            assertThat(get(application, "/actuator/configprops").body()).doesNotContain("hunter2");
        }
    }

    @Test
    void endpointOnlyReadsUnlessAllowed() throws Exception {
        try (ConfigurableApplicationContext application = start()) {
            assertThat(post(application, "shop", "{\"action\":\"pause\"}").statusCode())
                    .isEqualTo(405);
            assertThat(post(application, "", "{\"action\":\"close-maintenance\"}")
                            .statusCode())
                    .isEqualTo(405);
        }
    }

    @Test
    void endpointRunsPausesAndResumesWhereAllowed() throws Exception {
        try (ConfigurableApplicationContext application =
                start("management.endpoint.sitemonitor.access=unrestricted", "sitemonitor.defaults.every=1h")) {
            ScriptedCheck shop = application.getBean("shop", ScriptedCheck.class);
            await().atMost(LONG).until(() -> shop.runs() > 0);

            assertThat(post(application, "shop", "{\"action\":\"pause\"}").body())
                    .contains("\"paused\":true");
            long before = shop.runs();
            shop.passes();
            HttpResponse<String> run = post(application, "shop", "{\"action\":\"run\"}");
            assertThat(run.statusCode()).isEqualTo(200);
            assertThat(run.body()).contains("\"verdict\":\"PASS\"");
            assertThat(shop.runs()).isEqualTo(before + 1);
            assertThat(post(application, "shop", "{\"action\":\"resume\"}").body())
                    .contains("\"paused\":false");

            assertThat(post(application, "none", "{\"action\":\"run\"}").statusCode())
                    .isEqualTo(404);
            assertThat(post(application, "shop", "{\"action\":\"dance\"}").statusCode())
                    .isEqualTo(400);
            assertThat(post(application, "shop", "{}").statusCode()).isEqualTo(400);
            application.getBean(Monitor.class).close();
            assertThat(post(application, "shop", "{\"action\":\"run\"}").statusCode())
                    .isEqualTo(503);
        }
    }

    @Test
    void endpointShowsConditionsAndOpensAndClosesMaintenanceWhereAllowed() throws Exception {
        try (ConfigurableApplicationContext application = start(
                "management.endpoint.sitemonitor.access=unrestricted",
                "sitemonitor.defaults.every=1h",
                "sitemonitor.heartbeat.every=1s",
                "sitemonitor.checks.report.tcp=127.0.0.1:1",
                "sitemonitor.checks.report.schedule.cron=@hourly",
                "sitemonitor.checks.report.schedule.zone=UTC")) {
            await().atMost(LONG)
                    .until(() ->
                            get(application, "/actuator/sitemonitor").body().contains("\"heartbeat\":\"2"));
            assertThat(get(application, "/actuator/sitemonitor").body())
                    .contains("\"isolation\":null", "\"conditions\":[]", "\"schedule\":\"every PT1H\"")
                    .contains("\"schedule\":\"cron @hourly in UTC\"");

            assertThat(post(
                                    application,
                                    "shop",
                                    "{\"action\":\"open-maintenance\",\"reason\":\"upgrade\",\"limit\":\"30m\"}")
                            .body())
                    .contains(
                            "\"conditions\":[{\"kind\":\"MAINTENANCE\",\"reason\":\"upgrade\",\"since\":\"2",
                            "\"until\":\"2");
            assertThat(get(application, "/actuator/sitemonitor/report").body()).contains("\"conditions\":[]");
            assertThat(post(application, "shop", "{\"action\":\"close-maintenance\"}")
                            .body())
                    .contains("\"conditions\":[]");
            assertThat(post(application, "", "{\"action\":\"open-maintenance\",\"limit\":\"30m\"}")
                            .body())
                    .startsWith("{\"monitor\":\"shop\"")
                    .contains("\"reason\":\"maintenance\"")
                    .doesNotContain("\"conditions\":[]");
            assertThat(post(application, "", "{\"action\":\"close-maintenance\"}")
                            .body())
                    .doesNotContain("\"MAINTENANCE\"");
            assertThat(post(application, "shop", "{\"action\":\"pause\",\"reason\":\"noise\",\"limit\":\"1h\"}")
                            .body())
                    .contains("\"kind\":\"PAUSED\",\"reason\":\"noise\"", "\"until\":\"2");
        }
    }

    @Test
    void endpointRefusesMaintenanceAndPausesThatItDoesNotUnderstand() throws Exception {
        try (ConfigurableApplicationContext application =
                start("management.endpoint.sitemonitor.access=unrestricted", "sitemonitor.defaults.every=1h")) {
            for (String body : new String[] {
                "{\"action\":\"open-maintenance\"}",
                "{\"action\":\"open-maintenance\",\"limit\":\"soon\"}",
                "{\"action\":\"open-maintenance\",\"limit\":\"0s\"}",
                "{\"action\":\"pause\",\"reason\":\"noise\"}",
                "{\"action\":\"resume\",\"limit\":\"1h\"}"
            }) {
                assertThat(post(application, "shop", body).statusCode())
                        .as(body)
                        .isEqualTo(400);
            }
            assertThat(post(application, "", "{\"action\":\"run\"}").statusCode())
                    .isEqualTo(400);
            assertThat(post(application, "none", "{\"action\":\"close-maintenance\"}")
                            .statusCode())
                    .isEqualTo(404);
            application.getBean(Monitor.class).close();
            assertThat(post(application, "", "{\"action\":\"close-maintenance\"}")
                            .statusCode())
                    .isEqualTo(503);
        }
    }

    @Test
    void metersAreInTheRegistryOfTheApplication() throws Exception {
        try (ConfigurableApplicationContext application = start()) {
            awaitState(application, "shop", HealthState.DOWN);

            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(application
                                    .getBean(MeterRegistry.class)
                                    .get(MeterNames.CHECK_STATE)
                                    .tag("check", "shop")
                                    .gauge()
                                    .value())
                            .isEqualTo(3));
            assertThat(get(application, "/actuator/metrics/" + MeterNames.CHECK_DURATION)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void checksPagesOverHttp() throws Exception {
        try (ConfigurableApplicationContext application = start()) {
            String page = "http://127.0.0.1:" + port(application) + "/page";
            Monitor monitor = application.getBean(Monitor.class);
            monitor.add("page", HttpCheck.get(page), c -> c.every(Duration.ofMillis(200)));
            awaitState(application, "page", HealthState.UP);
        }
    }

    @Test
    @DisplayName("P28: adds no bean that another library could mistake for its own")
    void addsNoForeignBeans() {
        try (ConfigurableApplicationContext with = start();
                ConfigurableApplicationContext without = start("sitemonitor.enabled=false")) {
            for (String bean : with.getBeanDefinitionNames()) {
                if (!without.containsBean(bean)) {
                    assertThat(bean).containsIgnoringCase("sitemonitor");
                }
            }
            for (String bean : without.getBeanDefinitionNames()) {
                assertThat(with.containsBean(bean)).as(bean).isTrue();
            }
        }
    }

    private static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(Application.class)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "logging.level.root=warn",
                        "management.endpoints.web.exposure.include=*",
                        "management.endpoint.health.show-details=always",
                        "management.endpoint.health.probes.enabled=true",
                        "sitemonitor.name=shop",
                        "sitemonitor.warm-up=0",
                        "sitemonitor.defaults.every=200ms")
                .properties(properties)
                .run();
    }

    private static void awaitState(ConfigurableApplicationContext application, String check, HealthState state) {
        Monitor monitor = application.getBean(Monitor.class);
        await().atMost(LONG).until(() -> monitor.stateOf(check) == state);
    }

    private static String port(ConfigurableApplicationContext application) {
        return application.getEnvironment().getRequiredProperty("local.server.port");
    }

    private HttpResponse<String> get(ConfigurableApplicationContext application, String path)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port(application) + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(ConfigurableApplicationContext application, String check, String body)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port(application) + "/actuator/sitemonitor"
                + (check.isEmpty() ? "" : "/" + check));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @Bean
        Check shop() {
            return ScriptedCheck.failing("HTTP 503");
        }

        @GetMapping("/page")
        String page() {
            return "Welcome";
        }
    }
}
