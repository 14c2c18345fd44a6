package io.sitemonitor;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.definition.CheckSettingsBuilder;
import io.sitemonitor.event.ConditionChanged;
import io.sitemonitor.event.IsolationChanged;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.schedule.MaintenanceWindow;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random histories of everything that may hold beside the state: dependency graphs, maintenance by window and command,
 * flapping, isolation, a host that freezes, pauses, settings replaced, checks removed and added, results reported. Whatever
 * happens, what is told stays legal (P12), no outage is told while something holds it, and once all is well again everything
 * that was told is closed.
 *
 * <p>{@code -Dsitemonitor.conditions.histories=} says how many (600), {@code -Dsitemonitor.conditions.seed=} from which
 * seed on (0).
 */
class ConditionHistoriesTest {

    private static final long FIRST = Long.getLong("sitemonitor.conditions.seed", 0);
    private static final long HISTORIES = Long.getLong("sitemonitor.conditions.histories", 600);
    private static final Instant START = Instant.parse("2026-03-28T20:00:00Z");
    private static final String[] NAMES = {"power", "gateway", "shop", "search", "net-a", "net-b"};

    @Test
    @DisplayName("P12, §6.6 to §6.9, §7.2: histories stay legal whatever holds beside the state")
    void historiesStayLegalWhateverHolds() {
        for (long seed = FIRST; seed < FIRST + HISTORIES; seed++) {
            List<String> violations = new History(seed).play();
            assertThat(violations).as("seed %d", seed).isEmpty();
        }
    }

    /** A span in which a condition held. */
    private record Held(ConditionKind kind, Instant from, Instant to) {}

    private static final class History {

        private final SplitMix random;
        private final ManualTime time = ManualTime.startingAt(START);
        private final LegalHistory legal = new LegalHistory(1);
        private final LegalHistory.Alerts told = legal.alerts();
        private final Map<String, ScriptedCheck> checks = new TreeMap<>();
        private final Map<String, List<Held>> held = new TreeMap<>();
        private final List<Alert> outages = new ArrayList<>();
        private final Set<String> ids = new HashSet<>();
        private boolean isolated;
        private boolean toldIsolated;

        History(long seed) {
            random = new SplitMix(seed);
        }

        List<String> play() {
            MonitorBuilder builder = Monitor.named("m").runOn(time).warmUp(ofSeconds(random.below(6)));
            for (String name : NAMES) {
                checks.put(name, ScriptedCheck.passing());
                builder.check(name, checks.get(name), settings(name));
            }
            if (chance(50)) {
                builder.onlineWhen(1, "net-a", "net-b");
            }
            Monitor monitor = builder.alert(
                            this::alerted,
                            p -> p.kinds(AlertKind.DOWN, AlertKind.DEGRADED, AlertKind.FLAPPING, AlertKind.ISOLATED))
                    .listener(legal.events())
                    .listener(conditions())
                    .start();
            long steps = 10 + random.below(50);
            for (long i = 0; i < steps; i++) {
                step(monitor);
            }
            beWell(monitor);
            judge(monitor);
            monitor.close();
            return legal.violations();
        }

        /** What comes later in the list may depend on what comes before, so there is no circle. */
        private Consumer<CheckSettingsBuilder> settings(String name) {
            int place = List.of(NAMES).indexOf(name);
            int every = (int) random.oneOf(1, 5, 10, 30, 60);
            int down = 1 + (int) random.below(3);
            int up = 1 + (int) random.below(3);
            int flaps = (int) random.oneOf(0, 3, 4, 6);
            List<String> parents = new ArrayList<>();
            for (int i = 0; i < place && !name.startsWith("net"); i++) {
                if (chance(40)) {
                    parents.add(NAMES[i]);
                }
            }
            Instant from = START.plusSeconds(random.below(7_200));
            MaintenanceWindow window = MaintenanceWindow.once(from, from.plusSeconds(1 + random.below(1_800)));
            boolean maintained = chance(20);
            return c -> {
                c.every(ofSeconds(every))
                        .timeout(ofSeconds(3))
                        .retryEvery(ofSeconds(Math.min(every, 2)))
                        .downAfter(down)
                        .upAfter(up)
                        .flapAfter(flaps, ofMinutes(3));
                parents.forEach(parent -> c.dependsOn(parent));
                if (maintained) {
                    c.maintenance(window);
                }
            };
        }

