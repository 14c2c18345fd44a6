package io.sitemonitor;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.event.AlertHeld;
import io.sitemonitor.event.ConditionChanged;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.history.CheckFigures;
import io.sitemonitor.schedule.MaintenanceWindow;
import io.sitemonitor.state.Condition;
import io.sitemonitor.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Plays a {@link History} on a monitor in virtual time, and looks after each step whether the model agrees. */
final class HistoryPlayer {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final long SECOND = 1_000_000_000L;

    private final ManualTime time = ManualTime.startingAt(START);
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> record = new ArrayList<>();
    private final Monitor monitor = Monitor.named("m")
            .runOn(time)
            .warmUp(Duration.ZERO)
            .listener(new Changes())
            .alert(this::told, p -> p.named("a").kinds(AlertKind.DOWN, AlertKind.DEGRADED))
            .start();

    /** Returns what of a history the engine does otherwise than the model; null if nothing. */
    static @Nullable String difference(History history) {
        HistoryPlayer player = new HistoryPlayer();
        ModelMonitor model = new ModelMonitor();
        int number = 0;
        for (Step step : history.steps()) {
            number++;
            boolean accepted = player.apply(step);
            boolean expected = model.apply(step);
            String difference = accepted == expected
                    ? player.differenceFrom(model, step instanceof Step.Advance)
                    : "accepted: " + accepted + ", expected: " + expected;
            if (difference != null) {
                return "step " + number + ", " + step + ": " + difference;
            }
        }
        Step last = new Step.Advance(0);
        player.apply(last);
        model.apply(last);
        String difference = player.differenceFrom(model, true);
        difference = difference == null ? player.planDifference(model) : difference;
        difference = difference == null && !model.isClosed() ? player.uptimeDifference(model) : difference;
        player.monitor.close();
        return difference == null ? null : "at the end: " + difference;
    }

    /** Returns a history with the alerts that the engine tells, each after the step of time in which it is delivered. */
    static List<String> record(History history) {
        HistoryPlayer player = new HistoryPlayer();
        List<String> lines = new ArrayList<>();
        for (Step step : history.steps()) {
            player.apply(step);
            lines.add(step.toString());
            player.moveRecordTo(lines);
        }
        player.time.advance(Duration.ZERO);
        player.moveRecordTo(lines);
        player.monitor.close();
        return lines;
    }

    private void moveRecordTo(List<String> lines) {
        record.forEach(line -> lines.add("> " + line));
        record.clear();
    }

    private boolean apply(Step step) {
        try {
            return did(step);
        } catch (IllegalArgumentException | IllegalStateException e) { // there is no such check, or no such monitor
            return false;
        }
    }

    private boolean did(Step step) {
        if (step instanceof Step.Advance advance) {
            time.advance(Duration.ofNanos(advance.nanos()));
        } else if (step instanceof Step.Clock clock) {
            time.stepWallClock(Duration.ofNanos(clock.nanos()));
        } else if (step instanceof Step.Add add) {
            time.advance(Duration.ofMillis(1));
            add(add);
        } else if (step instanceof Step.Find find) {
            Target target = targets.get(find.check());
            if (target == null || !monitor.has(find.check())) {
                return false;
            }
            target.finds = find;
        } else if (step instanceof Step.Pause pause) {
            monitor.pause(pause.check());
        } else if (step instanceof Step.Resume resume) {
            monitor.resume(resume.check());
        } else if (step instanceof Step.OpenMaintenance open) {
            monitor.openMaintenance(open.reason(), Duration.ofNanos(open.limit()), names(open.check()));
        } else if (step instanceof Step.CloseMaintenance close) {
            monitor.closeMaintenance(names(close.check()));
        } else if (step instanceof Step.RunNow run) {
            CompletableFuture<CheckResult> answer = monitor.runNow(run.check());
            target(run.check()).asked.add(answer);
        } else if (step instanceof Step.Remove remove) {
            return monitor.remove(remove.check());
        } else if (step instanceof Step.Close) {
            monitor.close();
        } else {
            return replaced(step);
        }
        return true;
    }

    private static String[] names(String check) {
        return check.equals(Step.ALL) ? new String[0] : new String[] {check};
    }

    private void add(Step.Add add) {
        Target target = targets.computeIfAbsent(add.check(), Target::new);
        Probe probe = new Probe(target);
        monitor.add(
                add.check(),
                probe,
                c -> c.from(definition(add.check(), probe, add.settings()).settings()));
        target.finds = new Step.Find(add.check(), Verdict.PASS, 1_000_000, false);
        target.probe = probe;
        target.settings = add.settings();
    }

