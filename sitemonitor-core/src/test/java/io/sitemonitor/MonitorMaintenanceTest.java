package io.sitemonitor;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.event.AlertHeld;
import io.sitemonitor.event.ClockStepped;
import io.sitemonitor.event.IncidentClosed;
import io.sitemonitor.event.IncidentOpened;
import io.sitemonitor.history.CheckFigures;
import io.sitemonitor.schedule.MaintenanceWindow;
import io.sitemonitor.state.Condition;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Planned maintenance in a running monitor: runs go on, alerts wait, the time does not count. Design §6.8. */
@DisplayName("§6.8 planned maintenance")
class MonitorMaintenanceTest {

    /** From 60 to 600 seconds after the start, which is from 12:01 to 12:10. */
    private static final MaintenanceWindow WINDOW =
            MaintenanceWindow.once(Bench.at(60), Bench.at(600)).reason("upgrade");

    private final Bench bench = new Bench();
    private final ScriptedCheck shop = ScriptedCheck.passing();

    @AfterEach
    void close() {
        bench.close();
    }

    static Stream<MaintenanceWindow> windowsFromOnePastTwelveToTenPastTwelve() {
        LocalTime from = LocalTime.of(12, 1);
        LocalTime to = LocalTime.of(12, 10);
        return Stream.of(
                MaintenanceWindow.once(Bench.at(60), Bench.at(600)),
                MaintenanceWindow.daily(from, to, ZoneOffset.UTC),
                MaintenanceWindow.weekly(from, to, ZoneOffset.UTC, DayOfWeek.SUNDAY),
                MaintenanceWindow.weekly(from.plusHours(9), to.plusHours(9), ZoneId.of("Asia/Tokyo"), DayOfWeek.SUNDAY),
                MaintenanceWindow.monthly(1, from, to, ZoneOffset.UTC),
                MaintenanceWindow.monthly(1, DayOfWeek.SUNDAY, from, to, ZoneOffset.UTC),
                MaintenanceWindow.cron("1 12 * * *", ofMinutes(9), ZoneOffset.UTC));
    }

    @ParameterizedTest
    @MethodSource("windowsFromOnePastTwelveToTenPastTwelve")
    @DisplayName("§6.8 runs go on, the alert is held, and told at the end if the outage outlives the window")
    void anOutageThatOutlivesTheWindowIsToldAtItsEnd(MaintenanceWindow window) {
        start(window.reason("upgrade"));
        bench.advanceTo(95);
        shop.fails("HTTP 503");
        bench.advanceTo(599);
        Condition condition = new Condition(ConditionKind.MAINTENANCE, "upgrade", Bench.at(60), Bench.at(600));
        assertThat(bench.of("shop").conditions()).containsExactly(condition);
        assertThat(bench.monitor().stateOf("shop")).isEqualTo(HealthState.DOWN);
        assertThat(bench.runs("shop")).contains("90", "120", "125", "130");
        assertThat(bench.alerts.alerts()).isEmpty();
        AlertHeld held = bench.events(AlertHeld.class, "shop").get(0);
        assertThat(held.condition()).isEqualTo(condition);
        assertThat(held.at()).isEqualTo(Bench.at(130));
        assertThat(bench.events(AlertHeld.class, "shop")).hasSize(1);

        bench.advanceTo(600);
        assertThat(bench.told()).containsExactly("600 DOWN shop");
        Alert late = bench.told("shop").get(0);
        assertThat(late.incidentId()).isEqualTo(held.incidentId());
        assertThat(late.since()).isEqualTo(Bench.at(120));
        assertThat(late.duration()).isEqualTo(ofSeconds(480));
        assertThat(bench.of("shop").conditions()).isEmpty();
        assertThat(bench.conditions("shop", ConditionKind.MAINTENANCE))
                .containsExactly("60 begins: upgrade", "600 ends: upgrade");

        shop.passes();
        bench.advanceTo(1_200);
        assertThat(bench.told("shop")).extracting(Alert::kind).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
    }

