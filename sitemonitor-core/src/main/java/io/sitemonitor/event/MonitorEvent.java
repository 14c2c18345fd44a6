package io.sitemonitor.event;

import java.time.Instant;

/** A fact about a run, a state, an incident or the monitor itself. Holds everything needed, so nobody has to ask back. */
public sealed interface MonitorEvent
        permits CheckEvent,
                AlertAcknowledged,
                AlertDelivered,
                AlertDeliveryFailed,
                AlertSkipped,
                AlertUndelivered,
                ClockStepped,
                Heartbeat,
                HeartbeatMissed,
                IsolationChanged,
                ListenerFailed,
                MonitorClosed,
                MonitorStarted,
                ProcessPaused,
                SilenceChanged,
                StoreFailed,
                TargetsFailed,
                TargetsLoaded {

    /**
     * Returns the name of the monitor.
     *
     * @return the monitor's name
     */
    String monitor();

    /**
     * Returns when it happened.
     *
     * @return the wall time
     */
    Instant at();
}
