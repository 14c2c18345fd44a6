package io.sitemonitor;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.definition.CheckSettingsBuilder;
import io.sitemonitor.event.AlertHeld;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.state.Condition;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A state that changes too often becomes one alert, and one that says how it ended. Design §6.9. */
@DisplayName("§6.9 flapping")
class MonitorFlappingTest {

    private final Bench bench = new Bench();
    private final ScriptedCheck shop = ScriptedCheck.passing();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @DisplayName("§6.9 the sixth change within ten minutes is told as FLAPPING; calm after ten minutes without one")
    void sixChangesAreOneAlertAndTheEndIsAnother() {
        start(c -> {});
        change(5);
        assertThat(bench.told())
                .containsExactly(
                        "10 DOWN shop", "20 RECOVERED shop", "30 DOWN shop", "40 RECOVERED shop", "50 DOWN shop");
        assertThat(bench.of("shop").conditions()).isEmpty();
        change(15);
        assertThat(bench.told()).hasSize(6).last().isEqualTo("60 FLAPPING shop");
        Condition condition = bench.of("shop").condition(ConditionKind.FLAPPING).orElseThrow();
        assertThat(condition.since()).isEqualTo(Bench.at(60));
        assertThat(condition.reason()).isEqualTo("its state changes too often");

        bench.advanceTo(200 + 599);
        assertThat(bench.told()).hasSize(6);
        bench.advanceTo(200 + 600);
        assertThat(bench.told().subList(6, 8)).containsExactly("800 FLAPPING_ENDED shop", "800 RECOVERED shop");
        assertThat(bench.of("shop").conditions()).isEmpty();
        bench.advance(7_200);
        assertThat(bench.told()).hasSize(8);
        assertThat(bench.events(StateChanged.class, "shop"))
                .as("events tell every change")
                .hasSize(21);
    }

    @Test
    @DisplayName("§6.9 FLAPPING and its end share an incident; the texts say how often and how it ended")
    void theTextsSayWhatHappens() {
        start(c -> {});
        change(6);
        bench.advance(1_000);
        Alert flapping = only(AlertKind.FLAPPING);
        Alert ended = only(AlertKind.FLAPPING_ENDED);
        assertThat(flapping.summary())
                .isEqualTo("shop is flapping: its state changed 6 times within 10 min and is UP now");
        assertThat(flapping.failure()).isNull();
        assertThat(ended.summary()).isEqualTo("shop has calmed and is UP");
        assertThat(ended.to()).isEqualTo(HealthState.UP);
        assertThat(ended.incidentId()).isEqualTo(flapping.incidentId());
        assertThat(ended.id()).isNotEqualTo(flapping.id());
        assertThat(ended.duration()).isEqualTo(ofMinutes(10));
        List<Alert> outages = bench.alerts.alerts().stream()
                .filter(alert -> alert.kind() == AlertKind.DOWN || alert.kind() == AlertKind.RECOVERED)
                .toList();
        assertThat(outages.get(5).incidentId())
                .as("the recovery that was owed")
                .isEqualTo(outages.get(4).incidentId());
    }

    @Test
    @DisplayName("§6.9 an outage in which it ends is told if nobody was told, with the incident that is open")
    void anOutageInWhichItEndsIsTold() {
        start(c -> c.flapAfter(3, ofMinutes(5)));
        change(7);
        assertThat(bench.monitor().stateOf("shop")).isEqualTo(HealthState.DOWN);
        bench.advanceTo(400);
        assertThat(bench.told())
                .containsExactly(
                        "10 DOWN shop",
                        "20 RECOVERED shop",
                        "30 FLAPPING shop",
                        "370 FLAPPING_ENDED shop",
                        "370 DOWN shop");
        assertThat(only(AlertKind.FLAPPING_ENDED).to()).isEqualTo(HealthState.DOWN);
        Alert down = bench.told("shop").get(4);
        assertThat(down.incidentId()).isEqualTo(bench.of("shop").incident().id());
        assertThat(down.since()).isEqualTo(Bench.at(70));
        shop.passes();
        bench.advance(60);
        assertThat(bench.told("shop").get(5).kind()).isEqualTo(AlertKind.RECOVERED);
        assertThat(bench.told("shop").get(5).incidentId()).isEqualTo(down.incidentId());
    }

    @Test
    @DisplayName("§6.9 who was told DOWN before it flapped, and it ends down, is told DOWN once and RECOVERED once")
    void anOutageThatWasToldBeforeIsNotToldTwice() {
        start(c -> c.flapAfter(4, ofMinutes(5)));
        change(7);
        bench.advanceTo(400);
        assertThat(bench.told())
                .containsExactly(
                        "10 DOWN shop",
                        "20 RECOVERED shop",
                        "30 DOWN shop",
                        "40 FLAPPING shop",
                        "370 FLAPPING_ENDED shop");
        shop.passes();
        bench.advance(60);
        assertThat(bench.told()).hasSize(6).last().asString().endsWith("RECOVERED shop");
        assertThat(bench.told("shop").get(5).incidentId())
                .isEqualTo(bench.told("shop").get(2).incidentId());
    }

    @Test
    @DisplayName("§6.9 a change just before it has calmed makes it go on for the whole time again")
    void aChangeProlongsIt() {
        start(c -> {});
        change(6);
        bench.advanceTo(645);
        change(1);
        bench.advanceTo(650 + 599);
        assertThat(bench.told()).hasSize(6);
        bench.advanceTo(650 + 600);
        assertThat(bench.told().get(6)).isEqualTo("1250 FLAPPING_ENDED shop");
    }

