package io.sitemonitor;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.event.CheckChanged;
import io.sitemonitor.event.CheckEvent;
import io.sitemonitor.event.IncidentClosed;
import io.sitemonitor.event.IncidentOpened;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.state.HealthState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * P12 and the lower bound of P13, watched while it happens: each listener sees a legal history of each check. Keeps a
 * few fields a check and the first violations, so that it can watch a year. Times must not go back, so it is of no use
 * where the wall clock is stepped.
 */
final class LegalHistory {

    private static final int MOST_VIOLATIONS = 20;

    private final int downAfter;
    private final List<String> violations = new CopyOnWriteArrayList<>();

    LegalHistory(int downAfter) {
        this.downAfter = downAfter;
    }

    /** What was seen that must not happen; empty if all is well. */
    List<String> violations() {
        return violations;
    }

    void violated(String check, String what) {
        if (violations.size() < MOST_VIOLATIONS) {
            violations.add(check + ": " + what);
        }
    }

    /** A listener of events that is called where they happen; one a monitor. */
    Events events() {
        return new Events();
    }

    /** An alert listener; each has a history of its own. */
    Alerts alerts() {
        return new Alerts();
    }

    /** What was told of one check; facts of one check come one after the other, so it needs no lock of its own. */
    private static final class Told {
        private volatile HealthState state = HealthState.UNKNOWN;
        private final AtomicInteger failsInARow = new AtomicInteger();
        private volatile @Nullable String incident;
        private volatile @Nullable String degradation;
        private volatile @Nullable String flapping;
        private volatile Instant last = Instant.MIN;
    }

    /** Watches runs, changes of state and incidents. */
    final class Events implements MonitorListener {

        private final Map<String, Told> told = new ConcurrentHashMap<>();

        @Override
        public void onEvent(MonitorEvent event) {
            if (!(event instanceof CheckEvent of)) {
                return;
            }
            Told check = told.computeIfAbsent(of.check(), name -> new Told());
            if (event instanceof RunCompleted run) {
                ran(check, run);
            } else if (event instanceof StateChanged change) {
                changed(check, change);
            } else if (event instanceof IncidentOpened opened) {
                if (check.incident != null) {
                    violated(of.check(), "incident " + opened.incident().id() + " opened during " + check.incident);
                }
                if (check.state != HealthState.DOWN) {
                    violated(of.check(), "incident opened while " + check.state);
                }
                check.incident = opened.incident().id();
            } else if (event instanceof IncidentClosed closed) {
                if (!closed.incident().id().equals(check.incident)) {
                    violated(of.check(), "incident " + closed.incident().id() + " closed during " + check.incident);
                }
                check.incident = null;
            } else if (event instanceof CheckChanged change) {
                forget(check, change);
            }
        }

        private void ran(Told check, RunCompleted run) {
            Verdict verdict = run.result().verdict();
            if (verdict == Verdict.FAIL) {
                check.failsInARow.incrementAndGet();
            } else if (verdict != Verdict.INCONCLUSIVE) {
                check.failsInARow.set(0);
            }
            if (run.state() == HealthState.DOWN
                    && check.state != HealthState.DOWN
                    && check.failsInARow.get() < downAfter) {
                violated(run.check(), "DOWN after " + check.failsInARow + " failures in a row");
            }
        }

        private void changed(Told check, StateChanged change) {
            if (change.from() != check.state) {
                violated(change.check(), change.from() + " -> " + change.to() + " told while " + check.state);
            }
            if (change.to() == change.from()) {
                violated(change.check(), "told that " + change.from() + " became " + change.to());
            }
            if (change.at().isBefore(check.last)) {
                violated(change.check(), change.at() + " told after " + check.last);
            }
            check.state = change.to();
            check.last = change.at();
        }

        private void forget(Told check, CheckChanged change) {
            switch (change.change()) {
                case ADDED -> {
                    check.state = HealthState.UNKNOWN;
                    check.failsInARow.set(0);
                }
                case PAUSED, REPLACED -> check.failsInARow.set(0);
                case REMOVED -> {
                    if (check.incident != null) {
                        violated(change.check(), "removed with incident " + check.incident + " open");
                    }
                }
                case RESUMED -> {}
            }
        }

        @Override
        public boolean isDirect() {
            return true;
        }
    }

    /** Watches what one alert listener is told. */
    final class Alerts implements AlertListener {

        private final Map<String, Told> told = new ConcurrentHashMap<>();

        @Override
        public void onAlert(Alert alert) {
            Told check = told.computeIfAbsent(alert.check(), name -> new Told());
            if (alert.at().isBefore(check.last)) {
                violated(alert.check(), alert.at() + " told after " + check.last);
            }
            check.last = alert.at();
            switch (alert.kind()) {
                case DOWN -> check.incident = opened(alert, check.incident);
                case DEGRADED -> check.degradation = opened(alert, check.degradation);
                case FLAPPING -> check.flapping = opened(alert, check.flapping);
                case RECOVERED -> check.incident = closed(alert, check.incident);
                case DEGRADATION_ENDED -> check.degradation = closed(alert, check.degradation);
                case FLAPPING_ENDED -> check.flapping = closed(alert, check.flapping);
                case ENDED -> ended(alert, check);
                case ISOLATED, ISOLATION_ENDED, REMINDER, ACKNOWLEDGED, DIGEST, DIGEST_ENDED ->
                    violated(alert.check(), alert.kind() + " told of a check");
            }
        }

        private String opened(Alert alert, @Nullable String open) {
            if (open != null) {
                violated(alert.check(), alert.kind() + " told during " + open);
            }
            return alert.incidentId();
        }

        private @Nullable String closed(Alert alert, @Nullable String open) {
            if (!alert.incidentId().equals(open)) {
                violated(alert.check(), alert.kind() + " of " + alert.incidentId() + " told during " + open);
            }
            return null;
        }

        private void ended(Alert alert, Told check) {
            if (alert.incidentId().equals(check.incident)) {
                check.incident = null;
            } else if (alert.incidentId().equals(check.degradation)) {
                check.degradation = null;
            } else {
                check.flapping = closed(alert, check.flapping);
            }
        }

        /** Tells whether this listener was told of an outage of the check, or that it flaps, and not of the end. */
        boolean isTold(String check) {
            Told known = told.get(check);
            return known != null && (known.incident != null || known.flapping != null);
        }
    }
}
