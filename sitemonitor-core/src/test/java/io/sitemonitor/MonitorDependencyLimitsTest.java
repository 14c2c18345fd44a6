package io.sitemonitor;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.definition.CheckSettingsBuilder;
import io.sitemonitor.event.TargetsLoaded;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.target.Targets;
import io.sitemonitor.testing.ScriptedCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Parents that never conclude, or that are changed or taken away, and what may not depend on what. Design §6.7. */
@DisplayName("§6.7 limits of dependencies")
class MonitorDependencyLimitsTest {

    private final Bench bench = new Bench();
    private final ScriptedCheck gateway = ScriptedCheck.passing();
    private final ScriptedCheck shop = ScriptedCheck.passing();
    private final List<CheckDefinition> rows = new ArrayList<>();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @DisplayName("§6.7 a parent whose runs never end is down itself, so the child is held")
    void aParentThatHangsIsDownItself() {
        startWithRareParent();
        gateway.hangsFor(ofHours(2));
        shop.fails("no route");
        bench.advance(3_000);
        assertThat(bench.told("gateway")).extracting(Alert::kind).containsExactly(AlertKind.DOWN);
        assertThat(bench.told("shop")).isEmpty();
    }

    @Test
    @DisplayName("§6.7 a parent that can tell nothing delays the child by one run at most")
    void aParentWhoseRunsAreInconclusiveIsNotWaitedFor() {
        startWithRareParent();
        gateway.gives(CheckResult.inconclusive("no licence")).takes(ofSeconds(3));
        shop.fails("no route");
        bench.advance(300);
        assertThat(bench.told()).containsExactly("33 DOWN shop");
    }

    @Test
    @DisplayName("§6.7 a suspected parent that can tell nothing any more is waited for within a bound")
    void aSuspectedParentThatCannotBeDecidedIsNotWaitedForForEver() {
        startWithRareParent();
        gateway.first(CheckResult.fail("once")).gives(CheckResult.inconclusive("no licence"));
        shop.fails("no route");
        bench.advance(300);
        assertThat(bench.told("shop"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.duration())
                        .as("three runs of the parent with their pauses, one that went on, a second")
                        .isLessThanOrEqualTo(ofSeconds(3 * (10 + 5) + 10 + 1)));
    }

    @Test
    @DisplayName("§6.7 a paused parent holds nothing")
    void aPausedParentIsNotWaitedFor() {
        startWithRareParent();
        bench.monitor().pause("gateway");
        shop.fails("no route");
        bench.advance(300);
        assertThat(bench.told()).containsExactly("30 DOWN shop");
    }

    @Test
    @DisplayName("§6.7 a paused parent is looked through: whom it depends on is to blame, until that recovers")
    void theRootAboveAPausedParentIsToBlame() {
        ScriptedCheck router = ScriptedCheck.passing();
        bench.start(bench.builder()
                .check("router", router, c -> c.downAfter(1))
                .check("gateway", gateway, c -> c.dependsOn("router"))
                .check("shop", shop, c -> c.dependsOn("gateway")));
        bench.advanceTo(20);
        bench.monitor().pause("gateway");
        router.fails("no power");
        shop.fails("no route");
        bench.advanceTo(300);
        assertThat(bench.told()).containsExactly("30 DOWN router");
        assertThat(bench.conditions("shop", ConditionKind.SUPPRESSED)).containsExactly("30 begins: router is down");
        router.passes();
        bench.advanceTo(600);
        assertThat(bench.told("shop")).hasSize(1);
    }

    @Test
    @DisplayName("§6.7 pausing or removing a parent that is waited for ends the waiting")
    void aParentThatIsTakenAwayWhileItIsWaitedForIsNotWaitedForAnyLonger() {
        startWithRareParent();
        gateway.fails("away").takes(ofSeconds(4));
        shop.fails("no route");
        bench.advanceTo(35);
        assertThat(bench.told()).isEmpty();
        bench.monitor().pause("gateway");
        bench.advanceTo(36);
        assertThat(bench.told()).containsExactly("35 DOWN shop");
    }