    private boolean replaced(Step step) {
        if (step instanceof Step.ReplaceSame same) {
            Target target = present(same.check());
            if (monitor.put(definition(same.check(), target.probe, target.settings))) {
                throw new AssertionError("an equal definition changed something");
            }
        } else if (step instanceof Step.ReplaceSettings other) {
            Target target = present(other.check());
            monitor.put(definition(other.check(), target.probe, other.settings()));
            target.settings = other.settings();
        } else if (step instanceof Step.ReplaceCheck other) {
            Target target = present(other.check());
            Probe probe = new Probe(target);
            monitor.put(definition(other.check(), probe, target.settings));
            target.probe = probe;
        }
        return true;
    }

    private Target present(String check) {
        if (!monitor.has(check)) {
            throw new IllegalArgumentException("there is no check '" + check + "'");
        }
        return target(check);
    }

    private Target target(String check) {
        return targets.computeIfAbsent(check, Target::new);
    }

    private static CheckDefinition definition(String name, Check check, Step.Settings settings) {
        return CheckDefinition.of(name, check, c -> {}, c -> {
            c.every(Duration.ofNanos(settings.every()))
                    .timeout(Duration.ofNanos(settings.timeout()))
                    .retryEvery(Duration.ofNanos(settings.retryEvery()))
                    .downAfter(settings.thresholds().downAfter())
                    .upAfter(settings.thresholds().upAfter())
                    .degradedAfter(settings.thresholds().degradedAfter())
                    .flapAfter(0, Duration.ofMinutes(10));
            settings.parents().forEach(parent -> c.dependsOn(parent));
            Step.Window window = settings.window();
            if (window != null) {
                c.maintenance(MaintenanceWindow.once(START.plusNanos(window.start()), START.plusNanos(window.end())));
            }
        });
    }

    private void told(Alert alert) {
        Target target = target(alert.check());
        int number = numbers.computeIfAbsent(alert.incidentId(), id -> target.log.number());
        ModelFact.Alerted told = new ModelFact.Alerted(
                alert.kind(),
                alert.from(),
                alert.to(),
                number,
                nanos(alert.since()),
                nanos(alert.at()),
                alert.duration().toNanos());
        target.log.alerts.add(told);
        record.add(alert.check() + " " + told);
    }

    private static long nanos(Instant at) {
        return (at.getEpochSecond() - START.getEpochSecond()) * SECOND + at.getNano() - START.getNano();
    }

    private @Nullable String differenceFrom(ModelMonitor model, boolean settled) {
        for (Map.Entry<String, Target> each : targets.entrySet()) {
            String difference = each.getValue().differenceFrom(model, settled);
            if (difference != null) {
                return each.getKey() + ": " + difference;
            }
        }
        return null;
    }

    private @Nullable String planDifference(ModelMonitor model) {
        for (CheckSnapshot snapshot : monitor.snapshot().checks()) {
            ModelCheck expected = model.check(snapshot.name());
            if (expected == null) {
                return snapshot.name() + " is in the snapshot";
            }
            Instant plan = snapshot.nextRunAt();
            long planned = expected.planned();
            long at = planned == ModelCheck.NEVER ? planned : model.wall(Math.max(model.now(), planned));
            if (snapshot.paused() != expected.isPaused() || (plan == null ? ModelCheck.NEVER : nanos(plan)) != at) {
                return snapshot.name() + ": next run " + plan + ", expected " + at + "; paused " + snapshot.paused();
            }
        }
        return null;
    }

    private @Nullable String uptimeDifference(ModelMonitor model) {
        for (CheckSnapshot snapshot : monitor.snapshot().checks()) {
            CheckFigures.Uptime uptime = snapshot.figures().uptime();
            String seen = ModelUptime.text(uptime.up().toNanos(), uptime.down().toNanos());
            ModelCheck check = model.check(snapshot.name());
            String expected = check == null ? null : check.uptime(model.now());
            if (expected != null && !seen.equals(expected)) {
                return snapshot.name() + " was " + seen + ", expected " + expected;
            }
        }
        return null;
    }

    /** Told of changes where they happen. */
    private final class Changes implements MonitorListener {

        @Override
        public void onEvent(MonitorEvent event) {
            if (event instanceof StateChanged change) {
                changed(change);
            } else if (event instanceof ConditionChanged change) {
                target(change.check()).log.conditions.add(holds(change));
            } else if (event instanceof AlertHeld held) {
                ModelFact.Held fact =
                        new ModelFact.Held(nanos(held.at()), held.condition().kind());
                target(held.check()).log.held.add(fact);
            }
        }