    @Test
    @DisplayName("§6.8 an outage that begins and ends within the window is never told")
    void anOutageWithinTheWindowIsNeverTold() {
        start(WINDOW);
        bench.advanceTo(95);
        shop.fails("HTTP 503");
        bench.advanceTo(200);
        shop.passes();
        bench.advanceTo(3_000);
        assertThat(bench.alerts.alerts()).isEmpty();
        assertThat(bench.events(IncidentOpened.class, "shop")).hasSize(1);
        assertThat(bench.events(IncidentClosed.class, "shop")).hasSize(1);
    }

    @Test
    @DisplayName("§6.8 a recovery inside a window of an outage that was told before closes it at once")
    void aRecoveryIsNeverHeld() {
        start(WINDOW);
        bench.advanceTo(1);
        shop.fails("HTTP 503");
        bench.advanceTo(100);
        shop.passes();
        bench.advanceTo(599);
        assertThat(bench.told("shop")).extracting(Alert::kind).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
        assertThat(bench.told("shop").get(1).at()).isBefore(Bench.at(200));
        bench.advanceTo(900);
        assertThat(bench.alerts.alerts()).hasSize(2);
    }

    @Test
    @DisplayName("§6.8 the time of a window counts neither for nor against the uptime")
    void theTimeOfAWindowCountsForNeither() {
        start(WINDOW);
        bench.advanceTo(60);
        assertThat(uptime()).isEqualTo(new CheckFigures.Uptime(ofSeconds(60), Duration.ZERO));
        bench.advanceTo(600);
        assertThat(uptime()).isEqualTo(new CheckFigures.Uptime(ofSeconds(60), Duration.ZERO));
        bench.advanceTo(900);
        assertThat(uptime()).isEqualTo(new CheckFigures.Uptime(ofSeconds(360), Duration.ZERO));
    }

    @Test
    @DisplayName("§6.8 an outage counts against the uptime from the end of the window on")
    void anOutageCountsFromTheEndOfTheWindow() {
        start(WINDOW);
        bench.advanceTo(95);
        shop.fails("HTTP 503");
        bench.advanceTo(900);
        assertThat(uptime()).isEqualTo(new CheckFigures.Uptime(ofSeconds(60), ofSeconds(300)));
    }

    @Test
    @DisplayName("§6.8 an outage counts against the uptime up to the start of the window")
    void anOutageCountsUpToTheStartOfTheWindow() {
        start(WINDOW);
        bench.advanceTo(1);
        shop.fails("HTTP 503");
        bench.advanceTo(100);
        shop.passes();
        bench.monitor().runNow("shop");
        bench.advanceTo(700);
        assertThat(uptime()).isEqualTo(new CheckFigures.Uptime(ofSeconds(30 + 100), ofSeconds(30)));
    }

    @Test
    @DisplayName("§6.8 windows that overlap or touch are one time without alerts")
    void windowsThatOverlapOrTouchHoldWithoutAGap() {
        start(
                WINDOW,
                MaintenanceWindow.once(Bench.at(300), Bench.at(900)).reason("network"),
                MaintenanceWindow.once(Bench.at(900), Bench.at(1_200)).reason("reboot"));
        bench.advanceTo(95);
        shop.fails("HTTP 503");
        bench.advanceTo(400);
        assertThat(maintenance().reason()).as("the one that lasts longest").isEqualTo("network");
        assertThat(maintenance().until()).isEqualTo(Bench.at(900));
        assertThat(maintenance().since()).isEqualTo(Bench.at(60));
        bench.advanceTo(1_199);
        assertThat(bench.alerts.alerts()).isEmpty();
        bench.advanceTo(1_200);
        assertThat(bench.told()).containsExactly("1200 DOWN shop");
        assertThat(bench.conditions("shop", ConditionKind.MAINTENANCE))
                .containsExactly(
                        "60 begins: upgrade", "300 begins: network", "900 begins: reboot", "1200 ends: reboot");
        bench.advanceTo(1_500);
        assertThat(uptime()).isEqualTo(new CheckFigures.Uptime(ofSeconds(60), ofSeconds(300)));
    }

