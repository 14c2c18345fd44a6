package io.sitemonitor;

import io.sitemonitor.ModelRuns.Ran;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import org.jspecify.annotations.Nullable;

/**
 * What is told of one check (§7): an outage once it is confirmed, or, if something holds it, when nothing does any more and
 * it still lasts; its end at once if the outage was told, and never otherwise. The same of a degradation, which is told
 * when no outage is open.
 */
final class ModelTold {

    private static final int NOT_TOLD = 0;

    /** What was confirmed, when it began, and its number once it has been told. */
    private record Open(HealthState before, Ran first, int number) {

        boolean isTold() {
            return number != NOT_TOLD;
        }
    }

    private final ModelLog log;
    private final ModelWall wall;
    private @Nullable Open outage;
    private @Nullable Open degradation;

    /** A degradation that was confirmed and is not told yet. */
    private @Nullable Open worse;

    private boolean saidHeld;

    ModelTold(ModelLog log, ModelWall wall) {
        this.log = log;
        this.wall = wall;
    }

    /** When the open outage began, by the wall; {@link ModelCheck#NEVER} if there is none. */
    long outageSince() {
        return outage == null ? ModelCheck.NEVER : outage.first().wall();
    }

    boolean hasOutage() {
        return outage != null;
    }

    boolean owesOutage() {
        return outage != null && !outage.isTold();
    }

    boolean hasDegradation() {
        return degradation != null;
    }

    /** The state has changed because of the runs from {@code first} on. */
    void changed(HealthState before, HealthState state, Ran first) {
        if (state == HealthState.DOWN && outage == null) {
            outage = new Open(before, first, NOT_TOLD);
            saidHeld = false;
        }
        worse = state == HealthState.DEGRADED ? new Open(before, first, NOT_TOLD) : null;
    }

    /** The outage is over, since the runs from {@code turn} on worked. */
    void outageOver(HealthState before, HealthState state, Ran turn, long now) {
        Open ended = outage;
        if (ended != null) {
            outage = null;
            close(AlertKind.RECOVERED, ended, before, state, turn.start(), now);
        }
    }

    void degradationOver(HealthState before, HealthState state, Ran turn, long now) {
        Open ended = degradation;
        if (ended != null) {
            degradation = null;
            close(AlertKind.DEGRADATION_ENDED, ended, before, state, turn.start(), now);
        }
    }

    /** Tells what is owed, but for an outage that {@code waits}, or says once of an outage what holds it. */
    void tell(HealthState state, @Nullable ConditionKind hold, boolean waits, long now) {
        Open owed = outage;
        if (hold != null) {
            if (owesOutage() && !saidHeld) {
                saidHeld = true;
                log.held.add(new ModelFact.Held(wall.at(now), hold));
            }
            return;
        }
        if (owed != null && !owed.isTold() && !waits) {
            outage = open(AlertKind.DOWN, owed, state, now);
        }
        Open confirmed = worse;
        if (confirmed != null && outage == null && degradation == null && state == HealthState.DEGRADED) {
            worse = null;
            degradation = open(AlertKind.DEGRADED, confirmed, state, now);
        }
    }

    /** Nobody will look any more. */
    void end(HealthState state, long now) {
        Open ended = outage;
        if (ended != null) {
            outage = null;
            close(AlertKind.ENDED, ended, state, state, now, now);
        }
        Open better = degradation;
        if (better != null) {
            degradation = null;
            close(AlertKind.ENDED, better, state, state, now, now);
        }
    }

    private Open open(AlertKind kind, Open owed, HealthState state, long now) {
        int number = log.number();
        Ran first = owed.first();
        log.alerts.add(new ModelFact.Alerted(
                kind, owed.before(), state, number, first.wall(), wall.at(now), now - first.start()));
        return new Open(owed.before(), first, number);
    }

    private void close(AlertKind kind, Open open, HealthState before, HealthState state, long turn, long now) {
        if (open.isTold()) {
            Ran first = open.first();
            log.alerts.add(new ModelFact.Alerted(
                    kind, before, state, open.number(), first.wall(), wall.at(now), Math.max(0, turn - first.start())));
        }
    }
}