    @Test
    @DisplayName("§6.9 six changes that take longer than ten minutes are told one by one")
    void slowChangesAreToldOneByOne() {
        start(c -> {});
        for (int i = 0; i < 20; i++) {
            change(1);
            bench.advance(115);
        }
        assertThat(bench.alerts.kinds()).hasSize(20).containsOnly(AlertKind.DOWN, AlertKind.RECOVERED);
    }

    @Test
    @DisplayName("§6.9 zero changes mean never")
    void zeroChangesMeanNever() {
        start(c -> c.flapAfter(0, ofMinutes(10)));
        change(100);
        assertThat(bench.alerts.kinds()).hasSize(100).containsOnly(AlertKind.DOWN, AlertKind.RECOVERED);
        assertThat(bench.conditions("shop", ConditionKind.FLAPPING)).isEmpty();
    }

    @Test
    @DisplayName("§6.9 a check that is told not to flap any more has calmed at once")
    void switchingItOffCalmsIt() {
        start(c -> {});
        change(6);
        bench.monitor().replace("shop", shop, c -> quick(c.flapAfter(0, ofMinutes(10))));
        bench.advance(1);
        assertThat(bench.alerts.kinds()).endsWith(AlertKind.FLAPPING, AlertKind.FLAPPING_ENDED, AlertKind.RECOVERED);
        assertThat(bench.of("shop").conditions()).isEmpty();
    }

    @Test
    @DisplayName("§6.9, §7.2 a flapping check that is removed is closed for everybody who was told of anything")
    void aFlappingCheckThatIsRemovedIsClosed() {
        start(c -> {});
        change(6);
        bench.monitor().remove("shop");
        bench.advance(1_000);
        assertThat(bench.alerts.kinds()).endsWith(AlertKind.FLAPPING, AlertKind.ENDED, AlertKind.ENDED);
        List<Alert> told = bench.told("shop");
        assertThat(told.subList(6, 8))
                .extracting(Alert::incidentId)
                .containsExactlyInAnyOrder(told.get(5).incidentId(), told.get(4).incidentId());
    }

    @Test
    @DisplayName("§6.8, §6.9 changes during maintenance make nobody hear of flapping")
    void changesDuringMaintenanceDoNotCount() {
        start(c -> {});
        bench.advanceTo(5);
        bench.monitor().openMaintenance("deploy", ofMinutes(5), "shop");
        change(20);
        bench.advanceTo(320);
        assertThat(bench.alerts.alerts()).isEmpty();
        assertThat(bench.conditions("shop", ConditionKind.FLAPPING)).isEmpty();
        change(1);
        assertThat(bench.alerts.kinds()).as("from now on it counts afresh").containsExactly(AlertKind.DOWN);
    }

    @Test
    @DisplayName("§6.8, §6.9 what flapped before maintenance is closed in it; an outage is told at its end")
    void flappingThatCalmsDuringMaintenance() {
        start(c -> c.flapAfter(3, ofMinutes(5)));
        change(5);
        bench.monitor().openMaintenance("deploy", ofHours(1), "shop");
        bench.advanceTo(3_000);
        assertThat(bench.told())
                .containsExactly("10 DOWN shop", "20 RECOVERED shop", "30 FLAPPING shop", "350 FLAPPING_ENDED shop");
        assertThat(bench.events(AlertHeld.class, "shop")).hasSize(1);
        bench.monitor().closeMaintenance("shop");
        bench.advance(1);
        assertThat(bench.told()).hasSize(5).last().isEqualTo("3000 DOWN shop");
    }

    @Test
    @DisplayName("§6.7, §6.9 a check that flaps below one that is down is not told of")
    void flappingBelowADownParentIsHeld() {
        ScriptedCheck gateway = ScriptedCheck.failing("away");
        bench.start(bench.builder()
                .check("gateway", gateway)
                .check("shop", shop, c -> quick(c.dependsOn("gateway").flapAfter(3, ofMinutes(5)))));
        bench.advanceTo(15);
        change(9);
        bench.advanceTo(1_000);
        assertThat(bench.told("shop")).isEmpty();
    }

    @Test
    @DisplayName("§7.2 a listener that does not select FLAPPING is told of each outage that is told, and of its end")
    void aListenerWithoutFlappingIsLeftWithNothingOpen() {
        start(c -> {});
        change(9);
        assertThat(bench.monitor().stateOf("shop")).isEqualTo(HealthState.DOWN);
        shop.passes();
        bench.advance(2_000);
        assertThat(bench.alerts.kinds().stream()
                        .filter(kind -> kind != AlertKind.FLAPPING && kind != AlertKind.FLAPPING_ENDED))
                .containsExactly(
                        AlertKind.DOWN,
                        AlertKind.RECOVERED,
                        AlertKind.DOWN,
                        AlertKind.RECOVERED,
                        AlertKind.DOWN,
                        AlertKind.RECOVERED);
    }

    private void start(Consumer<CheckSettingsBuilder> options) {
        bench.start(bench.builder().check("shop", shop, c -> options.accept(quick(c))));
        bench.advance(5);
    }

    /** Each run decides, every ten seconds. */
    private static CheckSettingsBuilder quick(CheckSettingsBuilder options) {
        return options.every(ofSeconds(10)).downAfter(1).upAfter(1).slowDownTo(Duration.ZERO);
    }

    /** Lets the state change so many times, once a run. */
    private void change(int times) {
        for (int i = 0; i < times; i++) {
            if (bench.monitor().stateOf("shop") == HealthState.DOWN) {
                shop.passes();
            } else {
                shop.fails("HTTP 503");
            }
            bench.advance(10);
        }
    }

    private Alert only(AlertKind kind) {
        List<Alert> found = bench.alerts.alerts().stream()
                .filter(alert -> alert.kind() == kind)
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
