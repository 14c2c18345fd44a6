package io.sitemonitor.examples.plain;

import io.sitemonitor.event.AlertDelivered;
import io.sitemonitor.event.AlertDeliveryFailed;
import io.sitemonitor.event.AlertUndelivered;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.event.TargetsFailed;
import io.sitemonitor.event.TargetsLoaded;
import java.util.Locale;

/** Tells on the screen what happens in the monitor. Called by one thread at a time. */
final class Narrator implements MonitorListener {

    private final Screen screen;

    Narrator(Screen screen) {
        this.screen = screen;
    }

    @Override
    public boolean wants(Class<? extends MonitorEvent> type) {
        return type != RunCompleted.class;
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
        }
    }

    private void tell(String topic, String what) {
        screen.tell(String.format(Locale.ROOT, "%-7s %s", topic, what));
    }
}
