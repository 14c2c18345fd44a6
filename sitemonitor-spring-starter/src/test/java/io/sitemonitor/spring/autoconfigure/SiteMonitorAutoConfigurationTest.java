package io.sitemonitor.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.CheckSnapshot;
import io.sitemonitor.Monitor;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.http.BodyExpectation;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.check.tcp.TcpCheck;
import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.definition.CheckSettings;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.target.TargetSource;
import io.sitemonitor.target.Targets;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.RecordingAlerts;
import io.sitemonitor.testing.RecordingListener;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

class SiteMonitorAutoConfigurationTest {

    private final ManualTime time = Runners.time();
    private final ApplicationContextRunner application = Runners.applicationIn(time);

    @Test
    void startsMonitorWithApplicationAndClosesItFirst() {
        List<Monitor> seen = new ArrayList<>();
        application.run(context -> {
            Monitor monitor = context.getBean(Monitor.class);
            seen.add(monitor);
            assertThat(monitor.name()).isEqualTo("application");
            assertThat(monitor.snapshot().running()).isTrue();
        });
        assertThat(seen.get(0).snapshot().running()).isFalse();
    }

    @Test
    void startsAfterOtherPartsOfApplicationAndEndsBeforeThem() {
        List<String> seen = new ArrayList<>();
        application.withBean(Part.class, () -> new Part(seen)).run(context -> {
            context.getBean(Part.class).monitor = context.getBean(Monitor.class);
            assertThat(seen).containsExactly("start");
        });
        assertThat(seen).containsExactly("start", "stop while the monitor is closed");
    }

    @Test
    void isNamedAfterApplicationUnlessPropertySaysOtherwise() {
        application
                .withPropertyValues("spring.application.name=webshop")
                .run(context ->
                        assertThat(context.getBean(Monitor.class).name()).isEqualTo("webshop"));
        application
                .withPropertyValues("spring.application.name=webshop", "sitemonitor.name=shop")
                .run(context ->
                        assertThat(context.getBean(Monitor.class).name()).isEqualTo("shop"));
    }

    @Test
    void leavesNothingWhenDisabled() {
        application
                .withPropertyValues("sitemonitor.enabled=false", "sitemonitor.alerts.log=true")
                .run(context -> {
                    assertThat(context).doesNotHaveBean(Monitor.class);
                    assertThat(context).doesNotHaveBean(AlertListener.class);
                    assertThat(context).hasNotFailed();
                });
    }

    @Test
    void canBeStartedLater() {
        application.withPropertyValues("sitemonitor.auto-start=false").run(context -> {
            Monitor monitor = context.getBean(Monitor.class);
            assertThat(monitor.snapshot().running()).isFalse();
            assertThat(monitor.start().snapshot().running()).isTrue();
        });
    }

    @Test
    void usesMonitorOfApplicationAsItIs() {
        application
                .withPropertyValues("sitemonitor.name=ours", "sitemonitor.checks.gateway.tcp=gw.internal:443")
                .withBean(
                        "own",
                        Monitor.class,
                        () -> Monitor.named("own").runOn(time).build())
                .run(context -> {
                    Monitor monitor = context.getBean(Monitor.class);
                    assertThat(monitor.name()).isEqualTo("own");
                    assertThat(monitor.checks()).isEmpty();
                    assertThat(monitor.snapshot().running()).isTrue();
                });
    }

