package io.sitemonitor.spring.autoconfigure;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.sitemonitor.check.Check;
import io.sitemonitor.testing.ScriptedCheck;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Destinations that are set by properties, against a real server, in a whole web application. */
class AlertsOverHttpTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String SECRET = "hunter2hunter2hunter2hunter222";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.options().dynamicPort())
            .build();

    @Test
    void anOutageReachesSlackAndTheWebhook() {
        SERVER.stubFor(post(urlEqualTo("/slack")).willReturn(ok("ok")));
        SERVER.stubFor(post(urlEqualTo("/hook")).willReturn(ok()));

        try (ConfigurableApplicationContext application = start(
                "sitemonitor.alerts.slack.webhook=" + SERVER.baseUrl() + "/slack",
                "sitemonitor.alerts.slack.mention-when-critical=here",
                "sitemonitor.alerts.webhook.url=" + SERVER.baseUrl() + "/hook",
                "sitemonitor.alerts.webhook.secret=whsec_aHVudGVyMmh1bnRlcjJodW50ZXIyaHVudGVyMg==",
                "sitemonitor.alerts.webhook.headers.Authorization=Bearer hooks")) {
            await().atMost(LONG).untilAsserted(() -> {
                SERVER.verify(
                        1,
                        postRequestedFor(urlEqualTo("/slack"))
                                .withRequestBody(containing("shop"))
                                .withRequestBody(containing("<!here>")));
                SERVER.verify(
                        1,
                        postRequestedFor(urlEqualTo("/hook"))
                                .withHeader("Authorization", equalTo("Bearer hooks"))
                                .withHeader("webhook-signature", matching("v1,.+"))
                                .withRequestBody(matchingJsonPath("$..check", containing("shop"))));
            });
            application.getBean("shop", ScriptedCheck.class).passes();
            await().atMost(LONG).untilAsserted(() -> {
                SERVER.verify(2, postRequestedFor(urlEqualTo("/slack")));
                SERVER.verify(2, postRequestedFor(urlEqualTo("/hook")));
            });
        }
    }

    @Test
    @DisplayName("Security: no endpoint shows a secret of a destination, even where values are shown")
    void endpointsShowNoSecrets() throws Exception {
        List<String> properties = new ArrayList<>(List.of(
                "sitemonitor.enabled=false",
                "sitemonitor.alerts.policies.slack.after=47m",
                "sitemonitor.alerts.alertmanager.urls[0]=https://" + SECRET + ".internal/",
                "sitemonitor.alerts.webhook.headers.Authorization=" + SECRET,
                "sitemonitor.heartbeat.url=https://hc.internal/" + SECRET,
                "sitemonitor.heartbeats.token=" + SECRET,
                "sitemonitor.checks.page.url=https://shop:" + SECRET + "@shop.internal/",
                "sitemonitor.checks.page.headers.Authorization=" + SECRET,
                "SITEMONITOR_ALERTS_GOOGLECHAT_WEBHOOK=" + SECRET,
                "site-monitor.alerts.gotify.token=" + SECRET,
                "sitemonitor.alerts.email.smtp=smtp://shop:" + SECRET + "@mail.internal"));
        for (String name : List.of(
                "slack.webhook",
                "teams.workflow",
                "discord.webhook",
                "telegram.token",
                "mattermost.webhook",
                "rocketchat.webhook",
                "google-chat.webhook",
                "matrix.access-token",
                "ntfy.topic",
                "ntfy.token",
                "gotify.token",
                "pushover.token",
                "pushover.user",
                "pagerduty.routing-key",
                "alertmanager.password",
                "webhook.url",
                "webhook.secret",
                "sms.api-key",
                "sms.twilio.auth-token",
                "email.password",
                "amqp.password")) {
            properties.add("sitemonitor.alerts." + name + '=' + SECRET);
        }
        properties.add("sitemonitor.events.amqp.password=" + SECRET);
        properties.add("sitemonitor.events.amqp.snapshot-every=47m");
        try (ConfigurableApplicationContext application = start(properties.toArray(String[]::new))) {
            for (String path : List.of("configprops", "env", "beans", "conditions", "health")) {
                HttpResponse<String> answer = get(application, "/actuator/" + path);
                assertThat(answer.statusCode()).as(path).isEqualTo(200);
                assertThat(answer.body()).as(path).doesNotContain("hunter2");
            }
            assertThat(get(application, "/actuator/configprops").body()).contains("\"slack\"", "47m", "***");
            assertThat(get(application, "/actuator/env").body())
                    .contains("sitemonitor.alerts.slack.webhook", "47m", "\"value\":\"***\"");
        }
    }

    private static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(Application.class)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "logging.level.root=warn",
                        "management.endpoints.web.exposure.include=*",
                        "management.endpoint.env.show-values=always",
                        "management.endpoint.configprops.show-values=always",
                        "sitemonitor.warm-up=0",
                        "sitemonitor.defaults.every=200ms",
                        "sitemonitor.defaults.down-after=1",
                        "sitemonitor.defaults.up-after=1")
                .properties(properties)
                .run();
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext application, String path)
            throws IOException, InterruptedException {
        String port = application.getEnvironment().getRequiredProperty("local.server.port");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableConfigurationProperties(SiteMonitorProperties.class)
    static class Application {

        @Bean
        Check shop() {
            return ScriptedCheck.failing("HTTP 503");
        }
    }
}
