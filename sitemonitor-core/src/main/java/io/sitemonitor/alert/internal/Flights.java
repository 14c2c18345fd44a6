package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.AsyncAlertListener;
import io.sitemonitor.alert.internal.Backlog.Delivery;
import io.sitemonitor.schedule.Platform;
import io.sitemonitor.schedule.Platform.Tick;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alerts that an {@link AsyncAlertListener} was given and has not answered for yet. Whoever takes one out first decides what
 * became of it. Safe for use by any number of threads; calls nothing foreign but in {@link #call}.
 */
final class Flights {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    /** Is told once what became of each. */
    @FunctionalInterface
    interface Landing {

        /**
         * Told by any thread, without a lock.
         *
         * @param thrown why it is not delivered; null if it is
         * @param expired whether there was no answer in time
         */
        void landed(Delivery delivery, @Nullable Throwable thrown, boolean expired);
    }

    private final AsyncAlertListener listener;
    private final int most;
    private final Landing landing;
    private final Platform.Workers workers;
    private final Set<Flight> open = new LinkedHashSet<>();
    private final Deque<Flight> toCancel = new ArrayDeque<>();
    private boolean cancelling;

    Flights(String name, AsyncAlertListener listener, Platform.Workers workers, Landing landing) {
        this.listener = listener;
        this.workers = workers;
        this.most = listener.mostAtOnce();
        this.landing = landing;
        if (most < 1 || most > 10_000) {
            throw new IllegalArgumentException(
                    "mostAtOnce of alert listener '" + name + "' must be from 1 to 10000, but was " + most);
        }
    }

    synchronized boolean isFull() {
        return open.size() >= most;
    }

    /** Makes room for a delivery that is to be called next. */
    synchronized Flight reserve(Delivery delivery, long deadline) {
        Flight flight = new Flight(delivery, deadline);
        open.add(flight);
        return flight;
    }

    /** Gives an alert to the listener, unless it has been taken out meanwhile. */
    void call(Flight flight) {
        if (!isOpen(flight)) {
            return;
        }
        try {
            CompletionStage<?> answer = listener.deliver(flight.delivery.alert);
            if (answer == null) {
                throw new NullPointerException("deliver returned null");
            }
            flight.answer = answer;
            answer.whenComplete((nothing, thrown) -> land(flight, cause(thrown), false));
        } catch (Throwable e) { // foreign code
            land(flight, e, false);
        }
    }

    private synchronized boolean isOpen(Flight flight) {
        return open.contains(flight);
    }

    private static @Nullable Throwable cause(@Nullable Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    private void land(Flight flight, @Nullable Throwable thrown, boolean expired) {
        boolean isFirst;
        synchronized (this) {
            isFirst = open.remove(flight);
        }
        if (isFirst) {
            landing.landed(flight.delivery, thrown, expired);
        }
    }

    /** Returns when the next answer is overdue, or {@link Tick#NEVER}. */
    synchronized long nextDeadline() {
        return open.isEmpty() ? Tick.NEVER : open.iterator().next().deadline; // all have the same time
    }

    /** Gives up what has not been answered in time. */
    void expire(long now) {
        List<Flight> overdue = new ArrayList<>();
        synchronized (this) {
            for (Flight flight : open) {
                if (now - flight.deadline < 0) {
                    break;
                }
                overdue.add(flight);
            }
        }
        cancel(overdue);
        overdue.forEach(flight -> land(flight, new TimeoutException("no answer"), true));
    }

    /** Gives up everything: no answer counts any more. */
    void closeAll() {
        List<Flight> left;
        synchronized (this) {
            left = List.copyOf(open);
            open.clear();
        }
        cancel(left);
    }

    private void cancel(List<Flight> flights) {
        boolean start;
        synchronized (this) {
            toCancel.addAll(flights);
            start = !cancelling && !toCancel.isEmpty();
            cancelling |= start;
        }
        if (start) {
            workers.start(new Cancelling());
        }
    }

    private synchronized @Nullable Flight nextToCancel() {
        Flight next = toCancel.poll();
        cancelling = next != null;
        return next;
    }

    /** Tells the listener which answers are not waited for any more: foreign code, so on a thread of its own. */
    private final class Cancelling implements Platform.Work {

        @Override
        public void call() {
            for (Flight flight = nextToCancel(); flight != null; flight = nextToCancel()) {
                CompletionStage<?> answer = flight.answer;
                try {
                    if (answer != null) {
                        answer.toCompletableFuture().cancel(true);
                    }
                } catch (Throwable e) { // foreign code; what it thinks of that is of no consequence
                    LOG.debug("an answer could not be cancelled", e);
                }
            }
        }

        @Override
        public boolean done() {
            return true;
        }
    }

    /** One alert on its way. */
    static final class Flight {
        private final Delivery delivery;
        private final long deadline;
        private volatile @Nullable CompletionStage<?> answer;

        Flight(Delivery delivery, long deadline) {
            this.delivery = delivery;
            this.deadline = deadline;
        }
    }
}
