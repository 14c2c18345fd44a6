package io.sitemonitor.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/** What a user reads who got a property wrong: all of it. */
class WrongPropertiesTest {

    @BeforeEach
    void forget() {
        FailureRecorder.clear();
    }

    @Test
    void namesUnknownPropertyAndTheOneThatWasMeant() {
        assertThat(failureOf("""
                        sitemonitor:
                          checks:
                            storefront:
                              url: "https://shop.example/"
                              evry: 10s
                        """)).isEqualTo("""
                        There is no such property:

                            Property: sitemonitor.checks.storefront.evry
                            Value: "10s"
                            Origin: application.yml - 5:13

                        Did you mean sitemonitor.checks.storefront.every? Below sitemonitor.checks.storefront there can be: \
                        contacts, contains, degraded-after, down-after, every, fail-above, follow-redirects, headers, labels, \
                        method, not-contains, retry-every, slow-down-to, status, tcp, timeout, up-after, url, warn-above.""");
    }

    @Test
    void listsWhatThereIsWhenNothingIsSimilar() {
        assertThat(failureOf("""
                        sitemonitor:
                          alerts:
                            slack: secret-hook
                        """)).isEqualTo("""
                        There is no such property:

                            Property: sitemonitor.alerts.slack
                            Value: ***
                            Origin: application.yml - 3:12

                        Below sitemonitor.alerts there can be: amqp, email, incident-log, incident-log-format, log, sms.""");
    }

    @Test
    void tellsHowToWriteANameWithDots() {
        assertThat(failureOf("""
                        sitemonitor:
                          checks:
                            www.shop.example:
                              url: "https://shop.example/"
                        """)).isEqualTo("""
                        There is no such property:

                            Property: sitemonitor.checks.www.shop.example.url
                            Value: "https://shop.example/"
                            Origin: application.yml - 4:12

                        If the check is called 'www.shop.example', write its name as "[www.shop.example]". \
                        Below sitemonitor.checks.www there can be: \
                        contacts, contains, degraded-after, down-after, every, fail-above, follow-redirects, headers, labels, \
                        method, not-contains, retry-every, slow-down-to, status, tcp, timeout, up-after, url, warn-above.""");
    }

    @Test
    void namesValueThatALibraryRefuses() {
        assertThat(failureOf("""
                        sitemonitor:
                          checks:
                            ShopEU:
                              url: "https://shop.example/"
                              down-after: 0
                        """)).isEqualTo("""
                        The property sitemonitor.checks.ShopEU.down-after cannot be used:

                            Value: "0"
                            Origin: application.yml - 5:19
                            Reason: downAfter must be at least 1, but was 0

                        Correct sitemonitor.checks.ShopEU.down-after, or leave it out.""");
    }

    @Test
    void namesValueWithinDefaults() {
        assertThat(failureOf("sitemonitor: { defaults: { every: 0s } }")).isEqualTo("""
                        The property sitemonitor.defaults.every cannot be used:

                            Value: "0s"
                            Origin: application.yml - 1:35
                            Reason: every must be at least PT0.1S, but was PT0S

                        Correct sitemonitor.defaults.every, or leave it out.""");
    }

    @Test
    void namesWhatATimeLooksLike() {
        assertThat(failureOf("sitemonitor: { checks: { shop: { tcp: 'shop:1', every: often } } }"))
                .isEqualTo("""
                        The property sitemonitor.checks.shop.every cannot be read:

                            Value: "often"
                            Origin: application.yml - 1:56
                            Reason: it must be a time such as 500ms, 30s, 5m or 1h; a plain number counts in seconds

                        Correct sitemonitor.checks.shop.every, or leave it out.""");
    }

    @Test
    void namesWhatANumberAndAChoiceLookLike() {
        assertThat(failureOf("sitemonitor: { defaults: { down-after: thrice } }"))
                .contains("Value: \"thrice\"", "Reason: it must be a whole number");
        assertThat(failureOf("sitemonitor: { auto-start: maybe }")).contains("Reason: it must be true or false");
        assertThat(failureOf("sitemonitor: { alerts: { incident-log-format: xml } }"))
                .contains("Reason: it must be one of json, text");
        assertThat(failureOf("sitemonitor: { checks: { shop: 'https://shop.example/' } }"))
                .contains(
                        "The property sitemonitor.checks.shop cannot be read",
                        "Value: \"https://shop.example/\"",
                        "Reason: it must be a group of properties, not a single value");
    }

    @Test
    void namesBadAddresses() {
        assertThat(failureOf("sitemonitor: { checks: { shop: { url: 'shop.example' } } }"))
                .contains(
                        "The property sitemonitor.checks.shop.url cannot be used",
                        "Reason: url must begin with http:// or https://, but was 'shop.example'");
        assertThat(failureOf("sitemonitor: { checks: { gw: { tcp: 'gw.internal' } } }"))
                .contains(
                        "The property sitemonitor.checks.gw.tcp cannot be used",
                        "Reason: tcp must be a host and a port such as gw.internal:443, but was 'gw.internal'");
        assertThat(failureOf("sitemonitor: { checks: { gw: { tcp: 'gw.internal:70000' } } }"))
                .contains("Reason: port must be from 1 to 65535, but was 70000");
        assertThat(failureOf("sitemonitor: { checks: { shop: { url: 'http://shop.example', status: '2xx' } } }"))
                .contains("Reason: status must be a number such as 200 or a range such as 200-299, but was '2xx'");
    }

