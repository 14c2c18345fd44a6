package io.sitemonitor.amqp.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertListener;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The door to a listener of somebody else's: called on a thread of its own, one call at a time, with an end. A call that
 * does not end although it was interrupted keeps that thread; until it ends the listener is not called again.
 */
final class GuardedListener {

    private static final long IDLE_SECONDS = 10;

    private final String name;
    private final AlertListener listener;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final ThreadPoolExecutor thread;

    GuardedListener(String name, AlertListener listener, String threadName) {
        this.name = name;
        this.listener = listener;
        thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(2),
                work -> DaemonThreads.named(threadName, work));
        thread.allowCoreThreadTimeOut(true);
    }

    String name() {
        return name;
    }

    /**
     * Calls the listener.
     *
     * @param whenLate run, by the listener's thread, if the call succeeds after it was given up
     * @return what went wrong; empty if it succeeded
     * @throws InterruptedException if the caller was interrupted; the listener is then, too
     */
    Optional<Throwable> call(Alert alert, Duration limit, Runnable whenLate) throws InterruptedException {
        if (!busy.compareAndSet(false, true)) {
            return Optional.of(new TimeoutException("it is still busy with an earlier alert"));
        }
        Call call = new Call(alert, whenLate);
        thread.execute(call);
        try {
            Throwable problem = call.outcome.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            busy.set(false);
            return Optional.ofNullable(problem);
        } catch (TimeoutException e) {
            Throwable problem = call.giveUp(new TimeoutException("it did not end within " + limit));
            return Optional.ofNullable(problem);
        } catch (InterruptedException e) {
            call.giveUp(e);
            throw e;
        } catch (ExecutionException e) {
            return Optional.of(e);
        }
    }

    /** Interrupts a call that is going on and lets the thread end. */
    void close() {
        thread.shutdownNow();
    }

    private final class Call implements Runnable {
        private final Alert alert;
        private final Runnable whenLate;
        /** Whoever completes it first decides how the call counts. */
        private final CompletableFuture<@Nullable Throwable> outcome = new CompletableFuture<>();
        /** Whoever turns it off first decides whether the thread is interrupted. */
        private final AtomicBoolean running = new AtomicBoolean(true);

        private volatile @Nullable Thread runner;

        Call(Alert alert, Runnable whenLate) {
            this.alert = alert;
            this.whenLate = whenLate;
        }

        /** Returns what counts: {@code reason}, or the outcome if the call has ended after all. */
        @Nullable
        Throwable giveUp(Throwable reason) {
            if (!outcome.complete(reason)) {
                busy.set(false);
                return outcome.join();
            }
            Thread thread = runner;
            if (thread != null && running.compareAndSet(true, false)) {
                thread.interrupt();
            }
            return reason;
        }

        @Override
        public void run() {
            runner = Thread.currentThread();
            Throwable problem = null;
            if (!outcome.isDone()) {
                try {
                    listener.onAlert(alert);
                } catch (Throwable e) {
                    problem = e;
                }
            } else {
                problem = new IllegalStateException("given up before it began");
            }
            running.set(false);
            if (!outcome.complete(problem)) {
                if (problem == null) {
                    whenLate.run();
                }
                busy.set(false);
            }
        }
    }
}
