package io.sitemonitor.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.amqp.AmqpDefaults;
import io.sitemonitor.amqp.AmqpEventPublisher;
import io.sitemonitor.definition.CheckSettings;
import io.sitemonitor.metrics.MonitorMetrics;
import io.sitemonitor.state.FlapSettings;
import io.sitemonitor.state.Thresholds;
import io.sitemonitor.store.jdbc.JdbcStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.core.ResolvableType;

/** What a development environment shows of our properties. */
class MetadataTest {

    private final Map<String, Map<String, Object>> properties = read("properties");

    @Test
    void everyPropertyIsDescribedInASentence() {
        assertThat(properties.keySet())
                .contains(
                        "sitemonitor.name",
                        "sitemonitor.defaults.down-after",
                        "sitemonitor.defaults.schedule.cron",
                        "sitemonitor.defaults.maintenance",
                        "sitemonitor.online-when.checks",
                        "sitemonitor.per-host.in-flight",
                        "sitemonitor.heartbeat.url",
                        "sitemonitor.heartbeats.enabled",
                        "sitemonitor.heartbeats.insecure-without-token",
                        "sitemonitor.checks",
                        "sitemonitor.alerts.email.smtp",
                        "sitemonitor.events.amqp.sample-every",
                        "sitemonitor.health.affects",
                        "management.endpoint.sitemonitor.access");
        assertThat(properties.values())
                .filteredOn(MetadataTest::isOurs)
                .allSatisfy(property -> assertThat(String.valueOf(property.get("description")))
                        .as("description of %s", property.get("name"))
                        .endsWith("."));
    }

    @Test
    void defaultsAreThoseOfTheLibrary() {
        assertThat(time("sitemonitor.defaults.every")).isEqualTo(CheckSettings.DEFAULT_EVERY);
        assertThat(time("sitemonitor.defaults.timeout")).isEqualTo(CheckSettings.DEFAULT_TIMEOUT);
        assertThat(time("sitemonitor.defaults.retry-every")).isEqualTo(CheckSettings.DEFAULT_RETRY_EVERY);
        assertThat(value("sitemonitor.defaults.down-after")).isEqualTo(Thresholds.DEFAULT.downAfter());
        assertThat(value("sitemonitor.defaults.up-after")).isEqualTo(Thresholds.DEFAULT.upAfter());
        assertThat(value("sitemonitor.defaults.degraded-after")).isEqualTo(Thresholds.DEFAULT.degradedAfter());
        assertThat(value("sitemonitor.defaults.flap-after")).isEqualTo(FlapSettings.DEFAULT.changes());
        assertThat(time("sitemonitor.defaults.flap-within")).isEqualTo(FlapSettings.DEFAULT.within());
        assertThat(value("sitemonitor.defaults.inverted")).isEqualTo(CheckSettings.DEFAULT.inverted());
        assertThat(time("sitemonitor.heartbeat.every")).isEqualTo(MonitorBuilder.DEFAULT_HEARTBEAT);
        assertThat(value("sitemonitor.heartbeats.enabled")).isEqualTo(false);
        assertThat(value("sitemonitor.heartbeats.path")).isEqualTo("/sitemonitor/heartbeats");
        assertThat(time("sitemonitor.warm-up")).isEqualTo(MonitorBuilder.DEFAULT_WARM_UP);
        assertThat(time("sitemonitor.close-within")).isEqualTo(MonitorBuilder.DEFAULT_CLOSE_WITHIN);
        assertThat(value("sitemonitor.store.jdbc.enabled")).isEqualTo(false);
        assertThat(value("sitemonitor.store.jdbc.table")).isEqualTo(JdbcStore.DEFAULT_TABLE);
        assertThat(time("sitemonitor.store.jdbc.query-timeout")).isEqualTo(JdbcStore.DEFAULT_QUERY_TIMEOUT);
        assertThat(time("sitemonitor.store.jdbc.take-over-after")).isEqualTo(JdbcStore.DEFAULT_TAKE_OVER_AFTER);
        assertThat(time("sitemonitor.targets.every")).isEqualTo(MonitorBuilder.DEFAULT_TARGETS_EVERY);
        assertThat(value("sitemonitor.metrics.max-checks")).isEqualTo(MonitorMetrics.DEFAULT_MAX_CHECKS);
        assertThat(value("sitemonitor.alerts.amqp.exchange")).isEqualTo(AmqpDefaults.EXCHANGE);
        assertThat(value("sitemonitor.alerts.amqp.routing-key")).isEqualTo(AmqpDefaults.ROUTING_KEY);
        assertThat(value("sitemonitor.alerts.amqp.topology")).isEqualTo("direct");
        assertThat(value("sitemonitor.alerts.amqp.declare")).isEqualTo("on");
        assertThat(time("sitemonitor.alerts.amqp.heartbeat")).isEqualTo(AmqpDefaults.HEARTBEAT);
        assertThat(time("sitemonitor.alerts.amqp.connect-timeout")).isEqualTo(AmqpDefaults.CONNECT_TIMEOUT);
        assertThat(time("sitemonitor.alerts.amqp.confirm-timeout")).isEqualTo(AmqpDefaults.CONFIRM_TIMEOUT);
        assertThat(value("sitemonitor.events.amqp.enabled")).isEqualTo(false);
        assertThat(value("sitemonitor.events.amqp.exchange")).isEqualTo(AmqpEventPublisher.EXCHANGE);
        assertThat(time("sitemonitor.events.amqp.snapshot-every")).isEqualTo(AmqpDefaults.SNAPSHOT_EVERY);
        assertThat(value("sitemonitor.events.amqp.at-most-waiting")).isEqualTo(AmqpDefaults.WAITING_EVENTS);
    }

