package io.sitemonitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.event.AlertDelivered;
import io.sitemonitor.event.AlertDeliveryFailed;
import io.sitemonitor.event.AlertHeld;
import io.sitemonitor.event.AlertSkipped;
import io.sitemonitor.event.AlertUndelivered;
import io.sitemonitor.event.CheckChanged;
import io.sitemonitor.event.CheckChanged.Change;
import io.sitemonitor.event.ClockStepped;
import io.sitemonitor.event.ConditionChanged;
import io.sitemonitor.event.Heartbeat;
import io.sitemonitor.event.HeartbeatMissed;
import io.sitemonitor.event.IncidentClosed;
import io.sitemonitor.event.IncidentOpened;
import io.sitemonitor.event.IsolationChanged;
import io.sitemonitor.event.ListenerFailed;
import io.sitemonitor.event.MonitorClosed;
import io.sitemonitor.event.MonitorStarted;
import io.sitemonitor.event.ProcessPaused;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.RunStuck;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.event.StoreFailed;
import io.sitemonitor.event.TargetsFailed;
import io.sitemonitor.event.TicksMissed;
import io.sitemonitor.incident.Incident;
import io.sitemonitor.state.Condition;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.state.Transition;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MonitorMetricsTest {

    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private MonitorMetrics metrics = MonitorMetrics.bindTo(registry);

    @Test
    void isCalledDirectlyAndWantsOnlyWhatItMeasures() {
        assertThat(metrics.isDirect()).isTrue();
        assertThat(metrics.wants(RunCompleted.class)).isTrue();
        assertThat(metrics.wants(TargetsFailed.class)).isFalse();
    }

    @Test
    void registersNothingBeforeAMonitorStarts() {
        change("storefront", Change.ADDED);
        run("storefront", "http", CheckResult.pass(), 5, HealthState.UP);

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void hasTheMetersOfAMonitorFromItsStartAndOfACheckFromItsAddition() {
        start();
        assertThat(ids())
                .containsExactlyInAnyOrder(
                        "sitemonitor.checks{monitor=shop,state=unknown}",
                        "sitemonitor.checks{monitor=shop,state=up}",
                        "sitemonitor.checks{monitor=shop,state=degraded}",
                        "sitemonitor.checks{monitor=shop,state=down}",
                        "sitemonitor.check.conditions{condition=flapping,monitor=shop}",
                        "sitemonitor.check.conditions{condition=maintenance,monitor=shop}",
                        "sitemonitor.check.conditions{condition=paused,monitor=shop}",
                        "sitemonitor.check.conditions{condition=stale,monitor=shop}",
                        "sitemonitor.check.conditions{condition=suppressed,monitor=shop}",
                        "sitemonitor.alerts.held{condition=flapping,monitor=shop}",
                        "sitemonitor.alerts.held{condition=maintenance,monitor=shop}",
                        "sitemonitor.alerts.held{condition=suppressed,monitor=shop}",
                        "sitemonitor.heartbeats{monitor=shop}",
                        "sitemonitor.heartbeats.missed{monitor=shop}",
                        "sitemonitor.heartbeat.age{monitor=shop}",
                        "sitemonitor.isolated{monitor=shop}",
                        "sitemonitor.process.pauses{monitor=shop}",
                        "sitemonitor.store.failures{monitor=shop}",
                        "sitemonitor.clock.steps{monitor=shop}",
                        "sitemonitor.checks.insecure{monitor=shop}",
                        "sitemonitor.incidents{monitor=shop}",
                        "sitemonitor.incidents.opened{monitor=shop}",
                        "sitemonitor.runs.stuck{monitor=shop}",
                        "sitemonitor.ticks.missed{monitor=shop}");

        Set<String> before = ids();
        change("storefront", Change.ADDED);
        assertThat(ids())
                .containsAll(before)
                .contains(
                        "sitemonitor.check.state{check=storefront,kind=http,monitor=shop}",
                        "sitemonitor.check.duration{check=storefront,failure=none,kind=http,monitor=shop,verdict=pass}")
                .hasSize(before.size() + 2);
        assertThat(checks("unknown")).isEqualTo(1);
    }

    @Test
    void measuresRunsByVerdictAndFailure() {
        start();
        change("storefront", Change.ADDED);
        run("storefront", "http", CheckResult.pass(), 5, HealthState.UP);
        run("storefront", "http", CheckResult.pass(), 7, HealthState.UP);
        run("storefront", "http", CheckResult.fail(FailureKind.STATUS, "HTTP 503"), 9, HealthState.UP);
        run("storefront", "http", CheckResult.inconclusive("paused"), 1, HealthState.UP);
        CheckResult slow = new CheckResult(Verdict.WARN, FailureKind.TIMEOUT, "slow", Evidence.none());
        run("storefront", "http", slow, 2, HealthState.UP);

        assertThat(timer("pass", "none").count()).isEqualTo(2);
        assertThat(timer("pass", "none").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(12);
        assertThat(timer("fail", "status").count()).isEqualTo(1);
        assertThat(timer("inconclusive", "none").count()).isEqualTo(1);
        assertThat(timer("warn", "timeout").count()).isEqualTo(1);
    }

    @Test
    void hasATimerOfItsOwnForEachVerdictAndFailure() {
        start();
        change("storefront", Change.ADDED);
        run("storefront", "http", CheckResult.pass(), 1, HealthState.UP);
        for (Verdict verdict : List.of(Verdict.WARN, Verdict.FAIL, Verdict.INCONCLUSIVE)) {
            if (verdict != Verdict.FAIL) {
                run("storefront", "http", new CheckResult(verdict, null, "", Evidence.none()), 1, HealthState.UP);
            }
            for (FailureKind failure : FailureKind.values()) {
                run("storefront", "http", new CheckResult(verdict, failure, "", Evidence.none()), 1, HealthState.UP);
            }
        }

        assertThat(registry.find("sitemonitor.check.duration").timers())
                .hasSize(1 + 3 * FailureKind.values().length + 2)
                .allMatch(timer -> timer.count() == 1);
    }

    @Test
    void hasTheKindOfTheCheckFromItsFirstRunOnAlsoWhenItIsReplaced() {
        start();
        change("storefront", Change.ADDED);
        run("storefront", "http", CheckResult.pass(), 5, HealthState.UP);
        assertThat(ids()).filteredOn(id -> id.contains("kind=")).allMatch(id -> id.contains("kind=http"));

        change("storefront", Change.REPLACED);
        run("storefront", "tcp", CheckResult.pass(), 5, HealthState.DOWN);
        assertThat(ids())
                .filteredOn(id -> id.contains("kind="))
                .containsExactlyInAnyOrder(
                        "sitemonitor.check.state{check=storefront,kind=tcp,monitor=shop}",
                        "sitemonitor.check.duration{check=storefront,failure=none,kind=tcp,monitor=shop,verdict=pass}");
        assertThat(state("storefront")).isEqualTo(3);
    }

    @Test
    void tellsTheStateOfEachCheckAndCountsChecksByState() {
        start();
        change("storefront", Change.ADDED);
        change("gateway", Change.ADDED);
        assertThat(state("storefront")).isZero();

        state("storefront", HealthState.UNKNOWN, HealthState.UP);
        state("gateway", HealthState.UNKNOWN, HealthState.DOWN);
        assertThat(state("storefront")).isEqualTo(1);
        assertThat(state("gateway")).isEqualTo(3);
        assertThat(List.of(checks("unknown"), checks("up"), checks("degraded"), checks("down")))
                .containsExactly(0d, 1d, 0d, 1d);

        state("storefront", HealthState.UP, HealthState.DEGRADED);
        assertThat(state("storefront")).isEqualTo(2);
        assertThat(checks("degraded")).isEqualTo(1);

        change("gateway", Change.REMOVED);
        assertThat(checks("down")).isZero();
    }

    @Test
    void takesTheStateOfARunForACheckWhoseChangeItHasNotSeen() {
        start();
        change("storefront", Change.ADDED);
        run("storefront", "http", CheckResult.pass(), 5, HealthState.UP);
        run("storefront", "http", CheckResult.pass(), 5, HealthState.UP);

        assertThat(state("storefront")).isEqualTo(1);
        assertThat(checks("up")).isEqualTo(1);
        assertThat(checks("unknown")).isZero();
    }

    @Test
    void countsIncidents() {
        start();
        Incident incident = Incident.open("shop", "storefront", AT, AT, FailureKind.STATUS, "HTTP 503");
        metrics.onEvent(new IncidentOpened(incident));
        assertThat(registry.get("sitemonitor.incidents").gauge().value()).isEqualTo(1);

        metrics.onEvent(new IncidentClosed(incident.close(AT), AT));
        assertThat(registry.get("sitemonitor.incidents").gauge().value()).isZero();
        assertThat(registry.get("sitemonitor.incidents.opened").counter().count())
                .isEqualTo(1);
    }

    @Test
    void countsAlertsByListenerAndOutcome() {
        start();
        metrics.onEvent(new AlertDeliveryFailed("shop", "email", "storefront", "1", AT, 1, "refused"));
        metrics.onEvent(new AlertDelivered("shop", "email", "storefront", "1", AT, 2, Duration.ofMillis(40)));
        metrics.onEvent(new AlertUndelivered("shop", "email", "storefront", "2", AT, 9, "expired"));
        metrics.onEvent(new AlertUndelivered("shop", "email", "storefront", "3", AT, 9, "expired"));

        metrics.onEvent(new AlertSkipped("shop", "email", "storefront", "4", AT, "over"));

        assertThat(alerts("skipped")).isEqualTo(1);
        assertThat(alerts("delivered")).isEqualTo(1);
        assertThat(alerts("failed")).isEqualTo(1);
        assertThat(alerts("undelivered")).isEqualTo(2);
        assertThat(registry.get("sitemonitor.alert.lag")
                        .tag("listener", "email")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(40);
    }

    @Test
    void countsWhatGoesWrong() {
        start();
        metrics.onEvent(new RunStuck("shop", "storefront", AT, Duration.ofSeconds(11)));
        metrics.onEvent(new TicksMissed("shop", "storefront", AT, 4));
        metrics.onEvent(new ListenerFailed("shop", "page", AT, 7, "slow"));
        metrics.onEvent(new ListenerFailed("shop", "page", AT, 7, "threw"));

        assertThat(registry.get("sitemonitor.runs.stuck").counter().count()).isEqualTo(1);
        assertThat(registry.get("sitemonitor.ticks.missed").counter().count()).isEqualTo(4);
        assertThat(registry.get("sitemonitor.listener.failures")
                        .tag("listener", "page")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("sitemonitor.listener.lost")
                        .tag("listener", "page")
                        .gauge()
                        .value())
                .isEqualTo(7);
    }

    @Test
    void countsChecksByConditionWhateverElseIsToldOfIt() {
        metrics = metrics.maxChecks(1);
        start();
        change("storefront", Change.ADDED);
        change("gateway", Change.ADDED);
        condition("storefront", ConditionKind.MAINTENANCE, true);
        condition("storefront", ConditionKind.MAINTENANCE, true);
        condition("storefront", ConditionKind.FLAPPING, true);
        condition("gateway", ConditionKind.MAINTENANCE, true);
        condition("gateway", ConditionKind.STALE, false);
        condition("unknown", ConditionKind.STALE, true);
        assertThat(conditions("maintenance")).isEqualTo(2);
        assertThat(conditions("flapping")).isEqualTo(1);
        assertThat(conditions("stale")).isZero();

        condition("storefront", ConditionKind.MAINTENANCE, false);
        assertThat(conditions("maintenance")).isEqualTo(1);
        change("gateway", Change.REMOVED);
        condition("gateway", ConditionKind.MAINTENANCE, false);
        change("storefront", Change.REMOVED);
        assertThat(List.of(conditions("maintenance"), conditions("flapping"))).containsExactly(0d, 0d);
    }

    @Test
    void countsChecksThatDoWithoutAProtection() {
        start();
        insecure("storefront", Change.ADDED, true);
        insecure("gateway", Change.ADDED, true);
        insecure("bank", Change.ADDED, false);
        assertThat(insecure()).isEqualTo(2);

        insecure("storefront", Change.REPLACED, false);
        insecure("bank", Change.REPLACED, true);
        insecure("bank", Change.REPLACED, true);
        change("bank", Change.PAUSED);
        assertThat(insecure()).isEqualTo(2);

        insecure("gateway", Change.REMOVED, true);
        insecure("bank", Change.REMOVED, true);
        assertThat(insecure()).isZero();
    }

    @Test
    void countsOutagesThatAreNotToldByWhatHoldsThem() {
        start();
        held(ConditionKind.SUPPRESSED);
        held(ConditionKind.SUPPRESSED);
        held(ConditionKind.MAINTENANCE);
        held(ConditionKind.PAUSED);

        assertThat(registry.find("sitemonitor.alerts.held").counters())
                .extracting(counter -> counter.getId().getTag("condition") + " " + Math.round(counter.count()))
                .containsExactlyInAnyOrder("suppressed 2", "maintenance 1", "flapping 0");
    }

    @Test
    @DisplayName("P21: the age of the heartbeat grows from the start on and when heartbeats stay away")
    void tellsTheAgeOfTheHeartbeatAlsoBeforeTheFirstAndAfterTheLast() {
        MockClock clock = new MockClock();
        SimpleMeterRegistry timed = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
        metrics = MonitorMetrics.bindTo(timed);
        clock.add(Duration.ofHours(1));
        start();
        Gauge age = timed.get("sitemonitor.heartbeat.age").gauge();
        assertThat(age.value()).isZero();
        clock.add(Duration.ofMillis(2_500));
        assertThat(age.value()).isEqualTo(2.5);

        metrics.onEvent(new Heartbeat("shop", AT, 3));
        assertThat(age.value()).isZero();
        clock.add(Duration.ofMinutes(1));
        metrics.onEvent(new HeartbeatMissed("shop", AT, "check 'storefront' does not run"));
        clock.add(Duration.ofMinutes(1));
        assertThat(age.value()).isEqualTo(120);
        assertThat(timed.get("sitemonitor.heartbeats").counter().count()).isEqualTo(1);
        assertThat(timed.get("sitemonitor.heartbeats.missed").counter().count()).isEqualTo(1);
    }

    @Test
    void tellsWhatTheMonitorItselfGoesThrough() {
        start();
        assertThat(registry.get("sitemonitor.isolated").gauge().value()).isZero();
        metrics.onEvent(new IsolationChanged("shop", AT, true, "all proofs fail"));
        metrics.onEvent(new ProcessPaused("shop", AT, Duration.ofSeconds(20)));
        metrics.onEvent(new ProcessPaused("shop", AT, Duration.ofSeconds(3)));
        metrics.onEvent(new StoreFailed("shop", AT, "no room"));
        metrics.onEvent(new ClockStepped("shop", AT, Duration.ofHours(-1)));

        assertThat(registry.get("sitemonitor.isolated").gauge().value()).isEqualTo(1);
        assertThat(registry.get("sitemonitor.process.pauses").counter().count()).isEqualTo(2);
        assertThat(registry.get("sitemonitor.clock.steps").counter().count()).isEqualTo(1);
        assertThat(registry.get("sitemonitor.store.failures").counter().count()).isEqualTo(1);
        metrics.onEvent(new IsolationChanged("shop", AT, false, "1 of 2 passes"));
        assertThat(registry.get("sitemonitor.isolated").gauge().value()).isZero();
    }

    @Test
    void removesTheMetersOfACheckWithTheCheck() {
        start();
        Set<String> before = ids();
        change("storefront", Change.ADDED);
        run("storefront", "http", CheckResult.fail("no"), 5, HealthState.UP);
        change("storefront", Change.REMOVED);
        run("storefront", "http", CheckResult.pass(), 5, HealthState.UP);

        assertThat(ids()).isEqualTo(before);
    }

    @Test
    @DisplayName("P24: no meter is left after the monitor was closed, and a hundred rounds leave none")
    void leavesNoMeterBehind() {
        for (int round = 0; round < 100; round++) {
            everything();
            assertThat(registry.getMeters()).hasSizeGreaterThan(30);
            metrics.onEvent(new MonitorClosed("shop", AT, 0));
            run("storefront", "http", CheckResult.fail(FailureKind.DNS, "late"), 5, HealthState.UP);
            metrics.onEvent(new AlertDelivered("shop", "late", "storefront", "1", AT, 2, Duration.ZERO));

            assertThat(registry.getMeters()).isEmpty();
        }
    }

    @Test
    void groupsChecksBeyondTheLimitByKindAndSaysSoOnce() {
        Logger logger = (Logger) LoggerFactory.getLogger(MonitorMetrics.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            metrics = metrics.maxChecks(2);
            start();
            for (int i = 0; i < 5; i++) {
                change("check-" + i, Change.ADDED);
                run("check-" + i, i == 4 ? "tcp" : "http", CheckResult.pass(), 5, HealthState.UP);
            }
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("[shop] 2 checks have meters of their own; those beyond share meters with"
                        + " check=\"other\" (see maxChecks)");
        assertThat(values("check")).containsExactlyInAnyOrder("check-0", "check-1", "other");
        assertThat(registry.get("sitemonitor.check.duration")
                        .tags("check", "other", "kind", "http")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("sitemonitor.check.duration")
                        .tags("check", "other", "kind", "tcp")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.find("sitemonitor.check.state").gauges()).hasSize(2);
        assertThat(checks("up")).isEqualTo(5);

        change("check-0", Change.REMOVED);
        change("check-3", Change.REMOVED);
        change("check-9", Change.ADDED);
        change("check-10", Change.ADDED);
        assertThat(values("check")).containsExactlyInAnyOrder("check-1", "check-9", "other");
    }

    @Test
    void countsACheckThatIsItselfCalledOtherWithTheGroup() {
        start();
        change("other", Change.ADDED);
        run("other", "http", CheckResult.pass(), 5, HealthState.UP);
        change("other", Change.REMOVED);

        assertThat(values("check")).containsExactly("other");
        assertThat(registry.find("sitemonitor.check.state").gauges()).isEmpty();
    }

    @Test
    void servesSeveralMonitorsAtOnce() {
        everything();
        metrics.onEvent(new MonitorStarted("bank", AT, 1));
        metrics.onEvent(new CheckChanged("bank", "storefront", "http", AT, Change.ADDED, false));
        metrics.onEvent(new MonitorClosed("shop", AT, 0));

        assertThat(values("monitor")).containsExactly("bank");
        metrics.onEvent(
                new RunCompleted("bank", "storefront", "tcp", AT, Duration.ZERO, CheckResult.pass(), HealthState.UP));
        assertThat(registry.get("sitemonitor.checks")
                        .tags("monitor", "bank", "state", "up")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void hasTheSameTagsOnAllMetersOfAName() {
        metrics = metrics.maxChecks(1);
        everything();

        Map<String, Set<List<String>>> keys = registry.getMeters().stream()
                .collect(Collectors.groupingBy(
                        meter -> meter.getId().getName(),
                        Collectors.mapping(
                                meter -> meter.getId().getTags().stream()
                                        .map(Tag::getKey)
                                        .toList(),
                                Collectors.toSet())));
        assertThat(keys).allSatisfy((name, sets) -> assertThat(sets).hasSize(1));
        assertThat(keys).hasSize(21);
    }

    @Test
    void keepsItsGaugesAliveWithoutHelp() {
        start();
        change("storefront", Change.ADDED);
        state("storefront", HealthState.UNKNOWN, HealthState.UP);
        condition("storefront", ConditionKind.PAUSED, true);
        metrics.onEvent(new IsolationChanged("shop", AT, true, "all proofs fail"));
        MonitorMetrics.bindTo(registry).onEvent(new MonitorStarted("bank", AT, 0));
        MeterRegistry all = registry;
        metrics = null;
        for (int i = 0; i < 3; i++) {
            System.gc();
        }

        assertThat(all.get("sitemonitor.check.state").gauge().value()).isEqualTo(1);
        assertThat(conditions("paused")).isEqualTo(1);
        assertThat(all.get("sitemonitor.isolated")
                        .tag("monitor", "shop")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(all.get("sitemonitor.heartbeat.age")
                        .tag("monitor", "shop")
                        .gauge()
                        .value())
                .isNotNaN();
        assertThat(all.find("sitemonitor.check.conditions")
                        .tag("monitor", "bank")
                        .gauges())
                .hasSize(5)
                .allMatch(gauge -> gauge.value() == 0);
        assertThat(all.find("sitemonitor.checks").tag("monitor", "bank").gauges())
                .hasSize(4)
                .allMatch(gauge -> gauge.value() == 0);
        assertThat(all.get("sitemonitor.incidents")
                        .tag("monitor", "bank")
                        .gauge()
                        .value())
                .isZero();
    }

    @Test
    void showsInAScrapeOfPrometheus() {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        metrics = MonitorMetrics.bindTo(prometheus).maxChecks(2);
        everything();

        assertThat(prometheus.scrape())
                .contains(
                        "sitemonitor_check_duration_seconds_count{check=\"storefront\",failure=\"none\",kind=\"http\","
                                + "monitor=\"shop\",verdict=\"pass\"} 1\n",
                        "sitemonitor_check_duration_seconds_count{check=\"gateway\",failure=\"connect\",kind=\"tcp\","
                                + "monitor=\"shop\",verdict=\"fail\"} 1\n",
                        "sitemonitor_check_duration_seconds_count{check=\"other\",failure=\"none\",kind=\"http\","
                                + "monitor=\"shop\",verdict=\"pass\"} 1\n",
                        "sitemonitor_check_state{check=\"storefront\",kind=\"http\",monitor=\"shop\"} 1.0\n",
                        "sitemonitor_check_state{check=\"gateway\",kind=\"tcp\",monitor=\"shop\"} 3.0\n",
                        "sitemonitor_checks{monitor=\"shop\",state=\"down\"} 1.0\n",
                        "sitemonitor_check_conditions{condition=\"maintenance\",monitor=\"shop\"} 1.0\n",
                        "sitemonitor_check_conditions{condition=\"stale\",monitor=\"shop\"} 0.0\n",
                        "sitemonitor_alerts_held_total{condition=\"maintenance\",monitor=\"shop\"} 1.0\n",
                        "sitemonitor_heartbeats_total{monitor=\"shop\"} 1.0\n",
                        "sitemonitor_heartbeats_missed_total{monitor=\"shop\"} 1.0\n",
                        "sitemonitor_heartbeat_age_seconds{monitor=\"shop\"} ",
                        "sitemonitor_isolated{monitor=\"shop\"} 1.0\n",
                        "sitemonitor_process_pauses_total{monitor=\"shop\"} 1.0\n",
                        "sitemonitor_clock_steps_total{monitor=\"shop\"} 1.0\n",
                        "sitemonitor_incidents{monitor=\"shop\"} 1.0\n",
                        "sitemonitor_incidents_opened_total{monitor=\"shop\"} 1.0\n",
                        "sitemonitor_alerts_total{listener=\"email\",monitor=\"shop\",outcome=\"delivered\"} 1.0\n",
                        "sitemonitor_alerts_total{listener=\"email\",monitor=\"shop\",outcome=\"failed\"} 0.0\n",
                        "sitemonitor_alert_lag_seconds_count{listener=\"email\",monitor=\"shop\"} 1\n",
                        "sitemonitor_runs_stuck_total{monitor=\"shop\"} 1.0\n",
                        "sitemonitor_ticks_missed_total{monitor=\"shop\"} 2.0\n",
                        "sitemonitor_listener_failures_total{listener=\"page\",monitor=\"shop\"} 1.0\n",
                        "sitemonitor_listener_lost{listener=\"page\",monitor=\"shop\"} 3.0\n");

        metrics.onEvent(new MonitorClosed("shop", AT, 0));
        assertThat(prometheus.scrape()).doesNotContain("shop");
    }

    @Test
    void allocatesNothingPerRunOnceItsTimerExists() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        start();
        change("storefront", Change.ADDED);
        RunCompleted run = new RunCompleted(
                "shop", "storefront", "http", AT, Duration.ofMillis(5), CheckResult.pass(), HealthState.UP);
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 50_000; i++) {
                metrics.onEvent(run);
            }
            allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(allocated).isLessThan(50_000);
    }

    @Test
    void countsEveryRunWhenManyThreadsTellAtOnce() throws Exception {
        metrics = metrics.maxChecks(4);
        start();
        int threads = 8;
        CyclicBarrier begin = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> all = IntStream.range(0, threads)
                    .mapToObj(thread -> pool.<Void>submit(() -> {
                        begin.await();
                        change("check-" + thread, Change.ADDED);
                        for (int i = 0; i < 1_000; i++) {
                            CheckResult result = i % 2 == 0 ? CheckResult.pass() : CheckResult.fail("no");
                            HealthState state = HealthState.values()[i % 4];
                            run("check-" + thread, "http", result, 1, state);
                        }
                        return null;
                    }))
                    .toList();
            for (Future<Void> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(registry.find("sitemonitor.check.duration").timers().stream()
                        .mapToLong(Timer::count)
                        .sum())
                .isEqualTo(8_000);
        assertThat(checks("down")).isEqualTo(8);
        assertThat(registry.find("sitemonitor.check.state").gauges()).hasSize(4);

        metrics.onEvent(new MonitorClosed("shop", AT, 0));
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void refusesWhatIsNoLimitAndNoRegistry() {
        assertThatThrownBy(() -> metrics.maxChecks(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxChecks must be at least 0, but was -1");
        assertThatThrownBy(() -> MonitorMetrics.bindTo(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("registry");
    }

    private void everything() {
        start();
        for (String check : List.of("storefront", "gateway", "search")) {
            change(check, Change.ADDED);
        }
        run("storefront", "http", CheckResult.pass(), 5, HealthState.UP);
        run("gateway", "tcp", CheckResult.fail(FailureKind.CONNECT, "refused"), 5, HealthState.UNKNOWN);
        state("gateway", HealthState.UNKNOWN, HealthState.DOWN);
        run("search", "http", CheckResult.pass(), 5, HealthState.UP);
        metrics.onEvent(new IncidentOpened(Incident.open("shop", "gateway", AT, AT, FailureKind.CONNECT, "refused")));
        metrics.onEvent(new AlertDelivered("shop", "email", "gateway", "1", AT, 1, Duration.ofMillis(40)));
        condition("gateway", ConditionKind.MAINTENANCE, true);
        held(ConditionKind.MAINTENANCE);
        metrics.onEvent(new Heartbeat("shop", AT, 3));
        metrics.onEvent(new HeartbeatMissed("shop", AT, "check 'storefront' does not run"));
        metrics.onEvent(new IsolationChanged("shop", AT, true, "all proofs fail"));
        metrics.onEvent(new ProcessPaused("shop", AT, Duration.ofSeconds(20)));
        metrics.onEvent(new ClockStepped("shop", AT, Duration.ofHours(-1)));
        metrics.onEvent(new RunStuck("shop", "storefront", AT, Duration.ofSeconds(11)));
        metrics.onEvent(new TicksMissed("shop", "storefront", AT, 2));
        metrics.onEvent(new ListenerFailed("shop", "page", AT, 3, "slow"));
    }

    private void start() {
        metrics.onEvent(new MonitorStarted("shop", AT, 0));
    }

    private void change(String check, Change change) {
        metrics.onEvent(new CheckChanged("shop", check, "http", AT, change, false));
    }

    private void insecure(String check, Change change, boolean insecure) {
        metrics.onEvent(new CheckChanged("shop", check, "http", AT, change, insecure));
    }

    private double insecure() {
        return registry.get("sitemonitor.checks.insecure")
                .tags("monitor", "shop")
                .gauge()
                .value();
    }

    private void run(String check, String kind, CheckResult result, int millis, HealthState state) {
        metrics.onEvent(new RunCompleted("shop", check, kind, AT, Duration.ofMillis(millis), result, state));
    }

    private void state(String check, HealthState from, HealthState to) {
        metrics.onEvent(new StateChanged("shop", check, new Transition(from, to, AT, AT, 1), CheckResult.pass()));
    }

    private void condition(String check, ConditionKind kind, boolean holds) {
        metrics.onEvent(new ConditionChanged("shop", check, AT, new Condition(kind, "because", AT, null), holds));
    }

    private void held(ConditionKind kind) {
        metrics.onEvent(new AlertHeld("shop", "gateway", AT, "1", new Condition(kind, "because", AT, null)));
    }

    private double conditions(String condition) {
        return registry.get("sitemonitor.check.conditions")
                .tags("monitor", "shop", "condition", condition)
                .gauge()
                .value();
    }

    private double state(String check) {
        return registry.get("sitemonitor.check.state")
                .tag("check", check)
                .gauge()
                .value();
    }

    private double checks(String state) {
        return registry.get("sitemonitor.checks").tag("state", state).gauge().value();
    }

    private double alerts(String outcome) {
        Counter counter = registry.get("sitemonitor.alerts")
                .tags("listener", "email", "outcome", outcome)
                .counter();
        return counter.count();
    }

    private Timer timer(String verdict, String failure) {
        return registry.get("sitemonitor.check.duration")
                .tags("check", "storefront", "kind", "http", "verdict", verdict, "failure", failure)
                .timer();
    }

    private Set<String> values(String tag) {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getTag(tag))
                .filter(value -> value != null)
                .collect(Collectors.toSet());
    }

    private Set<String> ids() {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .map(id -> id.getName()
                        + id.getTags().stream()
                                .map(tag -> tag.getKey() + "=" + tag.getValue())
                                .collect(Collectors.joining(",", "{", "}")))
                .collect(Collectors.toSet());
    }
}
