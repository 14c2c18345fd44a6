package io.sitemonitor;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A monitor as the design has it: several {@link ModelCheck}s under one clock. */
final class ModelMonitor {

    private final Map<String, ModelCheck> checks = new LinkedHashMap<>();
    private final Map<String, ModelLog> logs = new HashMap<>();
    private final ModelWall wall = new ModelWall();
    private long now;
    private boolean closed;

    @Nullable
    ModelCheck check(String name) {
        return checks.get(name);
    }

    ModelLog log(String name) {
        return logs.computeIfAbsent(name, n -> new ModelLog());
    }

    ModelWall wall() {
        return wall;
    }

    /** §6.7: those who depend on a check look again; whoever is paused lets those who depend on it look. */
    void tellDependents(String name) {
        for (ModelCheck child : List.copyOf(checks.values())) {
            if (child.settings().parents().contains(name)) {
                child.lookAgain(now);
                if (child.isPaused()) {
                    tellDependents(child.name());
                }
            }
        }
    }

    boolean isClosed() {
        return closed;
    }

    long now() {
        return now;
    }

    /** The wall time of a moment, as far from the beginning as it looks there. */
    long wall(long nanos) {
        return wall.at(nanos);
    }

    /** Does a step; returns whether it is accepted. */
    boolean apply(Step step) {
        if (step instanceof Step.Advance advance) {
            advance(advance.nanos());
            return true;
        }
        if (step instanceof Step.Clock clock) {
            wall.step(clock.nanos(), now);
            return true;
        }
        if (step instanceof Step.Add add) {
            advance(1_000_000);
            if (closed || checks.containsKey(add.check())) {
                return false;
            }
            checks.put(add.check(), new ModelCheck(add.check(), add.settings(), this, now));
            return true;
        }
        if (step instanceof Step.Close) {
            closed = true;
            checks.values().forEach(ModelCheck::end);
            return true;
        }
        return step instanceof Step.Remark || command(step);
    }

    private boolean command(Step step) {
        if (step instanceof Step.Find find) {
            return with(find.check(), check -> check.finds(find));
        }
        if (step instanceof Step.Remove remove) {
            ModelCheck gone = checks.remove(remove.check());
            if (gone != null) {
                gone.remove(now);
            }
            return gone != null;
        }
        if (closed) {
            return false;
        }
        if (step instanceof Step.Pause pause) {
            return with(pause.check(), check -> check.pause(now));
        }
        if (step instanceof Step.Resume resume) {
            return with(resume.check(), check -> check.resume(now));
        }
        if (step instanceof Step.RunNow run) {
            return with(run.check(), check -> check.runNow(now));
        }
        if (step instanceof Step.OpenMaintenance open) {
            return withOneOrAll(open.check(), check -> check.openMaintenance(open.reason(), open.limit(), now));
        }
        if (step instanceof Step.CloseMaintenance close) {
            return withOneOrAll(close.check(), check -> check.closeMaintenance(now));
        }
        if (step instanceof Step.ReplaceSettings replace) {
            return with(replace.check(), check -> {
                if (!check.settings().equals(replace.settings())) {
                    check.replaceSettings(replace.settings(), now);
                }
            });
        }
        if (step instanceof Step.ReplaceCheck replace) {
            return with(replace.check(), check -> check.replaceCheck(now));
        }
        return step instanceof Step.ReplaceSame same && checks.containsKey(same.check());
    }

    private boolean withOneOrAll(String name, Consumer<ModelCheck> command) {
        if (!name.equals(Step.ALL)) {
            return with(name, command);
        }
        checks.values().forEach(command);
        return true;
    }

    private boolean with(String name, Consumer<ModelCheck> command) {
        ModelCheck check = checks.get(name);
        if (check != null) {
            command.accept(check);
        }
        return check != null;
    }

    private void advance(long nanos) {
        long end = now + nanos;
        while (true) {
            ModelCheck first = null;
            for (ModelCheck check : checks.values()) {
                boolean earlier = first == null
                        || check.next() < first.next()
                        || (check.next() == first.next() && check.isTimed() && !first.isTimed());
                if (earlier) {
                    first = check;
                }
            }
            long look = closed ? ModelCheck.NEVER : wall.nextLook();
            if (look <= end && (first == null || first.next() > look)) {
                now = look;
                if (wall.jumped()) {
                    checks.values().forEach(check -> check.clockStepped(now));
                }
                continue;
            }
            if (first == null || first.next() > end) {
                now = end;
                return;
            }
            now = Math.max(now, first.next());
            first.happen(now);
        }
    }
}