    @Test
    void takesChecksFromProperties() {
        application
                .withPropertyValues(
                        "sitemonitor.defaults.every=30s",
                        "sitemonitor.defaults.timeout=5",
                        "sitemonitor.defaults.down-after=4",
                        "sitemonitor.checks.storefront.url=http://127.0.0.1:1/",
                        "sitemonitor.checks.storefront.headers.X-Token=abc",
                        "sitemonitor.checks.storefront.status=200-204,302",
                        "sitemonitor.checks.storefront.contains=Welcome, friend",
                        "sitemonitor.checks.storefront.not-contains=Sorry",
                        "sitemonitor.checks.storefront.warn-above=800ms",
                        "sitemonitor.checks.storefront.follow-redirects=0",
                        "sitemonitor.checks.storefront.every=10s",
                        "sitemonitor.checks.storefront.contacts=owner@shop.example,+254711000000",
                        "sitemonitor.checks.storefront.labels.team=web",
                        "sitemonitor.checks.[db.main].tcp=127.0.0.1:1")
                .run(context -> {
                    Monitor monitor = context.getBean(Monitor.class);
                    assertThat(monitor.checks()).containsExactly("db.main", "storefront");
                    CheckSnapshot storefront =
                            monitor.snapshot().check("storefront").orElseThrow();
                    assertThat(storefront.settings().schedule().interval()).isEqualTo(Duration.ofSeconds(10));
                    assertThat(storefront.settings().timeout()).isEqualTo(Duration.ofSeconds(5));
                    assertThat(storefront.settings().thresholds().downAfter()).isEqualTo(4);
                    assertThat(storefront.settings().contacts()).containsExactly("owner@shop.example", "+254711000000");
                    assertThat(storefront.settings().labels()).containsExactly(Map.entry("team", "web"));
                    assertThat(monitor.put(new CheckDefinition(
                                    "storefront",
                                    HttpCheck.get("http://127.0.0.1:1/")
                                            .header("X-Token", "abc")
                                            .expectStatus(200, 204)
                                            .expectStatus(302)
                                            .expectBody(BodyExpectation.containing("Welcome, friend"))
                                            .expectBody(BodyExpectation.notContaining("Sorry"))
                                            .warnAbove(Duration.ofMillis(800))
                                            .followRedirects(0),
                                    storefront.settings())))
                            .as("changed by an equal definition")
                            .isFalse();
                    CheckSnapshot database = monitor.snapshot().check("db.main").orElseThrow();
                    assertThat(monitor.put(new CheckDefinition(
                                    "db.main", TcpCheck.connect("127.0.0.1", 1), database.settings())))
                            .as("changed by an equal definition")
                            .isFalse();
                });
    }

    @Test
    void defaultsAreThoseOfTheLibrary() {
        application
                .withPropertyValues("sitemonitor.checks.gateway.tcp=127.0.0.1:1")
                .run(context -> assertThat(context.getBean(Monitor.class)
                                .snapshot()
                                .check("gateway")
                                .orElseThrow()
                                .settings())
                        .isEqualTo(CheckSettings.DEFAULT));
    }

    @Test
    void takesChecksAmongBeansUnderTheirNamesWithSettingsOfProperties() {
        application
                .withPropertyValues("sitemonitor.checks.backlog.every=10s")
                .withBean("backlog", Check.class, () -> context -> CheckResult.pass())
                .withBean("other", Check.class, () -> context -> CheckResult.pass())
                .run(context -> {
                    Monitor monitor = context.getBean(Monitor.class);
                    assertThat(monitor.snapshot()
                                    .check("backlog")
                                    .orElseThrow()
                                    .settings()
                                    .schedule()
                                    .interval())
                            .isEqualTo(Duration.ofSeconds(10));
                    assertThat(monitor.snapshot()
                                    .check("other")
                                    .orElseThrow()
                                    .settings()
                                    .schedule()
                                    .interval())
                            .isEqualTo(CheckSettings.DEFAULT_EVERY);
                });
    }

    @Test
    void takesDefinitionsAmongBeansAndLetsPropertiesChangeTheirSettings() {
        CheckDefinition definition = CheckDefinition.of(
                "queue",
                context -> CheckResult.pass(),
                c -> {},
                c -> c.every(Duration.ofMinutes(1)).downAfter(7));
        application
                .withPropertyValues("sitemonitor.checks.queue.down-after=2")
                .withBean("anything", CheckDefinition.class, () -> definition)
                .run(context -> {
                    CheckSettings settings = context.getBean(Monitor.class)
                            .snapshot()
                            .check("queue")
                            .orElseThrow()
                            .settings();
                    assertThat(settings.thresholds().downAfter()).isEqualTo(2);
                    assertThat(settings.schedule().interval()).isEqualTo(Duration.ofMinutes(1));
                });
    }

    @Test
    void takesTargetSourcesAmongBeans() {
        Targets targets = new Targets(
                List.of(CheckDefinition.of("row", context -> CheckResult.pass(), c -> {}, c -> {})), List.of());
        List<String> readings = new ArrayList<>();
        application
                .withPropertyValues("sitemonitor.targets.every=10s")
                .withBean("rows", TargetSource.class, () -> () -> {
                    readings.add("read");
                    return targets;
                })
                .run(context -> {
                    time.advance(Duration.ofSeconds(25));
                    assertThat(context.getBean(Monitor.class).checks()).containsExactly("row");
                    assertThat(readings).hasSize(3);
                });
    }

