package io.sitemonitor;

import io.sitemonitor.alert.Alert;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What has been decided about one check and not been published yet. Facts are added under the lock of the cell and
 * published without it, by one thread at a time, so that their order holds although nobody waits for a listener. There is
 * hardly ever more than one, so the first has a place of its own.
 */
final class Facts implements Consumer<Object> {

    /** Something of the engine's own that is to be done once everything before it has been published. */
    @FunctionalInterface
    interface Follow {

        /** Does it; called without any lock, and must not block. */
        void run();
    }

    private @Nullable Object first;
    private @Nullable Deque<Object> others;
    private boolean publishing;

    @Override
    public void accept(Object fact) {
        add(fact);
    }

    /** Adds a fact; the caller holds the lock of the cell. */
    void add(Object fact) {
        if (first == null) {
            first = fact;
            return;
        }
        Deque<Object> more = others;
        if (more == null) {
            more = new ArrayDeque<>(4);
            others = more;
        }
        more.addLast(fact);
    }

    private @Nullable Object poll() {
        Object polled = first;
        first = others == null ? null : others.pollFirst();
        if (first == null) {
            others = null;
        }
        return polled;
    }

    /** Publishes nothing until {@link #release()}; the caller holds the lock of the cell, and nobody publishes yet. */
    void hold() {
        publishing = true;
    }

    /** Publishes from now on; the caller holds the lock of the cell. */
    void release() {
        publishing = false;
    }

    /** Asks to publish; the caller holds the lock of the cell. */
    boolean claim() {
        if (publishing || first == null) {
            return false;
        }
        publishing = true;
        return true;
    }

    /** Returns the next fact for whoever claimed; null ends the claim. The caller holds the lock of the cell. */
    private @Nullable Object next() {
        Object fact = poll();
        if (fact == null) {
            publishing = false;
        }
        return fact;
    }

    /**
     * Publishes everything for whoever claimed, without the lock under which it was added. If things are kept, alerts wait for what
     * is to be kept together with them, which follows upon them.
     */
    void drain(Object lock, Consumer<Object> publish, boolean keeps) {
        List<Alert> told = List.of();
        while (true) {
            Object fact;
            synchronized (lock) {
                fact = next();
            }
            if (fact == null) {
                told.forEach(publish);
                return;
            }
            if (keeps && fact instanceof Alert alert) {
                told = told.isEmpty() ? new ArrayList<>(1) : told;
                told.add(alert);
            } else if (fact instanceof Kept kept) {
                publish.accept(new Announced(kept, List.copyOf(told)));
                told = List.of();
            } else {
                publish.accept(fact);
            }
        }
    }
}
