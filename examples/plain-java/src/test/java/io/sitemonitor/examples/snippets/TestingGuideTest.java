package io.sitemonitor.examples.snippets;

import static io.sitemonitor.state.ConditionKind.SUPPRESSED;
import static io.sitemonitor.state.HealthState.DOWN;
import static io.sitemonitor.state.HealthState.UP;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.check.tcp.TcpCheck;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.Replay;
import io.sitemonitor.testing.ResultLog;
import io.sitemonitor.testing.ScriptedCheck;
import io.sitemonitor.testing.ScriptedWorld;
import io.sitemonitor.testing.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code of the guide on testing alert rules: what it shows is run here. */
class TestingGuideTest {

    @TempDir
    private Path folder;

    // tag::testing-rules
    /** The alert rules of the shop. The checks are handed in, so that a test can hand in others. */
    static MonitorBuilder rules(Check gateway, Check shop, Check search) {
        return Monitor.named("shop")
                .defaults(c -> c.every(ofSeconds(30))
                        .retryEvery(ofSeconds(5))
                        .downAfter(3)
                        .upAfter(2))
                .check("gateway", gateway)
                .check("shop", shop, c -> c.dependsOn("gateway"))
                .check("search", search, c -> c.dependsOn("gateway").downAfter(5));
    }
    // end::testing-rules

    static Monitor production() {
        // tag::testing-production
        Monitor monitor = rules(
                        TcpCheck.connect("gw.internal", 443),
                        HttpCheck.get("https://shop.example/"),
                        HttpCheck.get("https://search.example/"))
                .alert(alert -> System.out.println(alert.summary()))
                .start();
        // end::testing-production
        return monitor;
    }

    // tag::testing-fixture
    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-03-01T12:00:00Z"));
    private final Timeline timeline = Timeline.on(time);
    private final ScriptedCheck shop = ScriptedCheck.passing();
    private Monitor monitor = rules(ScriptedCheck.passing(), shop, ScriptedCheck.passing())
            .runOn(time)
            .warmUp(ZERO) // all first runs at once
            .alert(timeline)
            .listener(timeline)
            .start();

    @AfterEach
    void close() {
        monitor.close();
    }
    // end::testing-fixture

    // tag::testing-thresholds
    @Test
    void threeFailuresInARowAreAnOutageAndTwoAreNot() {
        CheckResult refused = CheckResult.fail(FailureKind.CONNECT, "refused");
        time.at(ofMinutes(5), () -> shop.first(refused, refused));
        time.at(ofMinutes(10), () -> shop.first(refused, refused, refused));
        time.advance(ofMinutes(15));

        timeline.until(ofMinutes(10)).noAlerts();
        timeline.between(ofMinutes(10), ofMinutes(12)).alertsExactly("DOWN shop", "RECOVERED shop");
        timeline.whole().statesOf("shop", UP, DOWN, UP).alertsOf("search");
    }
    // end::testing-thresholds

    // tag::testing-slow
    @Test
    void aSlowShopIsAnOutageOnceItExceedsItsTimeout() {
        time.at(ofMinutes(5), () -> shop.takes(ofSeconds(9))); // the timeout is 10 s
        time.at(ofMinutes(10), () -> shop.takes(ofSeconds(11)));
        time.advance(ofMinutes(15));

        timeline.until(ofMinutes(10)).noAlerts();
        timeline.since(ofMinutes(10)).alertsExactly("DOWN shop");
    }
    // end::testing-slow

    // tag::testing-world
    private void startIn(ScriptedWorld world) {
        monitor.close();
        monitor = rules(world.check("gateway"), world.check("shop"), world.check("search"))
                .runOn(time)
                .warmUp(ZERO)
                .alert(timeline)
                .listener(timeline)
                .start();
    }

    @Test
    void whenTheGatewayFallsOnlyTheGatewayIsTold() {
        ScriptedWorld world = ScriptedWorld.on(time)
                .noting(timeline::note)
                .behind("gateway", "shop", "search")
                .group("rack 7", "shop", "search");
        startIn(world);
        time.at(ofMinutes(5), () -> world.fail("gateway", "no route"));
        time.at(ofMinutes(15), () -> world.restore("gateway"));
        time.at(ofMinutes(40), () -> world.fail("rack 7", "no power"));
        time.at(ofMinutes(50), () -> world.restore("rack 7"));
        time.advance(ofHours(1));

        timeline.between(ofMinutes(5), ofMinutes(40))
                .alertsExactly("DOWN gateway", "RECOVERED gateway")
                .conditionsOf("shop", SUPPRESSED);
        timeline.since(ofMinutes(40))
                .alertsInAnyOrder("DOWN shop", "DOWN search", "RECOVERED shop", "RECOVERED search");
    }
    // end::testing-world