        private void step(Monitor monitor) {
            String name = random.oneOf(NAMES);
            boolean there = monitor.has(name);
            switch ((int) random.below(16)) {
                case 0, 1, 2 -> checks.get(name).fails("refused");
                case 3, 4 -> checks.get(name).passes();
                case 5 -> checks.get(name).warns("slow");
                case 6 -> checks.get(name).takes(ofSeconds(random.below(5)));
                case 7 ->
                    monitor.openMaintenance("work", ofSeconds(1 + random.below(600)), there ? names(name) : names());
                case 8 -> monitor.closeMaintenance(there ? names(name) : names());
                case 9 -> onlyIf(there, () -> monitor.pause(name, "quiet", ofSeconds(1 + random.below(300))));
                case 10 -> onlyIf(there, () -> monitor.resume(name));
                case 11 -> onlyIf(there, () -> monitor.replace(name, checks.get(name), settings(name)));
                case 12 -> {
                    if (there && chance(50)) {
                        monitor.remove(name);
                    } else if (!there) {
                        monitor.add(name, checks.get(name), settings(name));
                    }
                }
                case 13 -> time.freeze(ofMillis(random.below(20_000)));
                case 14 -> monitor.report(name, CheckResult.fail("by a caller"), ofMillis(5));
                default -> onlyIf(there, () -> monitor.runNow(name));
            }
            time.advance(random.oneOf(ofMillis(1), ofSeconds(1), ofSeconds(7), ofSeconds(30), ofMinutes(3)));
        }

        private static String[] names(String... names) {
            return names;
        }

        private static void onlyIf(boolean condition, Runnable action) {
            if (condition) {
                action.run();
            }
        }

        private void beWell(Monitor monitor) {
            checks.values().forEach(check -> check.passes().takes(Duration.ZERO));
            monitor.closeMaintenance();
            monitor.checks().forEach(monitor::resume);
            time.advance(Duration.ofHours(3)); // the last window has passed by then
        }

        private void judge(Monitor monitor) {
            if (!monitor.incidents().open().isEmpty()) {
                legal.violated("all", "still open: " + monitor.incidents().open());
            }
            for (CheckSnapshot check : monitor.snapshot().checks()) {
                if (told.isTold(check.name())) {
                    legal.violated(check.name(), "was told and not closed");
                }
                if (!check.state().isUp() || !check.conditions().isEmpty()) {
                    legal.violated(check.name(), "is " + check.state() + " with " + check.conditions());
                }
            }
            if (isolated || toldIsolated) {
                legal.violated("m", "is still isolated");
            }
            for (Alert outage : outages) {
                for (Held span : held.getOrDefault(outage.check(), List.of())) {
                    if (span.from().isBefore(outage.at()) && outage.at().isBefore(span.to())) {
                        legal.violated(outage.check(), "DOWN told at " + outage.at() + " during " + span);
                    }
                }
            }
        }

        private void alerted(Alert alert) {
            if (!ids.add(alert.id())) {
                legal.violated(alert.check(), alert.kind() + " told twice: " + alert.id());
            }
            if (alert.kind() == AlertKind.ISOLATED || alert.kind() == AlertKind.ISOLATION_ENDED) {
                boolean begins = alert.kind() == AlertKind.ISOLATED;
                if (begins == toldIsolated) {
                    legal.violated("m", alert.kind() + " told twice");
                }
                toldIsolated = begins;
                return;
            }
            if (alert.kind() == AlertKind.DOWN) {
                outages.add(alert);
            }
            told.onAlert(alert);
        }

        private MonitorListener conditions() {
            return new MonitorListener() {
                @Override
                public void onEvent(MonitorEvent event) {
                    if (event instanceof IsolationChanged change) {
                        isolated = change.isolated();
                    } else if (event instanceof ConditionChanged change
                            && !change.holds()
                            && change.condition().kind().holdsAlerts()) {
                        held.computeIfAbsent(change.check(), check -> new ArrayList<>())
                                .add(new Held(
                                        change.condition().kind(),
                                        change.condition().since(),
                                        change.at()));
                    }
                }

                @Override
                public boolean isDirect() {
                    return true;
                }
            };
        }

        private boolean chance(int percent) {
            return random.below(100) < percent;
        }
    }
}
