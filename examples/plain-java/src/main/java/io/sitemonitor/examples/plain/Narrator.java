package io.sitemonitor.examples.plain;

import io.sitemonitor.event.AlertDelivered;
import io.sitemonitor.event.AlertDeliveryFailed;
import io.sitemonitor.event.AlertHeld;
import io.sitemonitor.event.AlertUndelivered;
import io.sitemonitor.event.ClockStepped;
import io.sitemonitor.event.ConditionChanged;
import io.sitemonitor.event.Heartbeat;
import io.sitemonitor.event.HeartbeatMissed;
import io.sitemonitor.event.IsolationChanged;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.event.ProcessPaused;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.event.TargetsFailed;
import io.sitemonitor.event.TargetsLoaded;
import io.sitemonitor.state.Condition;
import java.util.Locale;

/** Tells on the screen what happens in the monitor. Called by one thread at a time. */
final class Narrator implements MonitorListener {

    private final Screen screen;

    Narrator(Screen screen) {
        this.screen = screen;
    }

    @Override
    public boolean wants(Class<? extends MonitorEvent> type) {
        return type != RunCompleted.class && type != Heartbeat.class;
    }

    @Override
    public void onEvent(MonitorEvent event) {
        if (event instanceof StateChanged change) {
            int runs = change.transition().runs();
            tell(
                    "state",
                    "%s %s -> %s after %d run%s: %s"
                            .formatted(
                                    change.check(),
                                    change.from(),
                                    change.to(),
                                    runs,
                                    runs == 1 ? "" : "s",
                                    change.last().summary()));
        } else if (event instanceof AlertDelivered delivered) {
            tell(
                    "broker",
                    "has the alert about %s after %s".formatted(delivered.check(), Durations.shortly(delivered.lag())));
        } else if (event instanceof AlertDeliveryFailed failed) {
            if (failed.attempts() == 1) {
                tell(
                        "broker",
                        "does not have the alert about %s yet, it waits: %s"
                                .formatted(failed.check(), failed.reason()));
            }
        } else if (event instanceof AlertUndelivered lost) {
            tell("broker", "will not get the alert about %s: %s".formatted(lost.check(), lost.reason()));
        } else if (event instanceof TargetsLoaded loaded) {
            tell(
                    "sites",
                    "%s: %d added, %d changed, %d removed, %d bad"
                            .formatted(
                                    loaded.source(),
                                    loaded.added(),
                                    loaded.replaced(),
                                    loaded.removed(),
                                    loaded.rejected().size()));
            loaded.rejected().forEach(row -> tell("sites", loaded.source() + " " + row));
        } else if (event instanceof TargetsFailed failed) {
            tell("sites", failed.source() + " cannot be read, all stays as it is: " + failed.reason());
        } else if (event instanceof ConditionChanged change) {
            tellCondition(change);
        } else if (event instanceof AlertHeld held) {
            tell(
                    "held",
                    "%s is down, told later: %s"
                            .formatted(held.check(), held.condition().reason()));
        } else {
            tellOfItself(event);
        }
    }

    private void tellCondition(ConditionChanged change) {
        Condition condition = change.condition();
        String end = condition.until() == null ? "" : " until " + condition.until();
        tell(
                "state",
                change.holds()
                        ? "%s is %s%s: %s".formatted(change.check(), condition.kind(), end, condition.reason())
                        : "%s is no longer %s".formatted(change.check(), condition.kind()));
    }

    private void tellOfItself(MonitorEvent event) {
        if (event instanceof IsolationChanged change) {
            tell("monitor", (change.isolated() ? "is offline itself: " : "is online again: ") + change.reason());
        } else if (event instanceof ProcessPaused pause) {
            tell("monitor", "did not run for " + Durations.shortly(pause.duration()));
        } else if (event instanceof ClockStepped step) {
            tell("monitor", "the clock was set by " + step.step());
        } else if (event instanceof HeartbeatMissed missed) {
            tell("monitor", "does not do all of its work: " + missed.reason());
        }
    }

    private void tell(String topic, String what) {
        screen.tell(String.format(Locale.ROOT, "%-7s %s", topic, what));
    }
}