    @Test
    @DisplayName("§6.7 a name that a target source has not given yet holds nothing")
    void aParentThatDoesNotExistYetIsNotWaitedFor() {
        bench.start(bench.builder()
                .targets(() -> new Targets(rows, List.of()), ofMinutes(1))
                .check("shop", shop, c -> c.downAfter(1).dependsOn("gateway")));
        bench.advance(1);
        shop.fails("no route");
        bench.advanceTo(45);
        assertThat(bench.told()).containsExactly("30 DOWN shop");

        rows.add(CheckDefinition.of("gateway", gateway.fails("away"), c -> {}, c -> c.downAfter(1)));
        bench.advanceTo(120);
        assertThat(bench.told()).hasSize(2);
        assertThat(bench.of("shop").condition(ConditionKind.SUPPRESSED)).isPresent();
    }

    @Test
    @DisplayName("§6.7 a child whose parent is removed is told once it has failed as often again")
    void aChildIsToldWhenItsParentIsRemovedAndItStaysDown() {
        startBothDown();
        bench.monitor().remove("gateway");
        bench.advanceTo(600);
        assertThat(bench.told()).containsExactly("40 DOWN gateway", "100 ENDED gateway", "110 DOWN shop");
        assertThat(bench.of("shop").conditions()).isEmpty();
    }

    @Test
    @DisplayName("§6.7 a child whose parent is paused is told once it has failed as often again")
    void aChildIsToldWhenItsParentIsPausedAndItStaysDown() {
        startBothDown();
        bench.monitor().pause("gateway");
        bench.advanceTo(600);
        assertThat(bench.told()).containsExactly("40 DOWN gateway", "110 DOWN shop");
    }

    @Test
    @DisplayName("§6.7 a parent with other settings and an equal check goes on holding")
    void aChildStaysHeldWhenItsParentGetsOtherSettings() {
        startBothDown();
        bench.monitor().replace("gateway", gateway, c -> c.every(ofSeconds(10)).label("team", "net"));
        bench.advanceTo(600);
        assertThat(bench.told()).containsExactly("40 DOWN gateway");
        assertThat(bench.conditions("shop", ConditionKind.SUPPRESSED)).containsExactly("40 begins: gateway is down");
    }

    @Test
    @DisplayName("§6.7 a parent that is replaced by another one that is down, too, is told of first")
    void aChildIsNotToldBeforeTheVerdictOnTheReplacementOfItsParent() {
        bench.start(bench.builder()
                .check("gateway", gateway, c -> c.every(ofMinutes(10)))
                .check("shop", shop, c -> c.downAfter(1).dependsOn("gateway")));
        bothFail();
        bench.advanceTo(100);
        ScriptedCheck moved = ScriptedCheck.failing("away as well");
        bench.monitor().replace("gateway", moved, c -> c.every(ofMinutes(10)));
        bench.advanceTo(2_000);
        assertThat(bench.monitor().stateOf("gateway")).isEqualTo(HealthState.DOWN);
        assertThat(bench.told()).containsExactly("40 DOWN gateway");
    }

    @Test
    @DisplayName("§6.7 a held child with other settings that do not depend any more is told after its failures")
    void aChildThatDoesNotDependAnyMoreIsToldOnceItHasFailedAsOftenAgain() {
        startBothDown();
        bench.monitor().replace("shop", shop, c -> {});
        bench.advanceTo(600);
        assertThat(bench.told()).as("at 100, 105 and 110").containsExactly("40 DOWN gateway", "110 DOWN shop");
    }

