package io.sitemonitor.alert;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Delivers alerts to a destination that can have many of them on their way at once: it takes each at once and says later whether
 * it is delivered. Of one check, one alert is on its way at a time, in their order.
 *
 * <p><b>Threads:</b> called by one thread at a time, which belongs to this listener alone. Answers may come from any thread.
 *
 * <p><b>Time:</b> {@link #deliver} must return at once. If there is no answer within the policy's {@link AlertPolicy#timeout()
 * timeout}, the answer is cancelled and the alert offered again.
 *
 * <p><b>Failure:</b> an answer may fail as {@link AlertListener#onAlert} may throw, with the same meaning; so may {@link #deliver}
 * itself.
 */
public interface AsyncAlertListener extends AlertListener {

    /**
     * Begins to deliver one alert.
     *
     * @param alert what to tell
     * @return completes once it is delivered, or fails if it is not. Should be a {@link java.util.concurrent.CompletableFuture}
     *     that gives the alert up when it is cancelled
     * @throws Exception if it could not be delivered now
     */
    CompletionStage<?> deliver(Alert alert) throws Exception;

    /**
     * Returns how many alerts, each of another check, may be on their way at once. Asked once.
     *
     * @return a number from 1 to 10,000; 256 unless overridden
     */
    default int mostAtOnce() {
        return 256;
    }

    /** Delivers one alert and waits for the answer. */
    @Override
    default void onAlert(Alert alert) throws Exception {
        Future<?> answer = deliver(alert).toCompletableFuture();
        try {
            answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