    @Test
    void tellsListenersAmongBeans() {
        ScriptedCheck shop = ScriptedCheck.passing();
        RecordingAlerts alerts = new RecordingAlerts();
        RecordingListener events = new RecordingListener();
        application
                .withPropertyValues("sitemonitor.defaults.every=1s", "sitemonitor.defaults.down-after=2")
                .withBean("shop", Check.class, () -> shop)
                .withBean("recorder", AlertListener.class, () -> alerts)
                .withBean("events", MonitorListener.class, () -> events)
                .run(context -> {
                    time.advance(Duration.ofSeconds(2));
                    shop.fails("HTTP 503");
                    time.advance(Duration.ofSeconds(3));
                    assertThat(context.getBean(Monitor.class).stateOf("shop")).isEqualTo(HealthState.DOWN);
                    shop.passes();
                    time.advance(Duration.ofSeconds(30));
                    assertThat(alerts.alerts())
                            .extracting(Alert::kind)
                            .containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
                    assertThat(events.events(StateChanged.class))
                            .extracting(StateChanged::to)
                            .containsExactly(HealthState.UP, HealthState.DOWN, HealthState.UP);
                });
    }

    @Test
    void keepsTheOrderOfBeans() {
        ScriptedCheck shop = ScriptedCheck.failing("HTTP 503");
        application
                .withPropertyValues("sitemonitor.defaults.down-after=1")
                .withBean("shop", Check.class, () -> shop)
                .withUserConfiguration(Ordered.class)
                .run(context -> {
                    time.advance(Duration.ofMinutes(1));
                    assertThat(context.getBean(Ordered.class).told).containsExactly("first", "second", "third");
                });
    }

    @Test
    void customizersComeLast() {
        application
                .withPropertyValues("sitemonitor.checks.gateway.tcp=127.0.0.1:1")
                .withBean(
                        "more",
                        MonitorCustomizer.class,
                        () -> monitor -> monitor.check("more", c -> CheckResult.pass()))
                .run(context ->
                        assertThat(context.getBean(Monitor.class).checks()).containsExactly("gateway", "more"));
    }

    @Test
    void stoppedContextPausesChecksAndRestartedOneResumesThem() {
        application.withBean("shop", Check.class, ScriptedCheck::passing).run(context -> {
            Monitor monitor = context.getBean(Monitor.class);
            ConfigurableApplicationContext started =
                    context.getSourceApplicationContext(ConfigurableApplicationContext.class);
            started.stop();
            assertThat(monitor.snapshot().check("shop").orElseThrow().paused()).isTrue();
            assertThat(monitor.snapshot().running()).isTrue();
            started.start();
            assertThat(monitor.snapshot().check("shop").orElseThrow().paused()).isFalse();
        });
    }

    @Test
    @DisplayName("P24: leaves no thread behind")
    void leavesNoThreadBehind() {
        Runners.application()
                .withPropertyValues(
                        "sitemonitor.name=census",
                        "sitemonitor.alerts.amqp.uri=amqp://127.0.0.1:1/",
                        "sitemonitor.events.amqp.enabled=true")
                .withBean("shop", Check.class, ScriptedCheck::passing)
                .run(context -> {
                    Monitor monitor = context.getBean(Monitor.class);
                    monitor.runNow("shop").join();
                    assertThat(threads("census")).contains("sitemonitor-census-amqp-events");
                });
        Awaitility.await().untilAsserted(() -> assertThat(threads("census")).isEmpty());
    }

    private static List<String> threads(String monitor) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("sitemonitor") && name.contains(monitor))
                .toList();
    }

    /** A part that starts and stops in the middle, and at its start finds no monitor that runs. */
    static final class Part implements SmartLifecycle, BeanFactoryAware {

        private final List<String> seen;
        private BeanFactory factory;
        private Monitor monitor;
        private boolean running;

        Part(List<String> seen) {
            this.seen = seen;
        }

        @Override
        public void setBeanFactory(BeanFactory factory) {
            this.factory = factory;
        }

        @Override
        public void start() {
            running = true;
            boolean early = factory.getBean(Monitor.class).snapshot().running();
            seen.add(early ? "start while the monitor runs" : "start");
        }

        @Override
        public void stop() {
            running = false;
            seen.add(monitor.snapshot().running() ? "stop while the monitor runs" : "stop while the monitor is closed");
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return 0;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Ordered {

        final List<String> told = new ArrayList<>();

        @Bean
        @Order(3)
        AlertListener third() {
            return alert -> told.add("third");
        }

        @Bean
        @Order(1)
        AlertListener first() {
            return alert -> told.add("first");
        }

        @Bean
        @Order(2)
        AlertListener second() {
            return alert -> told.add("second");
        }
    }
}
