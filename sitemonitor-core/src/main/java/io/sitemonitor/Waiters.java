package io.sitemonitor;

import io.sitemonitor.check.CheckResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Who asked for a run and waits for its result. Guarded by the lock of the cell; what it returns is to be called without
 * it, since what depends on a result is foreign code.
 */
final class Waiters {

    private List<CompletableFuture<CheckResult>> waiting = List.of();

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void add(CompletableFuture<CheckResult> waiter) {
        waiting = new ArrayList<>(waiting);
        waiting.add(waiter);
    }

    /** Returns what tells everybody the result; nobody waits any more. */
    Runnable tell(CheckResult result) {
        List<CompletableFuture<CheckResult>> told = take();
        return () -> told.forEach(waiter -> waiter.complete(result));
    }

    /** Returns what tells everybody that there will be no result; nobody waits any more. */
    Runnable refuse(IllegalStateException reason) {
        List<CompletableFuture<CheckResult>> told = take();
        return () -> told.forEach(waiter -> waiter.completeExceptionally(reason));
    }

    private List<CompletableFuture<CheckResult>> take() {
        List<CompletableFuture<CheckResult>> told = waiting;
        waiting = List.of();
        return told;
    }
}
