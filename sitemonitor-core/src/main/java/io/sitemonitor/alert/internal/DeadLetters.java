package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.DeadLetter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest alerts that were given up, and how many there have been. */
public final class DeadLetters {

    private static final int CAPACITY = 1_000;

    private final Deque<DeadLetter> letters = new ArrayDeque<>();
    private long count;

    /** Begins empty. */
    public DeadLetters() {}

    synchronized void add(DeadLetter letter) {
        if (letters.size() == CAPACITY) {
            letters.removeFirst();
        }
        letters.addLast(letter);
        count++;
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
     * Counts all that were ever given up.
     *
     * @return the count, which may be more than are remembered
     */
    public synchronized long count() {
        return count;
    }
}
