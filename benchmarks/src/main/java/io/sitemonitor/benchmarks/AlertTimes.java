package io.sitemonitor.benchmarks;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An alert listener that notes how long after the deciding answer it is called, and in which order. */
final class AlertTimes implements AlertListener {

    private final Recorder recorder;
    private final @Nullable Control webhook;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final AlertKind[] lastKinds;

    // guarded by this
    private final List<Double> answerToListener = new ArrayList<>();
    private double slowest;
    private long outOfOrder;

    AlertTimes(List<Target> targets, Recorder recorder, @Nullable Control webhook) {
        this.recorder = recorder;
        this.webhook = webhook;
        this.lastKinds = new AlertKind[targets.size()];
        for (int i = 0; i < targets.size(); i++) {
            numbers.put(targets.get(i).name(), i);
        }
    }

    @Override
    public void onAlert(Alert alert) throws Exception {
        long now = System.nanoTime();
        Duration lag = Duration.between(alert.at(), Instant.now());
        Integer check = numbers.get(alert.check());
        if (check != null) {
            long answered = recorder.lastEnd(check);
            note(check, alert, answered == 0 ? Double.NaN : (now - answered) / 1e6, lag.toNanos() / 1e6);
        }
        if (webhook != null) {
            webhook.post(alert);
        }
    }

    private synchronized void note(int check, Alert alert, double millis, double lag) {
        if (!Double.isNaN(millis)) { // what went down before any answer was written down has no deciding one
            answerToListener.add(millis);
        }
        slowest = Math.max(slowest, lag);
        AlertKind last = lastKinds[check];
        if (alert.kind().isClosing() == (last == null || last.isClosing())) {
            outOfOrder++;
        }
        lastKinds[check] = alert.kind();
    }

    /** Returns the time from the deciding answer to the call, in milliseconds, in the order of the calls. */
    synchronized double[] answerToListener() {
        return answerToListener.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Returns the longest time from a decision to the call, in milliseconds. */
    synchronized double slowest() {
        return slowest;
    }

    synchronized long outOfOrder() {
        return outOfOrder;
    }
}