    @Test
    @DisplayName("§6.8 a window that recurs holds each time")
    void aWindowThatRecursHoldsEachTime() {
        start(MaintenanceWindow.cron("5 * * * *", ofMinutes(10), ZoneOffset.UTC));
        bench.advanceTo(3 * 3_600);
        assertThat(bench.conditions("shop", ConditionKind.MAINTENANCE))
                .containsExactly(
                        "300 begins: maintenance",
                        "900 ends: maintenance",
                        "3900 begins: maintenance",
                        "4500 ends: maintenance",
                        "7500 begins: maintenance",
                        "8100 ends: maintenance");
        assertThat(uptime().up()).isEqualTo(ofHours(3).minusMinutes(30));
    }

    @Test
    @DisplayName("§6.8 a window that is open at the start holds from the first run on")
    void aWindowThatIsOpenAtTheStartHolds() {
        shop.fails("HTTP 503");
        start(MaintenanceWindow.once(Bench.START.minusSeconds(3_600), Bench.at(600)));
        bench.advanceTo(1);
        assertThat(maintenance().until()).isEqualTo(Bench.at(600));
        bench.advanceTo(599);
        assertThat(bench.alerts.alerts()).isEmpty();
        bench.advanceTo(900);
        assertThat(bench.told()).containsExactly("600 DOWN shop");
        assertThat(uptime()).isEqualTo(new CheckFigures.Uptime(Duration.ZERO, ofSeconds(300)));
    }

    @Test
    @DisplayName("§6.8 a window that is taken out of the settings while it is open ends at once")
    void aWindowThatIsTakenAwayEnds() {
        start(WINDOW);
        bench.advanceTo(95);
        shop.fails("HTTP 503");
        bench.advanceTo(200);
        bench.monitor().replace("shop", shop, c -> {});
        assertThat(bench.of("shop").conditions()).isEmpty();
        bench.advanceTo(201);
        assertThat(bench.told()).containsExactly("200 DOWN shop");
    }

    @Test
    @DisplayName(
            "§6.8 a window that is put into the settings while it lasts begins at once, and one that is longer goes on")
    void aWindowThatIsGivenWhileItLastsBegins() {
        start();
        bench.advanceTo(100);
        bench.monitor().replace("shop", shop, c -> c.maintenance(WINDOW));
        shop.fails("HTTP 503");
        bench.advanceTo(500);
        MaintenanceWindow longer =
                MaintenanceWindow.once(Bench.at(60), Bench.at(900)).reason("upgrade");
        bench.monitor().replace("shop", shop, c -> c.maintenance(longer));
        bench.advanceTo(899);
        assertThat(bench.alerts.alerts()).isEmpty();
        bench.advanceTo(900);
        assertThat(bench.told()).containsExactly("900 DOWN shop");
        assertThat(bench.conditions("shop", ConditionKind.MAINTENANCE))
                .containsExactly("100 begins: upgrade", "500 begins: upgrade", "900 ends: upgrade");
    }

    @Test
    @DisplayName(
            "§6.8 a held outage of a check that was replaced is not told before the new check has proved to be down")
    void aHeldOutageIsNotToldWhileTheNewCheckIsUnknown() {
        start(WINDOW);
        bench.advanceTo(95);
        shop.fails("HTTP 503");
        bench.advanceTo(596);
        ScriptedCheck moved = ScriptedCheck.failing("HTTP 502");
        bench.monitor().replace("shop", moved, c -> c.maintenance(WINDOW));
        bench.advanceTo(601);
        assertThat(bench.monitor().stateOf("shop")).isEqualTo(HealthState.UNKNOWN);
        assertThat(bench.alerts.alerts()).isEmpty();
        bench.advanceTo(700);
        assertThat(bench.told()).containsExactly("605 DOWN shop");
        assertThat(bench.told("shop").get(0).to()).isEqualTo(HealthState.DOWN);
    }

    @Test
    @DisplayName(
            "§6.8 a check that is removed during a window: what was held is dropped, what was told is closed at once")
    void aCheckThatIsRemovedDuringAWindowIsClosedIfItWasTold() {
        ScriptedCheck other = ScriptedCheck.failing("HTTP 500");
        bench.start(bench.builder()
                .check("held", shop, c -> c.maintenance(WINDOW))
                .check("told", other, c -> c.maintenance(WINDOW)));
        bench.advanceTo(95);
        shop.fails("HTTP 503");
        bench.advanceTo(200);
        bench.monitor().remove("held");
        bench.monitor().remove("told");
        bench.advanceTo(900);
        assertThat(bench.told()).containsExactly("10 DOWN told", "200 ENDED told");
    }

