package io.sitemonitor.amqp.internal;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A letter on its way: completes once it is delivered. What is not said to be volatile belongs to the thread of the link. */
final class Parcel extends CompletableFuture<@Nullable Void> {

    final Letter letter;
    /** The monotonic time at which it is given up. */
    final long deadline;

    private final Function<String, Exception> failure;
    int failures;
    long sentAt;
    boolean returned;
    volatile @Nullable String problem;

    Parcel(Letter letter, long deadline, Function<String, Exception> failure) {
        this.letter = letter;
        this.deadline = deadline;
        this.failure = failure;
    }

    void fail(String reason) {
        if (!isDone()) {
            completeExceptionally(failure.apply(reason));
        }
    }
}
