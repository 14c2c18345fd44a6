package io.sitemonitor;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.event.AlertHeld;
import io.sitemonitor.event.IncidentClosed;
import io.sitemonitor.event.IncidentOpened;
import io.sitemonitor.state.Condition;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A check whose parent is down: measured, held, and told if it outlives its cause. Design §6.7. */
@DisplayName("§6.7 dependencies")
class MonitorDependenciesTest {

    private final Bench bench = new Bench();
    private final ScriptedCheck gateway = ScriptedCheck.passing();
    private final ScriptedCheck shop = ScriptedCheck.passing();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @DisplayName("§6.7 a check whose parent is down is still measured; its alert is held and names the cause")
    void anOutageBelowAnotherIsMeasuredHeldAndNamesItsCause() {
        start();
        bothFailAt(1);
        bench.advanceTo(300);

        assertThat(bench.told()).containsExactly("40 DOWN gateway");
        assertThat(bench.monitor().stateOf("shop")).isEqualTo(HealthState.DOWN);
        assertThat(bench.of("shop").figures().failed()).isGreaterThan(3);
        assertThat(bench.of("shop").conditions())
                .containsExactly(new Condition(ConditionKind.SUPPRESSED, "gateway is down", Bench.at(40), null));
        assertThat(bench.conditions("shop", ConditionKind.SUPPRESSED)).containsExactly("40 begins: gateway is down");
        AlertHeld held = onlyHeld("shop");
        assertThat(held.incidentId()).isEqualTo(bench.of("shop").incident().id());
        assertThat(held.condition().kind()).isEqualTo(ConditionKind.SUPPRESSED);
        assertThat(held.condition().reason()).isEqualTo("gateway is down");
        assertThat(bench.events(AlertHeld.class, "gateway")).isEmpty();
    }

    @Test
    @DisplayName("§6.7 undecided parents are run at once, so that parent and child cannot race")
    void theParentIsRunAtOnceWhenTheChildFailsAndIsToldFirst() {
        bench.start(bench.builder()
                .check("gateway", gateway, c -> c.every(ofHours(1)).downAfter(3))
                .check("shop", shop, c -> c.every(ofSeconds(30)).downAfter(1).dependsOn("gateway")));
        bothFailAt(1);
        bench.advanceTo(600);
        assertThat(bench.runs("gateway")).startsWith("0", "30", "35", "40");
        assertThat(bench.told()).containsExactly("40 DOWN gateway");
        assertThat(onlyHeld("shop").at()).isEqualTo(Bench.at(40));
    }

    @Test
    @DisplayName("P12, §6.7 a monitor that is closed tells no outage of which the cause is not decided")
    void aMonitorThatIsClosedDoesNotTellWhatWaited() {
        bench.start(
                bench.builder() // parents that end before their children
                        .check("a", gateway, c -> c.every(ofHours(1)))
                        .check("z", gateway, c -> c.every(ofHours(1)))
                        .check("m", shop, c -> c.downAfter(1).dependsOn("a"))
                        .check("n", shop, c -> c.downAfter(1).dependsOn("z")));
        bench.advanceTo(1);
        shop.fails("HTTP 503");
        gateway.takes(ofSeconds(8));
        bench.advanceTo(32);
        assertThat(bench.monitor().stateOf("m")).isEqualTo(HealthState.DOWN);
        bench.monitor().close();
        assertThat(bench.told()).isEmpty();
    }

    @Test
    @DisplayName("§6.7 a cause beyond a paused parent goes with that parent")
    void aCauseBeyondAPausedParentGoesWithIt() {
        startBelowAPausedProxy();
        bench.monitor().remove("proxy");
        assertTheShopIsToldAt310();
    }

    @Test
    @DisplayName("§6.7 a cause beyond a paused parent is none once that parent depends on nothing")
    void aCauseBeyondAPausedParentGoesWithItsDependency() {
        startBelowAPausedProxy();
        bench.monitor().replace("proxy", ScriptedCheck.passing(), c -> {});
        assertTheShopIsToldAt310();
    }