    @Test
    void namesWhatDoesNotGoTogether() {
        assertThat(failureOf("sitemonitor: { checks: { shop: { url: 'http://shop.example', tcp: 'shop:1' } } }"))
                .isEqualTo("""
                        The property sitemonitor.checks.shop cannot be used:

                            Reason: url and tcp exclude each other; keep one of them

                        Correct sitemonitor.checks.shop, or leave it out.""");
        assertThat(failureOf("sitemonitor: { checks: { shop: { tcp: 'shop:1', contains: Welcome } } }"))
                .contains("The property sitemonitor.checks.shop.contains", "Reason: contains needs a url beside it");
        assertThat(failureOf("sitemonitor: { checks: { shop: { every: 10s } } }"))
                .contains("Reason: it needs url or tcp; without, it gives settings to the bean of this name that is a"
                        + " Check, but there is none");
        assertThat(failureOf("sitemonitor: { checks: { backlog: { tcp: 'shop:1' } } }", BacklogCheck.class))
                .contains(
                        "Reason: there is a bean of this name that is a Check, too; drop the bean, or url and tcp here");
    }

    @Test
    void namesCheckThatHealthDoesNotKnow() {
        assertThat(failureOf("sitemonitor: { checks: { gateway: { tcp: 'gw:1' } }, health: { affects: gatway } }"))
                .isEqualTo("""
                        The property sitemonitor.health.affects cannot be used:

                            Value: "gatway"
                            Origin: application.yml - 1:73
                            Reason: there is no check named 'gatway'; did you mean 'gateway'?

                        Correct sitemonitor.health.affects, or leave it out.""");
    }

    @Test
    void neverShowsSecrets() {
        String secrets = """
                sitemonitor:
                  alerts:
                    email: { smtp: "smtp://user:hunter2@mail internal", pasword: hunter2 }
                """;
        assertThat(failureOf(secrets))
                .contains("sitemonitor.alerts.email.pasword", "Did you mean sitemonitor.alerts.email.password?")
                .doesNotContain("hunter2");
        assertThat(failureOf("sitemonitor: { alerts: { email: { smtp: 'smtp://user:hunter2@mail internal' } } }"))
                .contains("The property sitemonitor.alerts.email.smtp", "Value: ***")
                .doesNotContain("hunter2");
        assertThat(failureOf("sitemonitor: { alerts: { amqp: { uri: 'http://user:hunter2@broker' } } }"))
                .contains("The property sitemonitor.alerts.amqp.uri", "Value: ***", "must begin with amqp://")
                .doesNotContain("hunter2");
        assertThat(failureOf("sitemonitor: { alerts: { sms: { username: shop, api-key: 'hunter2 ' } } }"))
                .contains("The property sitemonitor.alerts.sms")
                .doesNotContain("hunter2");
        assertThat(failureOf("sitemonitor: { checks: { shop: { url: 'ftp://user:hunter2@shop?token=hunter2' } } }"))
                .contains("The property sitemonitor.checks.shop.url", "Value: ***")
                .doesNotContain("hunter2");
        assertThat(
                        failureOf(
                                "sitemonitor: { checks: { shop: { url: 'http://shop', headers: { Content-Length: hunter2 } } } }"))
                .contains("The property sitemonitor.checks.shop.headers.Content-Length")
                .doesNotContain("hunter2");
    }

    @Test
    void namesHalfOfCredentials() {
        assertThat(failureOf("sitemonitor: { alerts: { sms: { username: shop } } }"))
                .contains("The property sitemonitor.alerts.sms.api-key", "it is missing");
        assertThat(failureOf("sitemonitor: { alerts: { email: { smtp: 'smtp://mail', username: shop } } }"))
                .contains("The property sitemonitor.alerts.email.password", "it is missing");
        assertThat(failureOf("sitemonitor: { alerts: { amqp: { uri: 'amqp://broker', password: shop } } }"))
                .contains("The property sitemonitor.alerts.amqp.username", "it is missing");
    }

    @Test
    void leavesFailuresOfOthersToOthers() {
        assertThatThrownBy(() -> start("sitemonitor: {}", Broken.class)).hasMessageContaining("broken bean");
        assertThat(new SiteMonitorFailureAnalyzer(new StandardEnvironment())
                        .analyze(new IllegalStateException("broken bean")))
                .isNull();
    }

    private static String failureOf(String yaml, Class<?>... more) {
        assertThatThrownBy(() -> start(yaml, more)).isInstanceOf(Exception.class);
        return FailureRecorder.text();
    }

    private static void start(String yaml, Class<?>... more) {
        SpringApplicationBuilder builder = new SpringApplicationBuilder(Application.class)
                .sources(more)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "logging.level.root=off")
                .initializers(context -> addYaml(context, yaml));
        try (ConfigurableApplicationContext context = builder.run()) {
            assertThat(context.isRunning()).isTrue();
        }
    }

    private static void addYaml(ConfigurableApplicationContext context, String yaml) {
        try {
            ByteArrayResource resource = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)) {
                @Override
                public String getDescription() {
                    return "application.yml";
                }
            };
            new YamlPropertySourceLoader()
                    .load("application.yml", resource)
                    .forEach(source ->
                            context.getEnvironment().getPropertySources().addFirst(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        AmqpAlertsAutoConfiguration.class,
        EmailAlertsAutoConfiguration.class,
        LogAlertsAutoConfiguration.class,
        SiteMonitorAutoConfiguration.class,
        SmsAlertsAutoConfiguration.class
    })
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    static class BacklogCheck {
        @Bean
        Check backlog() {
            return context -> CheckResult.pass();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Broken {
        @Bean
        String broken() {
            throw new IllegalStateException("broken bean");
        }
    }
}