        private void changed(StateChanged change) {
            ModelFact.Change fact = new ModelFact.Change(
                    change.from(),
                    change.to(),
                    nanos(change.transition().since()),
                    nanos(change.at()),
                    change.transition().runs());
            target(change.check()).log.changes.add(fact);
        }

        private ModelFact.Holds holds(ConditionChanged change) {
            Condition condition = change.condition();
            Instant until = condition.until();
            return new ModelFact.Holds(
                    condition.kind(),
                    change.holds(),
                    condition.reason(),
                    nanos(condition.since()),
                    until == null ? ModelCheck.NEVER : nanos(until),
                    nanos(change.at()));
        }

        @Override
        public boolean wants(Class<? extends MonitorEvent> type) {
            return type == StateChanged.class || type == ConditionChanged.class || type == AlertHeld.class;
        }

        @Override
        public boolean isDirect() {
            return true;
        }
    }

    /** What is probed under a name, and what the engine made of it. */
    private final class Target {

        private final String name;
        private final ModelLog log = new ModelLog();
        private final List<CompletableFuture<CheckResult>> asked = new ArrayList<>();
        private Step.Find finds;
        private Check probe = context -> CheckResult.pass();
        private Step.Settings settings = HistoryGenerator.PLAIN;
        private int sameChanges;
        private int sameAlerts;
        private int sameConditions;
        private int sameHeld;

        Target(String name) {
            this.name = name;
            this.finds = new Step.Find(name, Verdict.PASS, 1_000_000, false);
        }

        @Nullable
        String differenceFrom(ModelMonitor model, boolean settled) {
            ModelCheck check = model.check(name);
            ModelLog expected = model.log(name);
            if (check != null && check.state(model.now()) != monitor.stateOf(name)) {
                return monitor.stateOf(name) + ", expected " + check.state(model.now());
            }
            String difference = firstDifference(log.changes, expected.changes, sameChanges);
            sameChanges = log.changes.size();
            if (difference == null) {
                difference = firstDifference(log.conditions, expected.conditions, sameConditions);
                sameConditions = log.conditions.size();
            }
            if (difference == null) {
                difference = firstDifference(log.held, expected.held, sameHeld);
                sameHeld = log.held.size();
            }
            if (difference != null || !settled) {
                return difference;
            }
            difference = firstDifference(log.alerts, expected.alerts, sameAlerts);
            sameAlerts = log.alerts.size();
            if (difference != null) {
                return difference;
            }
            if (!log.ranLike(expected)) {
                return log.runs() + ", expected " + expected.runs();
            }
            long open = monitor.incidents()
                    .openOf(name)
                    .map(incident -> nanos(incident.startedAt()))
                    .orElse(ModelCheck.NEVER);
            if (!model.isClosed() && open != (check == null ? ModelCheck.NEVER : check.outageSince())) {
                return "open incident: " + monitor.incidents().openOf(name);
            }
            for (int i = 0; i < asked.size(); i++) {
                String answer = answer(asked.get(i));
                String right = expected.answers.get(i);
                if (!Objects.equals(answer, right)) {
                    return "who asked was answered " + answer + ", expected " + right;
                }
            }
            return null;
        }

        private @Nullable String answer(CompletableFuture<CheckResult> future) {
            if (!future.isDone()) {
                return null;
            }
            return future.isCompletedExceptionally()
                    ? "refused"
                    : future.join().verdict().name();
        }

        private @Nullable String firstDifference(List<?> seen, List<?> expected, int from) {
            for (int i = from; i < Math.max(seen.size(), expected.size()); i++) {
                Object one = i < seen.size() ? seen.get(i) : "nothing";
                Object other = i < expected.size() ? expected.get(i) : "nothing";
                if (!one.equals(other)) {
                    return "told " + one + ", expected " + other;
                }
            }
            return null;
        }
    }

    /** Finds what its target is told to find; equal only to itself. */
    private final class Probe implements Check {

        private final Target target;

        Probe(Target target) {
            this.target = target;
        }

        @Override
        public CheckResult run(CheckContext context) {
            Step.Find finds = target.finds;
            target.log.started(time.nanos());
            Duration takes = Duration.ofNanos(finds.takes());
            boolean late = takes.compareTo(context.timeout()) > 0;
            time.take(late && !finds.hangs() ? context.timeout() : takes);
            if (late) {
                return CheckResult.fail(FailureKind.TIMEOUT, "late");
            }
            return switch (finds.verdict()) {
                case PASS -> CheckResult.pass();
                case WARN -> CheckResult.warn("not well");
                case FAIL -> CheckResult.fail("out of order");
                case INCONCLUSIVE -> CheckResult.inconclusive("cannot tell");
            };
        }
    }
}
