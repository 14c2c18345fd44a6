package io.sitemonitor.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.sitemonitor.CheckSnapshot;
import io.sitemonitor.Monitor;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.check.tcp.TcpCheck;
import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.definition.CheckSettings;
import io.sitemonitor.event.Heartbeat;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.schedule.MaintenanceWindow;
import io.sitemonitor.schedule.Schedule;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.FlapSettings;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.RecordingAlerts;
import io.sitemonitor.testing.RecordingListener;
import io.sitemonitor.testing.ScriptedCheck;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Schedules, windows, dependencies and what the monitor knows of itself, by properties. */
class EngineOptionsTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final LocalTime ELEVEN = LocalTime.of(23, 0);
    private static final LocalTime TWO = LocalTime.of(2, 0);

    private final ManualTime time = Runners.time();
    private final ApplicationContextRunner application = Runners.applicationIn(time);

    @Test
    void goesOnAfterARestart(@TempDir Path directory) {
        RecordingAlerts alerts = new RecordingAlerts();
        ScriptedCheck shop = ScriptedCheck.failing("away");
        ApplicationContextRunner kept = application
                .withPropertyValues(
                        "sitemonitor.name=shop",
                        "sitemonitor.warm-up=0s",
                        "sitemonitor.defaults.every=10s",
                        "sitemonitor.store.directory=" + directory.resolve("monitor"))
                .withBean("shop", Check.class, () -> shop)
                .withBean("pager", AlertListener.class, () -> alerts);
        kept.run(context -> {
            time.advance(Duration.ofMinutes(1));
            assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN);
        });
        assertThat(directory.resolve("monitor/shop")).isNotEmptyDirectory();
        shop.passes();
        kept.run(context -> {
            assertThat(context.getBean(Monitor.class).stateOf("shop")).isEqualTo(HealthState.DOWN);
            time.advance(Duration.ofMinutes(1));
            assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
        });
    }

    @Test
    void followsACalendar() {
        application
                .withPropertyValues(
                        "sitemonitor.zone=Europe/Paris",
                        "sitemonitor.defaults.every=10s",
                        "sitemonitor.checks.report.tcp=127.0.0.1:1",
                        "sitemonitor.checks.report.schedule.cron=0 6 * * MON-FRI",
                        "sitemonitor.checks.backup.tcp=127.0.0.1:1",
                        "sitemonitor.checks.backup.schedule.cron=@daily",
                        "sitemonitor.checks.backup.schedule.zone=UTC",
                        "sitemonitor.checks.other.tcp=127.0.0.1:1")
                .run(context -> {
                    assertThat(settings(context, "report").schedule())
                            .isEqualTo(Schedule.cron("0 6 * * MON-FRI", PARIS));
                    assertThat(settings(context, "backup").schedule()).isEqualTo(Schedule.cron("@daily", UTC));
                    assertThat(settings(context, "other").schedule()).isEqualTo(Schedule.every(Duration.ofSeconds(10)));
                });
    }

    @Test
    void defaultCalendarGivesWayToTheIntervalOfACheck() {
        application
                .withPropertyValues(
                        "sitemonitor.defaults.schedule.cron=@hourly",
                        "sitemonitor.defaults.schedule.zone=UTC",
                        "sitemonitor.checks.often.tcp=127.0.0.1:1",
                        "sitemonitor.checks.often.every=5s",
                        "sitemonitor.checks.rare.tcp=127.0.0.1:1")
                .run(context -> {
                    assertThat(settings(context, "often").schedule()).isEqualTo(Schedule.every(Duration.ofSeconds(5)));
                    assertThat(settings(context, "rare").schedule()).isEqualTo(Schedule.cron("@hourly", UTC));
                });
    }

    @Test
    void plansMaintenanceInAllItsForms() {
        String window = "sitemonitor.checks.shop.maintenance";
        application
                .withPropertyValues(
                        "sitemonitor.zone=Europe/Paris",
                        "sitemonitor.defaults.maintenance[0].time=4:30-4:45:30",
                        "sitemonitor.checks.shop.tcp=127.0.0.1:1",
                        window + "[0].time=23:00-02:00",
                        window + "[0].days=Saturday, sun",
                        window + "[0].reason=database upgrade",
                        window + "[1].time=23:00 - 02:00",
                        window + "[1].days=first sunday,last fri,15",
                        window + "[1].zone=UTC",
                        window + "[2].start=2026-12-24T18:00:00Z",
                        window + "[2].end=2026-12-24T23:00+01:00",
                        window + "[3].start=2026-12-31T18:00",
                        window + "[3].end=2027-01-01T06:00:00",
                        window + "[4].cron=0 3 1 * *",
                        window + "[4].length=2h")
                .run(context -> assertThat(settings(context, "shop").maintenance())
                        .containsExactly(
                                MaintenanceWindow.daily(LocalTime.of(4, 30), LocalTime.of(4, 45, 30), PARIS),
                                MaintenanceWindow.weekly(ELEVEN, TWO, PARIS, DayOfWeek.SATURDAY, DayOfWeek.SUNDAY)
                                        .reason("database upgrade"),
                                MaintenanceWindow.monthly(1, DayOfWeek.SUNDAY, ELEVEN, TWO, UTC),
                                MaintenanceWindow.monthly(-1, DayOfWeek.FRIDAY, ELEVEN, TWO, UTC),
                                MaintenanceWindow.monthly(15, ELEVEN, TWO, UTC),
                                MaintenanceWindow.once(
                                        Instant.parse("2026-12-24T18:00:00Z"), Instant.parse("2026-12-24T22:00:00Z")),
                                MaintenanceWindow.once(
                                        Instant.parse("2026-12-31T17:00:00Z"), Instant.parse("2027-01-01T05:00:00Z")),
                                MaintenanceWindow.cron("0 3 1 * *", Duration.ofHours(2), PARIS)));
    }

    @Test
    void takesFlappingOfACheckOverThatOfTheDefaultsOneByOne() {
        CheckDefinition defined = CheckDefinition.of(
                "defined",
                context -> CheckResult.pass(),
                c -> {},
                c -> c.flapAfter(9, Duration.ofHours(1)).inverted());
        application
                .withPropertyValues(
                        "sitemonitor.defaults.flap-within=20m",
                        "sitemonitor.checks.shop.tcp=127.0.0.1:1",
                        "sitemonitor.checks.shop.flap-after=4",
                        "sitemonitor.checks.never.tcp=127.0.0.1:1",
                        "sitemonitor.checks.never.flap-after=0",
                        "sitemonitor.checks.never.flap-within=1m",
                        "sitemonitor.checks.closed.tcp=127.0.0.1:1",
                        "sitemonitor.checks.closed.inverted=true",
                        "sitemonitor.checks.defined.flap-after=8")
                .withBean("any", CheckDefinition.class, () -> defined)
                .run(context -> {
                    assertThat(settings(context, "shop").flapping())
                            .isEqualTo(new FlapSettings(4, Duration.ofMinutes(20)));
                    assertThat(settings(context, "never").flapping())
                            .isEqualTo(new FlapSettings(0, Duration.ofMinutes(1)));
                    assertThat(settings(context, "defined").flapping())
                            .isEqualTo(new FlapSettings(8, Duration.ofHours(1)));
                    assertThat(settings(context, "closed").inverted()).isTrue();
                    assertThat(settings(context, "defined").inverted()).isTrue();
                    assertThat(settings(context, "shop").inverted()).isFalse();
                });
    }

    @Test
    void allOthersDependOnWhatTheDefaultsName() {
        application
                .withPropertyValues(
                        "sitemonitor.defaults.depends-on=gateway,dns",
                        "sitemonitor.checks.gateway.tcp=127.0.0.1:1",
                        "sitemonitor.checks.dns.tcp=127.0.0.1:1",
                        "sitemonitor.checks.shop.tcp=127.0.0.1:1",
                        "sitemonitor.checks.shop.depends-on=backlog")
                .withBean("backlog", Check.class, ScriptedCheck::passing)
                .run(context -> {
                    assertThat(settings(context, "gateway").dependsOn()).isEmpty();
                    assertThat(settings(context, "dns").dependsOn()).isEmpty();
                    assertThat(settings(context, "backlog").dependsOn()).containsExactly("dns", "gateway");
                    assertThat(settings(context, "shop").dependsOn()).containsExactly("backlog", "dns", "gateway");
                });
    }

    @Test
    void holdsTheAlertOfACheckWhoseDependencyIsDown() {
        ScriptedCheck gateway = ScriptedCheck.passing();
        ScriptedCheck shop = ScriptedCheck.passing();
        RecordingAlerts alerts = new RecordingAlerts();
        application
                .withPropertyValues("sitemonitor.defaults.every=10s", "sitemonitor.checks.shop.depends-on=gateway")
                .withBean("gateway", Check.class, () -> gateway)
                .withBean("shop", Check.class, () -> shop)
                .withBean("recorder", AlertListener.class, () -> alerts)
                .run(context -> {
                    time.advance(Duration.ofMinutes(1));
                    gateway.fails("no route");
                    shop.fails("no answer");
                    time.advance(Duration.ofMinutes(5));
                    CheckSnapshot held = snapshot(context, "shop");
                    assertThat(held.state()).isEqualTo(HealthState.DOWN);
                    assertThat(held.condition(ConditionKind.SUPPRESSED)).isPresent();
                    assertThat(alerts.alerts()).extracting(Alert::check).containsExactly("gateway");
                });
    }

    @Test
    void customizersMayAddWhatOthersDependOn() {
        application
                .withPropertyValues(
                        "sitemonitor.online-when.checks=gateway",
                        "sitemonitor.checks.shop.tcp=127.0.0.1:1",
                        "sitemonitor.checks.shop.depends-on=gateway")
                .withBean(
                        "more",
                        MonitorCustomizer.class,
                        () -> monitor -> monitor.check("gateway", c -> CheckResult.pass()))
                .run(context ->
                        assertThat(settings(context, "shop").dependsOn()).containsExactly("gateway"));
    }

    @Test
    void isolatedMonitorBelievesNoFailureAndTellsItOnceButNotByAmqpWhichHasNoWordForIt() {
        ScriptedCheck first = ScriptedCheck.passing();
        ScriptedCheck second = ScriptedCheck.passing();
        ScriptedCheck shop = ScriptedCheck.passing();
        RecordingAlerts alerts = new RecordingAlerts();
        application
                .withPropertyValues(
                        "sitemonitor.online-when.least=2",
                        "sitemonitor.online-when.checks=first,second",
                        "sitemonitor.alerts.amqp.uri=amqp://127.0.0.1:1/")
                .withBean("first", Check.class, () -> first)
                .withBean("second", Check.class, () -> second)
                .withBean("shop", Check.class, () -> shop)
                .withBean("recorder", AlertListener.class, () -> alerts)
                .run(context -> {
                    Monitor monitor = context.getBean(Monitor.class);
                    time.advance(Duration.ofMinutes(1));
                    assertThat(monitor.snapshot().isolation()).isNull();
                    second.fails("no route");
                    shop.fails("no route");
                    time.advance(Duration.ofMinutes(5));
                    assertThat(monitor.snapshot().isolation()).isNotNull();
                    assertThat(monitor.stateOf("shop")).isNotEqualTo(HealthState.DOWN);
                    assertThat(alerts.alerts()).extracting(Alert::kind).containsExactly(AlertKind.ISOLATED);
                    assertThat(monitor.alerts().deadLetters()).isEmpty();
                });
    }

    @Test
    void oneProofIsEnoughUnlessMoreAreAskedFor() {
        ScriptedCheck first = ScriptedCheck.passing();
        ScriptedCheck second = ScriptedCheck.failing("no route");
        application
                .withPropertyValues("sitemonitor.online-when.checks=first,second")
                .withBean("first", Check.class, () -> first)
                .withBean("second", Check.class, () -> second)
                .run(context -> {
                    Monitor monitor = context.getBean(Monitor.class);
                    time.advance(Duration.ofMinutes(2));
                    assertThat(monitor.snapshot().isolation()).isNull();
                    first.fails("no route");
                    time.advance(Duration.ofMinutes(2));
                    assertThat(monitor.snapshot().isolation()).isNotNull();
                });
    }

    @Test
    void asksOtherAddressesBeforeAFailureWhereAskedTo() {
        application
                .withPropertyValues(
                        "sitemonitor.checks.shop.url=http://127.0.0.1:1/",
                        "sitemonitor.checks.shop.confirm-by-other-address=true",
                        "sitemonitor.checks.gateway.tcp=127.0.0.1:1",
                        "sitemonitor.checks.gateway.confirm-by-other-address=true",
                        "sitemonitor.checks.plain.tcp=127.0.0.1:1",
                        "sitemonitor.checks.plain.confirm-by-other-address=false")
                .run(context -> {
                    HttpCheck url = HttpCheck.get("http://127.0.0.1:1/");
                    TcpCheck tcp = TcpCheck.connect("127.0.0.1", 1);
                    assertThat(isReplacedBy(context, "shop", url.confirmByOtherAddress()))
                            .isFalse();
                    assertThat(isReplacedBy(context, "gateway", tcp.confirmByOtherAddress()))
                            .isFalse();
                    assertThat(isReplacedBy(context, "plain", tcp)).isFalse();
                    assertThat(isReplacedBy(context, "shop", url)).isTrue();
                });
    }

    @Test
    void sparesHosts() {
        AtomicInteger runs = new AtomicInteger();
        application
                .withPropertyValues("sitemonitor.defaults.every=1s", "sitemonitor.per-host.gap=10s")
                .withBean("first", Check.class, () -> new OfOneHost(runs))
                .withBean("second", Check.class, () -> new OfOneHost(runs))
                .run(context -> {
                    time.advance(Duration.ofSeconds(61));
                    assertThat(runs).hasValueBetween(6, 7);
                });
    }

    @Test
    void beatsAsOftenAsAskedTo() {
        RecordingListener events = new RecordingListener();
        application
                .withPropertyValues("sitemonitor.heartbeat.every=10s")
                .withBean("events", MonitorListener.class, () -> events)
                .withBean("shop", Check.class, ScriptedCheck::passing)
                .run(context -> {
                    time.advance(Duration.ofMinutes(1));
                    assertThat(events.events(Heartbeat.class)).hasSize(6);
                    assertThat(context.getBean(Monitor.class).snapshot().heartbeat())
                            .isEqualTo(time.now());
                });
    }

    @Test
    void asksAnAddressWithEachHeartbeat() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ping", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            Runners.application()
                    .withPropertyValues(
                            "sitemonitor.heartbeat.every=1s",
                            "sitemonitor.heartbeat.url=http://127.0.0.1:"
                                    + server.getAddress().getPort() + "/ping")
                    .run(context -> await().atMost(Duration.ofSeconds(60)).until(() -> calls.get() > 1));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void defaultsAreThoseOfTheLibrary() {
        application
                .withPropertyValues("sitemonitor.zone=Europe/Paris")
                .withBean("shop", Check.class, ScriptedCheck::passing)
                .run(context -> assertThat(settings(context, "shop")).isEqualTo(CheckSettings.DEFAULT));
    }

    /** Tells whether the check that is there is another one. */
    private static boolean isReplacedBy(ApplicationContext context, String check, Check other) {
        return context.getBean(Monitor.class).put(new CheckDefinition(check, other, settings(context, check)));
    }

    private static CheckSnapshot snapshot(ApplicationContext context, String check) {
        return context.getBean(Monitor.class).snapshot().check(check).orElseThrow();
    }

    private static CheckSettings settings(ApplicationContext context, String check) {
        return snapshot(context, check).settings();
    }

    /** A check of a host that others ask, too. */
    private record OfOneHost(AtomicInteger runs) implements Check {

        @Override
        public CheckResult run(CheckContext context) {
            runs.incrementAndGet();
            return CheckResult.pass();
        }

        @Override
        public String host() {
            return "gw.internal";
        }
    }
}
