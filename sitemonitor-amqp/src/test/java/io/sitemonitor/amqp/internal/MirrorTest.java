package io.sitemonitor.amqp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.amqp.message.CheckStatus;
import io.sitemonitor.amqp.message.EventMessage;
import io.sitemonitor.amqp.message.EventOrigin;
import io.sitemonitor.amqp.message.SnapshotMessage;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.event.CheckChanged;
import io.sitemonitor.event.ConditionChanged;
import io.sitemonitor.event.IsolationChanged;
import io.sitemonitor.event.MonitorClosed;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.state.Condition;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.state.Transition;
import io.sitemonitor.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MirrorTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration STALE = Duration.ofSeconds(15);

    private final ManualTime time = ManualTime.startingAt(NOON);
    private final List<String> changes = new ArrayList<>();
    private final Mirror mirror =
            new Mirror("shop", 10, time, (check, from, to) -> changes.add(check + " " + from + " " + to));
    private final Mirror telling = new Mirror("shop", 10, time, new Mirror.Changes() {
        @Override
        public void changed(String check, HealthState from, HealthState to) {
            changes.add(check + " " + from + " " + to);
        }

        @Override
        public void freshness(boolean fresh) {
            changes.add(fresh ? "fresh" : "stale");
        }
    });

    @Test
    void knowsNothingBeforeASnapshotIsComplete() throws Exception {
        mirror.take(event("a", 1, down("x")));
        mirror.take(part("a", 2, 1, 2, up("x")));
        assertThat(mirror.isFresh()).isFalse();
        assertThat(mirror.fresh("x")).isNull();
        assertThat(mirror.snapshotAge()).isEmpty();
        assertThat(mirror.awaitReady(Duration.ZERO)).isFalse();
        mirror.take(part("a", 2, 2, 2, is("y", HealthState.DOWN)));
        assertThat(mirror.isFresh()).isTrue();
        assertThat(mirror.awaitReady(Duration.ZERO)).isTrue();
        assertThat(mirror.snapshotAge()).contains(Duration.ZERO);
        assertThat(mirror.checks()).containsExactly("x", "y");
        assertThat(mirror.fresh("x").up()).isTrue();
        assertThat(mirror.fresh("z")).isNull();
        assertThat(changes).containsExactlyInAnyOrder("x UNKNOWN UP", "y UNKNOWN DOWN");
    }

    @Test
    void whatHasTheHigherNumberCounts() {
        mirror.take(snapshot("a", 10, up("x")));
        mirror.take(event("a", 9, down("x")));
        assertThat(state("x")).isEqualTo(HealthState.UP);
        mirror.take(event("a", 12, down("x")));
        mirror.take(event("a", 11, ups("x")));
        mirror.take(event("a", 12, ups("x")));
        assertThat(state("x")).isEqualTo(HealthState.DOWN);
        mirror.take(snapshot("a", 11, up("x")));
        assertThat(state("x")).as("taken before it went down").isEqualTo(HealthState.DOWN);
        mirror.take(snapshot("a", 13, up("x")));
        mirror.take(snapshot("a", 10, is("x", HealthState.DEGRADED)));
        assertThat(state("x")).isEqualTo(HealthState.UP);
        assertThat(changes).containsExactly("x UNKNOWN UP", "x UP DOWN", "x DOWN UP");
    }

    @Test
    void checksComeAndGo() {
        mirror.take(snapshot("a", 10, up("x"), up("y")));
        mirror.take(event("a", 12, changed("x", CheckChanged.Change.REMOVED)));
        mirror.take(event("a", 13, changed("z", CheckChanged.Change.ADDED)));
        mirror.take(snapshot("a", 11, up("x"), up("y")));
        mirror.take(event("a", 9, ups("old")));
        assertThat(mirror.checks()).containsExactly("y", "z");
        assertThat(state("z")).isEqualTo(HealthState.UNKNOWN);
        mirror.take(event("a", 14, changed("x", CheckChanged.Change.ADDED)));
        mirror.take(event("a", 15, changed("y", CheckChanged.Change.PAUSED)));
        mirror.take(snapshot("a", 16, up("x"), up("w")));
        assertThat(mirror.checks()).containsExactly("w", "x");
        assertThat(changes).endsWith("y UP UNKNOWN").contains("w UNKNOWN UP", "x UP UNKNOWN", "x UNKNOWN UP");
    }

    @Test
    void conditionsFollowEventsAndSnapshots() {
        mirror.take(snapshot("a", 1, up("x")));
        mirror.take(event("a", 2, condition("x", ConditionKind.MAINTENANCE, true)));
        assertThat(mirror.fresh("x").up()).isTrue();
        mirror.take(event("a", 3, condition("x", ConditionKind.STALE, true)));
        assertThat(mirror.fresh("x").up()).as("stale is never up").isFalse();
        assertThat(mirror.fresh("x").conditions())
                .extracting(Condition::kind)
                .containsExactly(ConditionKind.MAINTENANCE, ConditionKind.STALE);
        mirror.take(event("a", 4, condition("x", ConditionKind.STALE, false)));
        mirror.take(event("a", 5, condition("unheard", ConditionKind.PAUSED, true)));
        mirror.take(event("a", 6, down("x")));
        assertThat(mirror.fresh("x").conditions())
                .extracting(Condition::kind)
                .containsExactly(ConditionKind.MAINTENANCE);
        assertThat(mirror.last("unheard")).isNull();
        mirror.take(snapshot("a", 7, up("x")));
        assertThat(mirror.fresh("x").conditions()).isEmpty();
    }

    @Test
    void isStaleAfterThreePeriodsAndHeals() {
        mirror.take(snapshot("a", 1, up("x")));
        time.advance(STALE.minusNanos(1));
        assertThat(mirror.fresh("x").up()).isTrue();
        mirror.take(event("a", 2, ups("y")));
        mirror.take(part("a", 3, 1, 2, up("x")));
        time.advance(Duration.ofNanos(1));
        assertThat(mirror.isFresh())
                .as("events and half snapshots do not prove that all is known")
                .isFalse();
        assertThat(mirror.fresh("x")).isNull();
        assertThat(mirror.last("x").state()).isEqualTo(HealthState.UP);
        assertThat(mirror.snapshotAge()).contains(STALE);
        mirror.take(part("a", 3, 2, 2, up("y")));
        assertThat(mirror.fresh("x").up()).isTrue();
        assertThat(changes).as("that nothing is heard is no change").containsExactly("x UNKNOWN UP", "y UNKNOWN UP");
    }

    @Test
    void tellsThatEverythingIsKnownAfterTheChangesAndThatNothingIsBeforeThem() {
        telling.look();
        telling.take(event("a", 1, down("x")));
        telling.take(part("a", 2, 1, 2, up("x")));
        assertThat(changes).as("half a snapshot").isEmpty();
        telling.take(part("a", 2, 2, 2, up("y")));
        telling.take(snapshot("a", 3, up("x"), up("y")));
        assertThat(changes).containsExactlyInAnyOrder("x UNKNOWN UP", "y UNKNOWN UP", "fresh");
        assertThat(changes).endsWith("fresh");
        changes.clear();

        time.advance(STALE.minusNanos(1));
        telling.look();
        assertThat(changes).isEmpty();
        time.advance(Duration.ofNanos(1));
        telling.look();
        telling.look();
        assertThat(changes).containsExactly("stale");
        telling.take(event("a", 4, down("x")));
        telling.take(snapshot("a", 5, is("x", HealthState.DOWN), is("y", HealthState.DOWN)));
        assertThat(changes).containsExactly("stale", "x UP DOWN", "y UP DOWN", "fresh");
        changes.clear();

        time.advance(STALE);
        telling.take(snapshot("a", 6, up("x"), is("y", HealthState.DOWN)));
        assertThat(changes).as("nobody had looked meanwhile").containsExactly("stale", "x DOWN UP", "fresh");
        changes.clear();
        telling.take(event("a", 7, new MonitorClosed("shop", NOON, 0)));
        assertThat(changes).containsExactly("stale");
        telling.take(snapshot("b", 1, up("x")));
        assertThat(changes).containsExactly("stale", "y DOWN UNKNOWN", "fresh");
        changes.clear();
        telling.take(snapshot("c", 1, up("x")));
        assertThat(changes).as("a successor without a pause").isEmpty();
    }

    @Test
    void stepsOfTheWallClockDoNotMatter() {
        mirror.take(snapshot("a", 1, up("x")));
        time.stepWallClock(Duration.ofDays(1));
        assertThat(mirror.isFresh()).isTrue();
        time.stepWallClock(Duration.ofDays(-2));
        assertThat(mirror.isFresh()).isTrue();
    }

    @Test
    void theSenderSaysThePeriodWithinReason() {
        mirror.take(new SnapshotMessage(
                origin("a", 1), "shop", NOON, Duration.ofDays(1_000_000), 1, 1, false, List.of(up("x"))));
        time.advance(Duration.ofHours(3).minusNanos(1));
        assertThat(mirror.isFresh()).isTrue();
        time.advance(Duration.ofNanos(1));
        assertThat(mirror.isFresh()).isFalse();
        mirror.take(new SnapshotMessage(origin("a", 2), "shop", NOON, Duration.ZERO, 1, 1, false, List.of(up("x"))));
        assertThat(mirror.isFresh()).isTrue();
        time.advance(Duration.ofMillis(300));
        assertThat(mirror.isFresh()).isFalse();
    }

    @Test
    void aLostPartIsMadeUpForByTheNextSnapshot() {
        mirror.take(snapshot("a", 1, up("x"), up("y"), up("z")));
        mirror.take(part("a", 5, 1, 2, is("x", HealthState.DOWN)));
        assertThat(state("x")).as("each part counts at once").isEqualTo(HealthState.DOWN);
        mirror.take(part("a", 8, 2, 2, up("y")));
        assertThat(mirror.checks()).containsExactly("x", "y", "z");
        mirror.take(part("a", 8, 2, 2, up("y")));
        mirror.take(part("a", 5, 2, 2, up("y")));
        assertThat(mirror.checks()).as("a part twice is not two parts").containsExactly("x", "y", "z");
        mirror.take(part("a", 8, 1, 2, up("x")));
        assertThat(mirror.checks()).containsExactly("x", "y");
    }

    @Test
    void followsTheRestartedMonitorOnceItHasToldEverything() {
        mirror.take(snapshot("a", 100, up("x"), up("y")));
        changes.clear();
        time.advance(Duration.ofSeconds(1));
        mirror.take(event("b", 1, down("x")));
        assertThat(state("x")).as("what was known is good enough for now").isEqualTo(HealthState.UP);
        assertThat(mirror.take(event("a", 101, down("y")))).isTrue();
        assertThat(state("y")).isEqualTo(HealthState.DOWN);
        mirror.take(snapshot("b", 2, is("x", HealthState.DOWN), up("z")));
        assertThat(mirror.checks()).containsExactly("x", "z");
        assertThat(state("x")).isEqualTo(HealthState.DOWN);
        assertThat(changes).containsExactlyInAnyOrder("y UP DOWN", "x UP DOWN", "z UNKNOWN UP", "y DOWN UNKNOWN");
        assertThat(mirror.take(event("a", 102, ups("x"))))
                .as("what is late of the former")
                .isFalse();
        assertThat(mirror.take(snapshot("a", 103, up("x")))).isFalse();
        assertThat(state("x")).isEqualTo(HealthState.DOWN);
    }

    @Test
    void ofTwoThatRunTheOneStartedLastIsFollowedUntilItIsGone() {
        mirror.take(snapshot("b", 1, up("x")));
        assertThat(mirror.take(snapshot("a", 50, is("x", HealthState.DOWN)))).isFalse();
        assertThat(state("x")).isEqualTo(HealthState.UP);
        time.advance(STALE);
        assertThat(mirror.take(snapshot("a", 51, is("x", HealthState.DOWN)))).isTrue();
        assertThat(state("x")).isEqualTo(HealthState.DOWN);
        assertThat(mirror.take(snapshot("b", 2, up("x")))).as("it is back").isTrue();
        assertThat(state("x")).isEqualTo(HealthState.UP);
    }

    @Test
    void oneThatNeverTellsEverythingIsNotWaitedFor() {
        mirror.take(snapshot("a", 1, up("x")));
        mirror.take(event("c", 1, down("x")));
        mirror.take(snapshot("a", 2, up("x")));
        assertThat(state("x")).isEqualTo(HealthState.UP);
        assertThat(mirror.take(snapshot("b", 1, is("x", HealthState.DOWN)))).isFalse();
        time.advance(STALE);
        assertThat(mirror.take(snapshot("b", 2, is("x", HealthState.DOWN)))).isTrue();
        assertThat(state("x")).isEqualTo(HealthState.DOWN);
    }

    @Test
    void whatIsClosedIsNotKnown() {
        mirror.take(snapshot("a", 1, up("x")));
        mirror.take(event("a", 5, new MonitorClosed("shop", NOON, 0)));
        assertThat(mirror.isFresh()).isFalse();
        assertThat(mirror.fresh("x")).isNull();
        mirror.take(snapshot("a", 4, up("x")));
        assertThat(mirror.isFresh()).as("taken before it was closed").isFalse();
        mirror.take(snapshot("a", 6, up("x")));
        assertThat(mirror.fresh("x").up()).isTrue();
        mirror.take(event("a", 3, new MonitorClosed("shop", NOON, 0)));
        assertThat(mirror.isFresh()).as("late news of what is known to be over").isTrue();
    }

    @Test
    void isolationFollowsEventsAndSnapshots() {
        mirror.take(snapshot("a", 1, up("x")));
        mirror.take(event("a", 3, new IsolationChanged("shop", NOON, true, "all fail")));
        mirror.take(snapshot("a", 2, up("x")));
        mirror.take(event("a", 2, new IsolationChanged("shop", NOON, false, "")));
        assertThat(mirror.isIsolated()).isTrue();
        mirror.take(snapshot("a", 4, up("x")));
        assertThat(mirror.isIsolated()).isFalse();
        mirror.take(event("a", 5, new IsolationChanged("shop", NOON, true, "all fail")));
        time.advance(STALE);
        assertThat(mirror.isIsolated()).isFalse();
    }

    @Test
    void remembersNoMoreThanItMay() {
        for (int i = 0; i < 50; i++) {
            mirror.take(part("a", 1, i + 1, 51, up("c" + i)));
            mirror.take(event("a", 100 + i, ups("e" + i)));
            mirror.take(event("a", 200 + i, changed("r" + i, CheckChanged.Change.REMOVED)));
        }
        mirror.take(part("a", 1, 51, 51));
        assertThat(mirror.checks()).hasSize(10);
        mirror.take(snapshot("a", 300, up("x")));
        assertThat(mirror.checks()).as("one snapshot makes room").isEmpty();
        mirror.take(snapshot("a", 301, up("x")));
        assertThat(mirror.checks()).containsExactly("x");
    }

    @Test
    void ignoresOtherMonitors() {
        mirror.take(snapshot("a", 1, up("x")));
        assertThat(mirror.take(new SnapshotMessage(
                        origin("b", 2), "other", NOON, PERIOD, 1, 1, false, List.of(is("x", HealthState.DOWN)))))
                .isTrue();
        mirror.take(event("a", 3, new MonitorClosed("other", NOON, 0)));
        assertThat(mirror.fresh("x").up()).isTrue();
    }

    /** Whatever is lost, doubled or out of order: what is said is what holds as soon as one snapshot has come through. */
    @Test
    void everyLossIsHealedByOneSnapshot() {
        for (int round = 0; round < 500; round++) {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            Mirror mirror = new Mirror("shop", 100, time, (check, from, to) -> {});
            Map<String, HealthState> truth = new TreeMap<>();
            List<Runnable> wire = new ArrayList<>();
            long number = 0;
            for (int step = 0; step < 60; step++) {
                String check = "c" + random.nextInt(6);
                number++;
                if (random.nextInt(10) == 0) {
                    send(wire, mirror, "a", number, truth, 1 + random.nextInt(3));
                } else if (!truth.containsKey(check)) {
                    truth.put(check, HealthState.UNKNOWN);
                    EventMessage added = event("a", number, changed(check, CheckChanged.Change.ADDED));
                    wire.add(() -> mirror.take(added));
                } else if (random.nextInt(6) == 0) {
                    truth.remove(check);
                    EventMessage removed = event("a", number, changed(check, CheckChanged.Change.REMOVED));
                    wire.add(() -> mirror.take(removed));
                } else {
                    HealthState to = HealthState.values()[random.nextInt(4)];
                    EventMessage changed = event("a", number, state(check, truth.put(check, to), to));
                    wire.add(() -> mirror.take(changed));
                }
            }
            wire.removeIf(message -> random.nextInt(5) == 0);
            wire.addAll(List.copyOf(wire.subList(0, wire.size() / 2)));
            Collections.shuffle(wire, random);
            List<Runnable> last = new ArrayList<>();
            send(last, mirror, "a", number + 1, truth, 3);
            wire.addAll(random.nextInt(wire.size()), last);
            wire.forEach(Runnable::run);
            Map<String, HealthState> said = new TreeMap<>();
            mirror.checks().forEach(check -> said.put(check, mirror.fresh(check).state()));
            assertThat(said).as("seed %d", seed).isEqualTo(truth);
        }
    }

    private static void send(
            List<Runnable> wire, Mirror mirror, String epoch, long number, Map<String, HealthState> truth, int parts) {
        List<CheckStatus> all =
                truth.entrySet().stream().map(e -> is(e.getKey(), e.getValue())).toList();
        for (int part = 1; part <= parts; part++) {
            List<CheckStatus> some = all.subList(all.size() * (part - 1) / parts, all.size() * part / parts);
            SnapshotMessage message = part(epoch, number, part, parts, some.toArray(CheckStatus[]::new));
            wire.add(() -> mirror.take(message));
        }
    }

    private HealthState state(String check) {
        return mirror.fresh(check).state();
    }

    private static SnapshotMessage snapshot(String epoch, long number, CheckStatus... checks) {
        return part(epoch, number, 1, 1, checks);
    }

    private static SnapshotMessage part(String epoch, long number, int part, int parts, CheckStatus... checks) {
        return new SnapshotMessage(origin(epoch, number), "shop", NOON, PERIOD, part, parts, false, List.of(checks));
    }

    private static EventMessage event(String epoch, long number, MonitorEvent event) {
        return new EventMessage(origin(epoch, number), event);
    }

    /** Of epochs the one with the later name was started later. */
    private static EventOrigin origin(String epoch, long number) {
        return new EventOrigin(epoch, NOON.plusSeconds(epoch.charAt(0)), number);
    }

    private static CheckStatus up(String check) {
        return is(check, HealthState.UP);
    }

    private static CheckStatus is(String check, HealthState state) {
        return new CheckStatus(check, state, state.isUp(), NOON, List.of());
    }

    private static MonitorEvent down(String check) {
        return state(check, HealthState.UP, HealthState.DOWN);
    }

    private static MonitorEvent ups(String check) {
        return state(check, HealthState.DOWN, HealthState.UP);
    }

    private static MonitorEvent state(String check, HealthState from, HealthState to) {
        return new StateChanged("shop", check, new Transition(from, to, NOON, NOON, 3), CheckResult.pass());
    }

    private static MonitorEvent changed(String check, CheckChanged.Change change) {
        return new CheckChanged("shop", check, "http", NOON, change, false);
    }

    private static MonitorEvent condition(String check, ConditionKind kind, boolean holds) {
        return new ConditionChanged("shop", check, NOON, new Condition(kind, "because", NOON, null), holds);
    }
}