    @Test
    @DisplayName("P19, §6.8 a clock that is set into a window begins it within a second; set out of it, it ends it")
    void windowsFollowTheNewTimeOfAClockThatIsSet() {
        start(MaintenanceWindow.once(Bench.at(3_600), Bench.at(7_200)).reason("upgrade"));
        bench.advanceTo(100);
        bench.time.stepWallClock(ofMinutes(70));
        bench.advanceTo(101);
        assertThat(maintenance().until()).isEqualTo(Bench.at(7_200));
        shop.fails("HTTP 503");
        bench.advanceTo(300);
        assertThat(bench.alerts.alerts()).isEmpty();

        bench.time.stepWallClock(ofMinutes(-70));
        bench.advanceTo(301);
        assertThat(bench.of("shop").conditions()).isEmpty();
        assertThat(bench.told("shop")).extracting(Alert::kind).containsExactly(AlertKind.DOWN);
        assertThat(bench.events.events(ClockStepped.class))
                .extracting(ClockStepped::step)
                .containsExactly(ofMinutes(70), ofMinutes(-70));

        shop.passes();
        bench.advanceTo(3_700);
        assertThat(maintenance().reason()).as("the time comes again").isEqualTo("upgrade");
    }

    @Test
    @DisplayName(
            "P19, §6.8 a clock that is set over the end of a window ends it within a second and tells what it held")
    void aClockThatIsSetOverTheEndOfAWindowEndsIt() {
        start(WINDOW);
        bench.advanceTo(95);
        shop.fails("HTTP 503");
        bench.advanceTo(200);
        bench.time.stepWallClock(ofHours(3));
        bench.advanceTo(201);
        assertThat(bench.of("shop").conditions()).isEmpty();
        assertThat(bench.alerts.kinds()).containsExactly(AlertKind.DOWN);
        bench.advanceTo(500);
        assertThat(bench.alerts.kinds()).containsExactly(AlertKind.DOWN);
    }

    @Test
    @DisplayName("P19, §6.8 a clock that is set over a whole window leaves it out")
    void aClockThatIsSetOverAWindowLeavesItOut() {
        start(WINDOW);
        bench.advanceTo(30);
        bench.time.stepWallClock(ofHours(3));
        bench.advanceTo(2_000);
        assertThat(bench.conditions("shop", ConditionKind.MAINTENANCE)).isEmpty();
        assertThat(uptime().up()).isEqualTo(ofSeconds(2_000));
    }

    @Test
    @DisplayName("P20, §6.8 a nightly window holds in the hour that exists twice")
    void aWindowHoldsThroughTheHourThatExistsTwice() {
        Instant evening = Instant.parse("2026-10-24T22:00:00Z"); // midnight in Paris; 03:00 becomes 02:00 at 01:00Z
        bench.time.stepWallClock(Duration.between(Bench.START, evening));
        start(MaintenanceWindow.daily(LocalTime.of(2, 15), LocalTime.of(2, 45), ZoneId.of("Europe/Paris")));
        bench.advanceTo(6 * 3_600);
        long first = Duration.between(Bench.START, Instant.parse("2026-10-25T00:15:00Z"))
                .toSeconds();
        long second = Duration.between(Bench.START, Instant.parse("2026-10-25T01:45:00Z"))
                .toSeconds();
        assertThat(bench.conditions("shop", ConditionKind.MAINTENANCE))
                .containsExactly(first + " begins: maintenance", second + " ends: maintenance");
        assertThat(uptime().up()).isEqualTo(ofHours(6).minusMinutes(90));
    }

    private void start(MaintenanceWindow... windows) {
        bench.start(bench.builder().check("shop", shop, c -> {
            for (MaintenanceWindow window : windows) {
                c.maintenance(window);
            }
        }));
    }

    private Condition maintenance() {
        return bench.of("shop").condition(ConditionKind.MAINTENANCE).orElseThrow();
    }

    private CheckFigures.Uptime uptime() {
        return bench.of("shop").figures().uptime();
    }
}
