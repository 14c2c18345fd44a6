package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.DeadLetter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The latest alerts that were given up, and how many there have been. Safe for use by any number of threads. */
public final class DeadLetters {

    private static final int CAPACITY = 1_000;

    private final Deque<DeadLetter> letters = new ArrayDeque<>();
    private long count;

    /** Begins empty. */
    public DeadLetters() {}

    /** Adds one; returns the one that is forgotten for it, or null. */
    synchronized @Nullable DeadLetter add(DeadLetter letter) {
        count++;
        return restore(letter);
    }

    /** Adds one of an earlier process; returns the one that is forgotten for it, or null. */
    synchronized @Nullable DeadLetter restore(DeadLetter letter) {
        DeadLetter forgotten = letters.size() == CAPACITY ? letters.removeFirst() : null;
        letters.addLast(letter);
        return forgotten;
    }

    /** Takes one out; returns whether it was there. */
    synchronized boolean remove(DeadLetter letter) {
        return letters.remove(letter);
    }

    /**
     * Returns the latest dead letters.
     *
     * @return at most 1,000, the oldest first; a copy
     */
    public synchronized List<DeadLetter> list() {
        return List.copyOf(letters);
    }

    /**
     * Counts all that this process has given up.
     *
     * @return the count, which may be more than are remembered
     */
    public synchronized long count() {
        return count;
    }
}