    @Test
    @DisplayName("§6.7 other settings do not shorten the confirmation after the parent has recovered")
    void otherSettingsDoNotShortenTheConfirmation() {
        startBothDown();
        gateway.passes();
        bench.monitor().runNow("gateway");
        bench.advanceTo(106);
        bench.monitor().replace("shop", shop, c -> c.dependsOn("gateway").label("team", "web"));
        bench.advanceTo(107);
        assertThat(bench.told("shop")).as("it has failed once since").isEmpty();
        bench.advanceTo(300);
        assertThat(bench.told("shop")).extracting(Alert::kind).containsExactly(AlertKind.DOWN);
    }

    @Test
    @DisplayName("§6.7 a held child that is removed was never told and is not closed")
    void aHeldChildThatIsRemovedIsNotTold() {
        startBothDown();
        bench.monitor().remove("shop");
        gateway.passes();
        bench.advanceTo(900);
        assertThat(bench.told("shop")).isEmpty();
        assertThat(bench.monitor().incidents().open()).isEmpty();
    }

    @Test
    @DisplayName("§6.7 cycles are refused at build()")
    void cyclesAreRefusedAtBuild() {
        MonitorBuilder three = bench.builder()
                .check("a", shop, c -> c.dependsOn("b"))
                .check("b", shop, c -> c.dependsOn("c"))
                .check("c", shop, c -> c.dependsOn("a"));
        assertThatThrownBy(three::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("dependsOn must not lead back to the check itself, but does: a -> b -> c -> a (check 'a')");
        MonitorBuilder self = bench.builder().check("a", shop, c -> c.dependsOn("a"));
        assertThatThrownBy(self::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("dependsOn must not lead back to the check itself, but does: a -> a (check 'a')");
    }

    @Test
    @DisplayName("§6.7 a cycle that does not contain the first check is found, and a diamond is none")
    void cyclesAreFoundWhereverTheyAre() {
        MonitorBuilder below = bench.builder()
                .check("a", shop, c -> c.dependsOn("b"))
                .check("b", shop, c -> c.dependsOn("c"))
                .check("c", shop, c -> c.dependsOn("b"));
        assertThatThrownBy(below::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("dependsOn must not lead back to the check itself, but does: b -> c -> b (check 'b')");
        assertThat(bench.builder()
                        .check("a", shop, c -> c.dependsOn("b", "c"))
                        .check("b", shop, c -> c.dependsOn("d"))
                        .check("c", shop, c -> c.dependsOn("d"))
                        .check("d", shop)
                        .build())
                .isNotNull();
    }

    @Test
    @DisplayName("§6.7 a check to depend on that nobody defines is refused at build() unless a source could give it")
    void anUnknownDependencyIsRefusedUnlessASourceCouldGiveIt() {
        MonitorBuilder builder = bench.builder().check("shop", shop, c -> c.dependsOn("gatway", "database"));
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("monitor 'test' has no check named 'database', 'gatway', on which others depend");
        assertThat(builder.targets(() -> new Targets(List.of(), List.of())).build())
                .isNotNull();
    }

    @Test
    @DisplayName("§6.7 a check to depend on that does not exist is warned of once the monitor runs, and not before")
    void anUnknownDependencyIsWarnedOfWhileRunning() {
        Logger logger = (Logger) LoggerFactory.getLogger(Monitor.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            Monitor monitor = bench.builder().build();
            monitor.add("early", shop, c -> c.dependsOn("later"));
            monitor.add("later", gateway);
            monitor.start();
            monitor.add("shop", shop, c -> c.dependsOn("gatway"));
            monitor.close();
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "[test] check 'shop' depends on 'gatway', which does not exist: nothing is held because of"
                                + " it until it does");
    }

    @Test
    @DisplayName("§6.7 cycles are refused by add and put, before and after the start, and change nothing")
    void cyclesAreRefusedByAddAndPut() {
        Monitor monitor = bench.builder()
                .check("a", shop, c -> c.dependsOn("b"))
                .check("b", gateway)
                .build();
        assertCyclesRefused(monitor);
        try (monitor) {
            monitor.start();
            bench.advance(5);
            assertCyclesRefused(monitor);
            bench.advance(60);
            assertThat(gateway.runs()).isEqualTo(3);
            assertThat(monitor.checks()).containsExactly("a", "b");
        }
    }

    private void assertCyclesRefused(Monitor monitor) {
        assertThatThrownBy(() -> monitor.add("x", shop, c -> c.dependsOn("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dependsOn must not lead back to the check itself, but does: x -> x (check 'x')");
        assertThatThrownBy(() -> monitor.put(definition("b", gateway, c -> c.dependsOn("a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dependsOn must not lead back to the check itself, but does: b -> a -> b (check 'b')");
        assertThat(monitor.has("x")).isFalse();
    }

    @Test
    @DisplayName("§6.7 rows that would close a cycle are rejected, and what ran goes on")
    void cyclesAmongTargetRowsAreRejected() {
        rows.add(definition("a", shop, c -> c.dependsOn("b")));
        rows.add(definition("b", gateway, c -> c.dependsOn("a")));
        Monitor monitor = bench.start(bench.builder().targets(() -> new Targets(rows, List.of()), ofMinutes(1)));
        bench.advance(30);
        assertThat(monitor.checks()).containsExactly("a");
        TargetsLoaded loaded = bench.events.events(TargetsLoaded.class).get(0);
        assertThat(loaded.rejected())
                .containsExactly("'b': dependsOn must not lead back to the check itself, but does: b -> a -> b"
                        + " (check 'b')");
        assertThat(loaded.added()).as("only what runs was added").isEqualTo(1);

        rows.set(1, definition("b", gateway, c -> {}));
        bench.advance(60);
        assertThat(monitor.checks()).containsExactly("a", "b");
        rows.set(1, definition("b", gateway, c -> c.dependsOn("a").every(ofSeconds(1))));
        bench.advance(60);
        assertThat(bench.of("b").settings().dependsOn()).as("what ran goes on").isEmpty();
        assertThat(bench.events.events(TargetsLoaded.class)).last().satisfies(event -> {
            assertThat(event.rejected()).hasSize(1);
            assertThat(event.replaced()).isZero();
        });
        int events = bench.events.events(TargetsLoaded.class).size();
        bench.advance(600);
        assertThat(bench.events.events(TargetsLoaded.class))
                .as("the same rows again are no news")
                .hasSize(events);
    }

    @Test
    @DisplayName("§6.7 rows without a cycle are accepted, in whatever order they stand")
    void rowsThatTurnADependencyAroundAreAccepted() {
        rows.add(definition("b", gateway, c -> {}));
        rows.add(definition("a", shop, c -> c.dependsOn("b")));
        bench.start(bench.builder().targets(() -> new Targets(rows, List.of()), ofMinutes(1)));
        bench.advance(30);
        rows.set(0, definition("b", gateway, c -> c.dependsOn("a")));
        rows.set(1, definition("a", shop, c -> {}));
        bench.advance(60);
        assertThat(bench.of("b").settings().dependsOn()).containsExactly("a");
        assertThat(bench.of("a").settings().dependsOn()).isEmpty();
        assertThat(bench.events.events(TargetsLoaded.class))
                .last()
                .satisfies(event -> assertThat(event.rejected()).isEmpty());
    }

    private static CheckDefinition definition(
            String name, ScriptedCheck check, Consumer<CheckSettingsBuilder> options) {
        return CheckDefinition.of(name, check, c -> {}, options);
    }

    /** The child is down after one failure, the parent is run once an hour. */
    private void startWithRareParent() {
        bench.start(bench.builder()
                .check("gateway", gateway, c -> c.every(ofHours(1)))
                .check("shop", shop, c -> c.downAfter(1).dependsOn("gateway")));
        bench.advance(1);
    }

    private void startBothDown() {
        bench.start(bench.builder().check("gateway", gateway).check("shop", shop, c -> c.dependsOn("gateway")));
        bothFail();
        bench.advanceTo(100);
    }

    private void bothFail() {
        bench.advance(1);
        gateway.fails("away");
        shop.fails("no route");
    }
}