    @Test
    void everyPlainNumberForATimeCountsInSeconds() {
        List<RecordComponent> times = new ArrayList<>();
        collectTimes(SiteMonitorProperties.class, times);
        assertThat(times)
                .hasSizeGreaterThan(20)
                .allSatisfy(time -> assertThat(time.getDeclaringRecord()
                                .getDeclaredField(time.getName())
                                .getAnnotation(DurationUnit.class))
                        .as("the unit of %s in %s", time.getName(), time.getDeclaringRecord())
                        .extracting(DurationUnit::value)
                        .isEqualTo(ChronoUnit.SECONDS));
    }

    private static void collectTimes(Class<?> properties, List<RecordComponent> times) {
        for (RecordComponent component : properties.getRecordComponents()) {
            ResolvableType type = ResolvableType.forMethodReturnType(component.getAccessor());
            Class<?> of = Objects.requireNonNull(
                    type.hasGenerics()
                            ? type.getGeneric(type.getGenerics().length - 1).resolve()
                            : type.resolve());
            if (of == Duration.class) {
                times.add(component);
            } else if (of.isRecord()) {
                collectTimes(of, times);
            }
        }
    }

    @Test
    void hintsAreTheValuesThereAre() {
        assertThat(hints("sitemonitor.alerts.amqp.topology")).containsExactly(words(AmqpProperties.Topology.values()));
        assertThat(hints("sitemonitor.alerts.amqp.declare")).containsExactly(words(AmqpProperties.Declare.values()));
    }

    private static String[] words(Enum<?>... values) {
        return Stream.of(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
    }

    @SuppressWarnings("unchecked")
    private static List<String> hints(String name) {
        Map<String, Object> hint = Objects.requireNonNull(read("hints").get(name), name);
        return ((List<Map<String, Object>>) hint.get("values"))
                .stream().map(value -> String.valueOf(value.get("value"))).toList();
    }

    private static boolean isOurs(Map<String, Object> property) {
        return String.valueOf(property.get("name")).startsWith("sitemonitor.");
    }

    private Object value(String name) {
        return Objects.requireNonNull(properties.get(name), name).get("defaultValue");
    }

    private Duration time(String name) {
        return Objects.requireNonNull(
                ApplicationConversionService.getSharedInstance().convert(value(name), Duration.class));
    }

    /** Those of this module: other modules on the class path have a file of the same name. */
    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> read(String section) {
        Map<String, Map<String, Object>> found = new TreeMap<>();
        try {
            for (URL url : Collections.list(
                    MetadataTest.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
                try (InputStream file = url.openStream()) {
                    String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
                    Map<String, Object> json = JsonParserFactory.getJsonParser().parseMap(text);
                    for (Object entry : (List<Object>) json.getOrDefault(section, List.of())) {
                        Map<String, Object> map = (Map<String, Object>) entry;
                        String name = String.valueOf(map.get("name"));
                        if (name.contains("sitemonitor")) {
                            found.put(name, map);
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
