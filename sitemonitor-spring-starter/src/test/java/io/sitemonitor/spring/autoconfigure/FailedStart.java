package io.sitemonitor.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;

/** Starts an application whose properties stand in YAML, to read what Spring Boot shows to a user when that fails. */
final class FailedStart {

    private FailedStart() {}

    static String failureOf(String yaml, Class<?>... more) {
        FailureRecorder.clear();
        assertThatThrownBy(() -> start(yaml, more)).isInstanceOf(Exception.class);
        return FailureRecorder.text();
    }

    static void start(String yaml, Class<?>... more) {
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
        AmqpEventsAutoConfiguration.class,
        ChatAlertsAutoConfiguration.class,
        EmailAlertsAutoConfiguration.class,
        LogAlertsAutoConfiguration.class,
        PushAlertsAutoConfiguration.class,
        SiteMonitorAutoConfiguration.class,
        SmsAlertsAutoConfiguration.class,
        SystemAlertsAutoConfiguration.class
    })
    static class Application {}
}