    private void startBelowAPausedProxy() {
        bench.start(bench.builder()
                .check("gateway", gateway)
                .check("proxy", ScriptedCheck.passing(), c -> c.dependsOn("gateway"))
                .check("shop", shop, c -> c.dependsOn("proxy")));
        bench.monitor().pause("proxy");
        bothFailAt(1);
        bench.advanceTo(300);
        assertThat(bench.told()).containsExactly("40 DOWN gateway");
    }

    private void assertTheShopIsToldAt310() {
        bench.advanceTo(600);
        assertThat(bench.told()).containsExactly("40 DOWN gateway", "310 DOWN shop");
        assertThat(bench.conditions("shop", ConditionKind.SUPPRESSED))
                .containsExactly("40 begins: gateway is down", "300 ends: gateway is down");
    }

    @Test
    @DisplayName("§6.7 a parent that proves to be up delays the alert of its child by that run and no more")
    void theChildIsToldAsSoonAsTheParentProvesToBeUp() {
        gateway.takes(ofSeconds(2));
        bench.start(bench.builder()
                .check("gateway", gateway, c -> c.every(ofHours(1)))
                .check("shop", shop, c -> c.every(ofSeconds(30)).downAfter(1).dependsOn("gateway")));
        bench.advance(5);
        shop.fails("HTTP 503");
        bench.advanceTo(300);
        assertThat(bench.told()).containsExactly("32 DOWN shop");
        assertThat(bench.told("shop").get(0).since()).isEqualTo(Bench.at(30));
        assertThat(bench.events(AlertHeld.class, "shop")).isEmpty();
    }

    @Test
    @DisplayName("§6.7 one passing run of the parent clears it, however often the child fails meanwhile")
    void aChildThatFailsFasterThanItsParentAnswersIsToldAfterOneRunOfTheParent() {
        gateway.takes(ofMillis(300));
        bench.start(bench.builder()
                .check("gateway", gateway, c -> c.every(ofHours(1)))
                .check("shop", shop, c -> c.every(ofMillis(100)).downAfter(1).dependsOn("gateway")));
        bench.advance(5);
        shop.fails("HTTP 503");
        bench.advance(60);
        assertThat(bench.told("shop"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.duration()).isLessThanOrEqualTo(ofMillis(1_300)));
    }

    @Test
    @DisplayName("§6.7 a run of the parent that went on when the child failed takes nothing from the time it has")
    void aParentThatWasAnsweringWhenTheChildFailedIsWaitedForAsLongAsItsVerdictTakes() {
        gateway.takes(ofSeconds(9));
        bench.start(bench.builder()
                .check("gateway", gateway, c -> c.every(ofSeconds(30)).retryEvery(ofMillis(500)))
                .check("shop", shop, c -> c.every(ofSeconds(31)).downAfter(1).dependsOn("gateway")));
        bench.advanceTo(30);
        gateway.takes(ofHours(1));
        shop.fails("no route");
        bench.advanceTo(300);
        assertThat(bench.told()).containsExactly("70 DOWN gateway");
    }