    // tag::testing-maintenance
    @Test
    void aPlannedRestartIsNotTold() {
        time.at(ofMinutes(5), () -> monitor.openMaintenance("release 2.1", ofMinutes(10), "shop"));
        time.at(ofMinutes(6), () -> shop.fails("HTTP 503"));
        time.at(ofMinutes(12), shop::passes);
        time.advance(ofHours(1));

        timeline.whole().noAlerts();
    }
    // end::testing-maintenance

    // tag::testing-freeze
    @Test
    void aHostThatStandsStillBlamesNobody() {
        shop.takes(ofSeconds(1));
        time.at(ofMinutes(5), () -> time.freeze(ofMinutes(10))); // such as a long collection
        time.at(ofMinutes(30), () -> time.suspend(ofHours(8))); // a laptop that sleeps
        time.advance(ofHours(1));

        timeline.whole().noAlerts();
        assertThat(time.elapsed()).isGreaterThan(ofHours(8));
        assertThat(monitor.isUp("shop")).isTrue();
    }
    // end::testing-freeze

    // tag::testing-clock
    @Test
    void aClockThatJumpsNeitherMakesAnAlertNorHidesOne() {
        time.at(ofMinutes(5), () -> time.stepWallClock(ofDays(1)));
        time.at(ofMinutes(6), () -> time.stepWallClock(ofDays(-3)));
        time.at(ofMinutes(10), () -> shop.fails("HTTP 503"));
        time.advance(ofMinutes(15));

        timeline.whole().alertsExactly("DOWN shop");
        timeline.between(ofMinutes(10), ofMinutes(11)).alertsExactly("DOWN shop");
    }
    // end::testing-clock

    // tag::testing-random
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverHappensEveryOutageIsClosedOnce(long seed) {
        ScriptedWorld world =
                ScriptedWorld.on(time).behind("gateway", "shop", "search").group("rack 7", "shop", "search");
        startIn(world);
        world.randomFaults(seed, ofHours(6), ofMinutes(10));
        time.advance(ofDays(7));
        world.calm();
        time.advance(ofHours(1));

        Set<String> open = new HashSet<>();
        for (Alert alert : timeline.whole().alerts()) {
            String incident = alert.incidentId();
            boolean legal = alert.kind().isClosing() ? open.remove(incident) : open.add(incident);
            if (!legal) {
                throw new AssertionError("seed " + seed + ", " + alert.summary() + "\n" + timeline);
            }
        }
        assertThat(open).as("seed %d", seed).isEmpty();
    }
    // end::testing-random

    @Test
    void recordsAndReplays() throws IOException {
        Path file = folder.resolve("march.results");
        record(file);
        assertThat(Files.readAllLines(file)).hasSizeGreaterThan(100).startsWith("sitemonitor results 1");
        whatIf(file);
    }

    private void record(Path file) throws IOException {
        // tag::testing-record
        ResultLog log = ResultLog.latest(1_000_000);
        Monitor recorded = rules(ScriptedCheck.passing(), shop, ScriptedCheck.passing())
                .runOn(time) // in production, without this line
                .listener(log)
                .start();
        // end::testing-record
        CheckResult failed = CheckResult.fail(FailureKind.STATUS, "HTTP 503");
        time.at(ofMinutes(5), () -> shop.first(failed, failed, failed, failed));
        time.at(ofMinutes(30), () -> shop.fails("HTTP 503"));
        time.at(ofMinutes(45), shop::passes);
        time.advance(ofHours(1));
        recorded.close();
        // tag::testing-write
        log.writeTo(file);
        // end::testing-write
    }

    private static void whatIf(Path file) throws IOException {
        // tag::testing-replay
        Timeline told = Replay.of(ResultLog.readFrom(file))
                .run(
                        (time, timeline) -> Monitor.named("what-if")
                                .runOn(time)
                                .defaults(c -> c.every(ofDays(30))) // longer than any gap in the recording
                                .check("shop", Replay.passive(), c -> c.downAfter(5))
                                .alert(timeline)
                                .listener(timeline)
                                .start(),
                        monitor -> monitor::report);

        told.until(ofMinutes(30)).noAlerts(); // the hiccup of four runs at five past would have been no outage
        told.since(ofMinutes(30)).alertsExactly("DOWN shop", "RECOVERED shop");
        // end::testing-replay
    }

    @Test
    void aFailureReadsAsTheGuideShows() throws IOException {
        time.at(ofMinutes(5), () -> shop.fails("HTTP 503"));
        time.at(ofMinutes(7), shop::passes);
        time.advance(ofMinutes(10));
        Throwable failure = catchThrowable(
                () -> timeline.between(ofMinutes(5), ofMinutes(10)).alertsExactly("DOWN shop"));
        assertThat(failure).isInstanceOf(AssertionError.class);
        assertThat(Files.readString(Path.of("..", "..", "docs", "testing.md")))
                .contains("```text\n" + failure.getMessage() + "\n```\n");
        assertThat(monitor.stateOf("shop")).isEqualTo(HealthState.UP);
    }
}
