package io.sitemonitor.amqp.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.check.SafeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;

/** Gives alerts to the handlers, each until it has succeeded or is given up. For one thread. */
final class Handling {

    private static final int REASON_LIMIT = 300;
    /** A broker takes a message away from whoever holds it for longer than its limit, usually 30 minutes. */
    private static final long LONGEST_ASKED_NANOS = Duration.ofMinutes(15).toNanos();

    private final IntakeSettings settings;
    private final List<GuardedListener> listeners = new ArrayList<>();
    private final BiConsumer<String, Throwable> complaints;

    Handling(IntakeSettings settings, String threadName, BiConsumer<String, Throwable> complaints) {
        this.settings = settings;
        this.complaints = complaints;
        settings.handlers()
                .forEach((name, handler) ->
                        listeners.add(new GuardedListener(name, handler, threadName + "-" + (listeners.size() + 1))));
    }

    /**
     * Calls every handler that has not succeeded yet.
     *
     * @return whether there is nothing left to try: each has succeeded or is given up
     */
    boolean attempt(Alert alert, Progress progress) throws InterruptedException {
        progress.attempts++;
        progress.asked = 0;
        boolean last = progress.attempts >= settings.attempts();
        boolean nothingLeft = true;
        for (int i = 0; i < listeners.size(); i++) {
            int handler = i;
            if (progress.succeeded.contains(handler) || progress.givenUp.containsKey(handler)) {
                continue;
            }
            GuardedListener listener = listeners.get(handler);
            Optional<Throwable> problem =
                    listener.call(alert, settings.handlerTimeout(), () -> progress.succeeded.add(handler));
            if (problem.isEmpty()) {
                progress.succeeded.add(handler);
                continue;
            }
            Throwable error = problem.get();
            String reason = SafeText.line(
                    "handler '" + listener.name() + "' failed after " + progress.attempts
                            + (progress.attempts == 1 ? " attempt: " : " attempts: ") + Reasons.of(error),
                    REASON_LIMIT);
            if (last || error instanceof UndeliverableAlertException) {
                progress.givenUp.put(handler, reason);
                progress.refused |= error instanceof UndeliverableAlertException;
            } else {
                nothingLeft = false;
                if (error instanceof RetryAlertException retry) {
                    progress.asked = Math.max(progress.asked, retry.after().toNanos());
                }
                complaints.accept(reason + "; trying again", error);
            }
        }
        return nothingLeft;
    }

    /** Returns the pause after the last attempt, in nanoseconds. */
    long pause(Progress progress) {
        if (progress.asked > 0) {
            return Math.min(progress.asked, LONGEST_ASKED_NANOS);
        }
        long pause = Backoff.pause(
                settings.firstRetry().toNanos(),
                progress.attempts - 1,
                settings.longestRetry().toNanos());
        return Math.round(pause * ThreadLocalRandom.current().nextDouble(0.8, 1.2));
    }

    void close() {
        listeners.forEach(GuardedListener::close);
    }
}