    /** Whatever the settings, an outage of both is told as one of the parent. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    @DisplayName("§6.7 whatever the settings: the alert of the child never precedes the verdict on the parent")
    void anOutageOfBothIsNeverToldAsOneOfTheChild(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            try (Bench each = new Bench()) {
                ScriptedCheck parent = ScriptedCheck.passing().takes(ofMillis(random.nextInt(9_000)));
                ScriptedCheck child = ScriptedCheck.passing().takes(ofMillis(random.nextInt(3_000)));
                Duration parentEvery = ofSeconds(10 + random.nextInt(600));
                Duration parentRetry = ofMillis(500 + random.nextInt(6_000));
                int parentDownAfter = 1 + random.nextInt(5);
                int childDownAfter = 1 + random.nextInt(3);
                Duration childEvery = ofSeconds(5 + random.nextInt(60));
                each.start(each.builder()
                        .check(
                                "parent",
                                parent,
                                c -> c.every(parentEvery)
                                        .retryEvery(parentRetry)
                                        .downAfter(parentDownAfter))
                        .check(
                                "child",
                                child,
                                c -> c.every(childEvery)
                                        .downAfter(childDownAfter)
                                        .dependsOn("parent")));
                each.time.advance(ofMillis(random.nextInt(120_000)));
                boolean silent = random.nextBoolean();
                parent.fails("away").takes(silent ? ofHours(1) : ofMillis(random.nextInt(2_000)));
                child.fails("no route").takes(silent ? ofHours(1) : ofMillis(random.nextInt(2_000)));
                each.time.advance(ofMinutes(30));
                assertThat(each.told())
                        .as(
                                "seed %s, round %s: %s %s %s, %s %s",
                                seed, i, parentEvery, parentRetry, parentDownAfter, childEvery, childDownAfter)
                        .singleElement()
                        .asString()
                        .endsWith("DOWN parent");
            }
        }
    }

    @Test
    @DisplayName("§6.7 the cause that is named is the check furthest up, whoever is decided first")
    void theCauseIsTheOneFurthestUp() {
        ScriptedCheck power = ScriptedCheck.passing();
        bench.start(bench.builder()
                .check("power", power, c -> c.every(ofHours(1)).downAfter(6))
                .check("gateway", gateway, c -> c.dependsOn("power"))
                .check("shop", shop, c -> c.dependsOn("gateway")));
        bench.advance(1);
        power.fails("dark");
        bothFailAt(1);
        bench.advanceTo(50);
        assertThat(bench.monitor().stateOf("gateway")).isEqualTo(HealthState.DOWN);
        assertThat(bench.monitor().stateOf("power")).isNotEqualTo(HealthState.DOWN);
        assertThat(bench.told()).as("an undecided parent is waited for").isEmpty();
        bench.advanceTo(300);
        assertThat(bench.told()).as("one alert for three outages").containsExactly("55 DOWN power");
        assertThat(reason("gateway")).isEqualTo("power is down");
        assertThat(bench.conditions("shop", ConditionKind.SUPPRESSED))
                .as("two levels below, as soon as it is known")
                .containsExactly("40 begins: gateway is down", "55 begins: power is down");
    }

    @Test
    @DisplayName("§6.7 if the parent recovers and the child does not, the child's alert goes out then")
    void theChildIsToldOnceTheParentHasRecoveredAndItHasNot() {
        start();
        bothFailAt(1);
        bench.advanceTo(120);
        String incident = onlyHeld("shop").incidentId();
        gateway.passes();
        bench.monitor().runNow("gateway");
        bench.advance(300);

        assertThat(bench.told())
                .as("three failures more after the cause has gone, the first at once")
                .containsExactly("40 DOWN gateway", "125 RECOVERED gateway", "135 DOWN shop");
        assertThat(bench.conditions("shop", ConditionKind.SUPPRESSED))
                .containsExactly("40 begins: gateway is down", "125 ends: gateway is down");
        Alert late = bench.told("shop").get(0);
        assertThat(late.incidentId()).isEqualTo(incident);
        assertThat(late.since()).isEqualTo(Bench.at(30));
        assertThat(late.duration()).isEqualTo(ofSeconds(105));
        assertThat(bench.events(IncidentOpened.class, "shop")).hasSize(1);

        shop.passes();
        bench.advance(600);
        assertThat(bench.told("shop")).extracting(Alert::kind).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
    }

    @Test
    @DisplayName("§6.7 a child that recovers with its parent is told of neither way")
    void theChildIsNotToldIfItRecoversWithItsParent() {
        start();
        bothFailAt(1);
        bench.advanceTo(120);
        gateway.passes();
        bench.monitor().runNow("gateway");
        bench.advance(5);
        shop.first(CheckResult.fail("still starting")).passes();
        bench.advance(600);
        assertThat(bench.told()).containsExactly("40 DOWN gateway", "125 RECOVERED gateway");
        assertThat(bench.monitor().stateOf("shop")).isEqualTo(HealthState.UP);
        assertThat(bench.events(IncidentClosed.class, "shop")).hasSize(1);
    }

    @Test
    @DisplayName("§6.7 a good run between the failures after the parent's recovery starts the count afresh")
    void theFailuresAfterTheRecoveryOfTheParentAreCountedInARow() {
        start();
        bothFailAt(1);
        bench.advanceTo(120);
        gateway.passes();
        bench.monitor().runNow("gateway");
        shop.fails("no");
        bench.advance(4);
        shop.first(CheckResult.fail("1"), CheckResult.fail("2"), CheckResult.pass(), CheckResult.fail("1"));
        bench.advanceTo(145);
        assertThat(bench.told("shop")).as("at 125, 130, 140 it failed").isEmpty();
        bench.advanceTo(300);
        assertThat(bench.told("shop")).extracting(Alert::kind).containsExactly(AlertKind.DOWN);
    }

    @Test
    @DisplayName("§6.7 a recovery is never held: a child told before its parent fell is closed at once")
    void aChildThatWasToldBeforeItsParentFellIsClosedAtOnce() {
        start();
        bench.advance(1);
        shop.fails("HTTP 503");
        bench.advanceTo(59);
        gateway.fails("away");
        bench.advanceTo(119);
        assertThat(bench.told()).containsExactly("40 DOWN shop", "70 DOWN gateway");
        assertThat(reason("shop")).isEqualTo("gateway is down");
        shop.passes();
        bench.monitor().runNow("shop");
        bench.advanceTo(600);
        assertThat(bench.told()).containsExactly("40 DOWN shop", "70 DOWN gateway", "120 RECOVERED shop");
        assertThat(bench.events(AlertHeld.class, "shop")).isEmpty();
    }

    @Test
    @DisplayName("§6.7 a diamond has one cause and one alert; what outlives it is told in turn")
    void aDiamondHasOneCause() {
        ScriptedCheck left = ScriptedCheck.passing();
        ScriptedCheck right = ScriptedCheck.passing();
        bench.start(bench.builder()
                .check("root", gateway)
                .check("left", left, c -> c.dependsOn("root"))
                .check("right", right, c -> c.dependsOn("root"))
                .check("shop", shop, c -> c.dependsOn("left", "right")));
        bench.advance(1);
        List.of(gateway, left, right, shop).forEach(check -> check.fails("no"));
        bench.advanceTo(120);
        assertThat(bench.told()).containsExactly("40 DOWN root");
        assertThat(reason("shop")).isEqualTo("root is down");

        gateway.passes();
        right.passes();
        bench.monitor().runNow("root");
        bench.advanceTo(700);
        assertThat(bench.told()).containsExactly("40 DOWN root", "125 RECOVERED root", "135 DOWN left");
        assertThat(reason("shop")).isEqualTo("left is down");
        left.passes();
        bench.monitor().runNow("left");
        bench.advance(300);
        assertThat(bench.told())
                .containsExactly(
                        "40 DOWN root", "125 RECOVERED root", "135 DOWN left", "705 RECOVERED left", "715 DOWN shop");
    }

    @Test
    @DisplayName("§6.7 of two parents that are down, the one that stays keeps the alert of the child")
    void whileOneOfTwoParentsIsDownTheChildIsHeld() {
        ScriptedCheck database = ScriptedCheck.passing();
        bench.start(bench.builder()
                .check("gateway", gateway)
                .check("database", database)
                .check("shop", shop, c -> c.dependsOn("gateway", "database")));
        bench.advance(1);
        database.fails("no");
        bothFailAt(1);
        bench.advanceTo(120);
        database.passes();
        gateway.fails("still");
        bench.monitor().runNow("database");
        bench.advanceTo(600);
        assertThat(bench.told("shop")).isEmpty();
        assertThat(bench.conditions("shop", ConditionKind.SUPPRESSED)).last().isEqualTo("125 begins: gateway is down");
        assertThat(bench.of("shop")
                        .condition(ConditionKind.SUPPRESSED)
                        .orElseThrow()
                        .since())
                .as("it has been suppressed since the first of them fell")
                .isEqualTo(Bench.at(40));
    }

    private void start() {
        bench.start(bench.builder().check("gateway", gateway).check("shop", shop, c -> c.dependsOn("gateway")));
    }

    private void bothFailAt(long second) {
        bench.advanceTo(second);
        gateway.fails("away");
        shop.fails("no route");
    }

    private AlertHeld onlyHeld(String check) {
        List<AlertHeld> held = bench.events(AlertHeld.class, check);
        assertThat(held).hasSize(1);
        return held.get(0);
    }

    private String reason(String check) {
        return bench.of(check).condition(ConditionKind.SUPPRESSED).orElseThrow().reason();
    }
}
