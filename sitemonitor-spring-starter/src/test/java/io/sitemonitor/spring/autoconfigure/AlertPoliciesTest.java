package io.sitemonitor.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.Monitor;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertPolicy;
import io.sitemonitor.alert.AlertPolicyBuilder;
import io.sitemonitor.alert.PlannedAlert;
import io.sitemonitor.check.Check;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.RecordingAlerts;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Policies of alert listeners that stand in properties: each option arrives, and they act. */
class AlertPoliciesTest {

    private static final String AMQP = "siteMonitorAmqp";
    private static final String POLICIES = "sitemonitor.alerts.policies.";

    private final ManualTime time = Runners.time(); // a Sunday
    private final RecordingAlerts chat = new RecordingAlerts();
    private final RecordingAlerts boss = new RecordingAlerts();
    private final ScriptedCheck shop = ScriptedCheck.failing("HTTP 503");
    private final ApplicationContextRunner application = Runners.applicationIn(time)
            .withPropertyValues("sitemonitor.defaults.down-after=1", "sitemonitor.defaults.every=1m")
            .withBean("shop", Check.class, () -> shop)
            .withBean("chat", AlertListener.class, () -> chat)
            .withBean("boss", AlertListener.class, () -> boss);

    @Test
    void everyOptionArrives() {
        AlertPolicy policy = policy(
                "kinds=down,degraded",
                "at-least=error",
                "checks=shop-*,gateway",
                "labels.team=web,data",
                "labels.[data center]=1",
                "after=15m",
                "remind-every=3600",
                "working-hours[0].time=08:00-18:00",
                "working-hours[0].days=mon,tue",
                "working-hours[0].zone=UTC",
                "budget.per-day=20",
                "budget.zone=Africa/Nairobi",
                "budget.spill-over=mail",
                "digest.more-than=3",
                "digest.within=45s",
                "digest.group-by=team",
                "standby=true",
                "timeout=20s",
                "retry.first=2s",
                "retry.longest=1m",
                "expire-after=2h",
                "capacity=50");

        assertThat(policy.kinds()).containsExactlyInAnyOrder(AlertKind.DOWN, AlertKind.DEGRADED);
        assertThat(policy.after()).isEqualTo(Duration.ofMinutes(15));
        assertThat(policy.remindEvery()).isEqualTo(Duration.ofHours(1));
        assertThat(policy.nextOpen(Instant.parse("2026-11-22T12:00:00Z"))) // a Sunday
                .isEqualTo("2026-11-23T08:00:00Z");
        assertThat(policy.budget()).isEqualTo(new AlertPolicy.Budget(20, ZoneId.of("Africa/Nairobi"), "mail"));
        assertThat(policy.digest()).isEqualTo(new AlertPolicy.Digest(3, Duration.ofSeconds(45), "team"));
        assertThat(policy.isStandby()).isTrue();
        assertThat(policy.timeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(policy.firstRetry()).isEqualTo(Duration.ofSeconds(2));
        assertThat(policy.longestRetry()).isEqualTo(Duration.ofMinutes(1));
        assertThat(policy.expireAfter()).isEqualTo(Duration.ofHours(2));
        assertThat(policy.capacity()).isEqualTo(50);
    }

    @Test
    void whatIsNotSetStaysAsItIs() {
        assertThat(policy())
                .usingRecursiveComparison()
                .isEqualTo(AlertPolicy.builder().named("pager").build());
        AlertPolicyBuilder builder = AlertPolicy.builder().retry(Duration.ofMillis(100), Duration.ofSeconds(1));
        policies("retry.first=200ms").apply("pager", builder);
        assertThat(builder.build().firstRetry()).isEqualTo(Duration.ofMillis(200));
        assertThat(builder.build().longestRetry()).isEqualTo(Duration.ofSeconds(1));
        policies("retry.longest=2s").apply("pager", builder);
        assertThat(builder.build().firstRetry()).isEqualTo(Duration.ofMillis(200));
        assertThat(builder.build().longestRetry()).isEqualTo(Duration.ofSeconds(2));
        policies("retry.first=5s", "retry.longest=10s").apply("pager", builder);
        assertThat(builder.build().firstRetry()).isEqualTo(Duration.ofSeconds(5));
        assertThat(builder.build().longestRetry()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void daysOfABudgetAreThoseOfItsZoneOrOfAllOrOfUtc() {
        assertThat(policy("budget.per-day=5").budget()).isEqualTo(new AlertPolicy.Budget(5, ZoneOffset.UTC, null));
        AlertPolicyBuilder builder = AlertPolicy.builder();
        AlertPolicies.of(
                        bound(Map.of("sitemonitor.zone", "Europe/Paris", POLICIES + "pager.budget.per-day", "5")),
                        List.of("pager"))
                .apply("pager", builder);
        assertThat(builder.build().budget()).isEqualTo(new AlertPolicy.Budget(5, ZoneId.of("Europe/Paris"), null));
    }

    @Test
    void findsListenersByTheNamesOfTheirPropertiesToo() {
        List<String> listeners = List.of("google-chat", "siteMonitorEmail", "siteMonitorIncidentLog", "siteMonitorSms");
        assertThat(ListenerNames.find("siteMonitorEmail", listeners)).isEqualTo("siteMonitorEmail");
        assertThat(ListenerNames.find("email", listeners)).isEqualTo("siteMonitorEmail");
        assertThat(ListenerNames.find("incident-log", listeners)).isEqualTo("siteMonitorIncidentLog");
        assertThat(ListenerNames.find("googlechat", listeners)).isEqualTo("google-chat");
        assertThat(ListenerNames.find("mail", listeners)).isNull();
        assertThat(ListenerNames.find("email", List.of("siteMonitorEmail", "Email", "email")))
                .isEqualTo("email");
        assertThat(ListenerNames.find("email", List.of("siteMonitorEmail", "Email")))
                .isEqualTo("Email");
    }

    @Test
    void escalates() {
        application
                .withPropertyValues(POLICIES + "chat.remind-every=1h", POLICIES + "boss.after=45m")
                .run(context -> {
                    time.advance(Duration.ofMinutes(44));
                    assertThat(chat.kinds()).containsExactly(AlertKind.DOWN);
                    assertThat(boss.kinds()).isEmpty();

                    time.advance(Duration.ofMinutes(2));
                    assertThat(boss.kinds()).containsExactly(AlertKind.DOWN);

                    time.advance(Duration.ofMinutes(15));
                    assertThat(chat.kinds()).containsExactly(AlertKind.DOWN, AlertKind.REMINDER);

                    shop.passes();
                    time.advance(Duration.ofMinutes(10));
                    assertThat(chat.kinds()).endsWith(AlertKind.RECOVERED);
                    assertThat(boss.kinds()).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
                });
    }

    @Test
    void holdsUntilWorkingHours() {
        application
                .withPropertyValues(
                        "sitemonitor.zone=UTC",
                        POLICIES + "chat.working-hours[0].time=08:00-18:00",
                        POLICIES + "chat.working-hours[0].days=mon,tue,wed,thu,fri")
                .run(context -> {
                    time.advanceTo(Instant.parse("2026-11-23T07:59:00Z"));
                    assertThat(chat.kinds()).isEmpty();
                    assertThat(boss.kinds()).containsExactly(AlertKind.DOWN);

                    time.advanceTo(Instant.parse("2026-11-23T08:01:00Z"));
                    assertThat(chat.kinds()).containsExactly(AlertKind.DOWN);
                });
    }

    @Test
    void spillsOver() {
        application
                .withPropertyValues(
                        POLICIES + "chat.budget.per-day=2",
                        POLICIES + "chat.budget.spill-over=boss",
                        POLICIES + "boss.standby=true")
                .withBean("gateway", Check.class, () -> ScriptedCheck.failing("refused"))
                .run(context -> {
                    time.advance(Duration.ofMinutes(5));
                    assertThat(chat.kinds()).containsExactly(AlertKind.DOWN);
                    assertThat(boss.kinds()).containsExactly(AlertKind.DOWN);
                    assertThat(boss.alerts().get(0).check())
                            .isNotEqualTo(chat.alerts().get(0).check());
                });
    }

    @Test
    void selects() {
        application
                .withPropertyValues(
                        "sitemonitor.checks.shop.labels.team=web",
                        POLICIES + "chat.labels.team=web,data",
                        POLICIES + "boss.labels.team=data")
                .run(context -> {
                    time.advance(Duration.ofMinutes(5));
                    assertThat(chat.kinds()).containsExactly(AlertKind.DOWN);
                    assertThat(boss.kinds()).isEmpty();
                });
        ApplicationContextRunner selecting = application.withPropertyValues(
                "sitemonitor.checks.shop.labels.severity=warning",
                POLICIES + "chat.kinds=down,degraded",
                POLICIES + "chat.at-least=warning",
                POLICIES + "chat.checks=sh*",
                POLICIES + "boss.kinds=down,degraded",
                POLICIES + "boss.at-least=error");
        selecting.run(context -> {
            Monitor monitor = context.getBean(Monitor.class);
            assertThat(decision(monitor, "chat", AlertKind.DEGRADED)).isEqualTo(PlannedAlert.Decision.NOW);
            assertThat(decision(monitor, "boss", AlertKind.DEGRADED)).isEqualTo(PlannedAlert.Decision.NOT);
        });
        selecting
                .withPropertyValues(POLICIES + "chat.checks=other-*")
                .run(context -> assertThat(decision(context.getBean(Monitor.class), "chat", AlertKind.DEGRADED))
                        .isEqualTo(PlannedAlert.Decision.NOT));
    }

    @Test
    void whatAmqpHasStaysUnlessOverridden() {
        ApplicationContextRunner amqp = application.withPropertyValues(
                "sitemonitor.alerts.amqp.uri=amqp://127.0.0.1:1/", "sitemonitor.close-within=0");
        amqp.run(context -> assertThat(decision(context.getBean(Monitor.class), AMQP, AlertKind.DEGRADED))
                .isEqualTo(PlannedAlert.Decision.NOT));
        amqp.withPropertyValues(POLICIES + "amqp.after=1h")
                .run(context -> assertThat(decision(context.getBean(Monitor.class), AMQP, AlertKind.DEGRADED))
                        .isEqualTo(PlannedAlert.Decision.NOT));
        amqp.withPropertyValues(POLICIES + "siteMonitorAmqp.kinds=down,degraded")
                .run(context -> assertThat(decision(context.getBean(Monitor.class), AMQP, AlertKind.DEGRADED))
                        .isEqualTo(PlannedAlert.Decision.NOW));
    }

    private static PlannedAlert.Decision decision(Monitor monitor, String listener, AlertKind kind) {
        return monitor.alerts().plan("shop", kind).stream()
                .filter(plan -> plan.listener().equals(listener))
                .findFirst()
                .orElseThrow()
                .decision();
    }

    private static AlertPolicy policy(String... properties) {
        AlertPolicyBuilder builder = AlertPolicy.builder().named("pager");
        policies(properties).apply("pager", builder);
        return builder.build();
    }

    private static AlertPolicies policies(String... properties) {
        Map<String, String> all = new HashMap<>();
        for (String property : properties) {
            int equals = property.indexOf('=');
            all.put(POLICIES + "pager." + property.substring(0, equals), property.substring(equals + 1));
        }
        return AlertPolicies.of(bound(all), List.of("pager", "mail"));
    }

    private static SiteMonitorProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate(SiteMonitorProperties.PREFIX, SiteMonitorProperties.class);
    }
}
