package io.sitemonitor.amqp.internal;

import io.sitemonitor.alert.Alert;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Threads that call handlers, each with a door of its own to every handler. The pool is for one thread, which gives out the work. */
final class Hands {

    private static final long IDLE_SECONDS = 10;

    private final Deque<Handling> free = new ArrayDeque<>();
    private final List<Handling> all = new ArrayList<>();
    private final ThreadPoolExecutor threads;

    /** Is told what came of an attempt. */
    @FunctionalInterface
    interface Outcome {

        /**
         * Told by the thread that has called the handlers.
         *
         * @param nothingLeft whether each handler has succeeded or is given up
         * @param broken what went wrong with us, not with a handler; null if nothing
         */
        void attempted(boolean nothingLeft, @Nullable Throwable broken);
    }

    Hands(IntakeSettings settings, LinkNames names, BiConsumer<String, Throwable> complaints) {
        for (int i = 1; i <= settings.concurrency(); i++) {
            String thread = names.thread() + "-handler" + (settings.concurrency() == 1 ? "" : "-" + i);
            all.add(new Handling(settings, thread, complaints));
        }
        free.addAll(all);
        DaemonThreads factory = new DaemonThreads(names.thread() + "-hand");
        threads = new ThreadPoolExecutor(
                settings.concurrency(),
                settings.concurrency(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                factory);
        threads.allowCoreThreadTimeOut(true);
    }

    @Nullable
    Handling take() {
        return free.poll();
    }

    boolean hasFree() {
        return !free.isEmpty();
    }

    void giveBack(Handling hand) {
        free.add(hand);
    }

    void attempt(Handling hand, Alert alert, Progress progress, Outcome outcome) {
        threads.execute(() -> {
            boolean nothingLeft = false;
            Throwable broken = null;
            try {
                nothingLeft = hand.attempt(alert, progress);
            } catch (Throwable e) { // InterruptedException, or an error of ours
                broken = e;
            }
            outcome.attempted(nothingLeft, broken);
        });
    }

    void close() {
        threads.shutdownNow();
        all.forEach(Handling::close);
    }
}
