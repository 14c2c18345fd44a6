package io.sitemonitor.testing;

import io.sitemonitor.schedule.Platform;
import java.util.ArrayDeque;
import java.util.Queue;

/** Places that are taken for as long as work says that it takes. */
final class ManualWorkers implements Platform.Workers {

    private final ManualTime time;
    private final Queue<Platform.Work> queue = new ArrayDeque<>();
    private final Runnable startNext = this::startNext;
    private final int limit;
    private int busy;
    private boolean open = true;

    ManualWorkers(ManualTime time, int limit) {
        this.time = time;
        this.limit = limit;
    }

    @Override
    public boolean start(Platform.Work work) {
        if (!open) {
            return false;
        }
        queue.add(work);
        time.soon(startNext);
        return true;
    }

    private void startNext() {
        if (busy >= limit) {
            return;
        }
        Platform.Work work = queue.poll();
        if (work == null) {
            return;
        }
        busy++;
        long took = time.call(work);
        if (took == 0) {
            finish(work);
        } else {
            time.later(took, () -> finish(work));
        }
    }

    private void finish(Platform.Work work) {
        if (work.done()) {
            busy--;
            startNext();
        }
    }

    @Override
    public void giveUpOne() {
        busy--;
        time.soon(startNext);
    }

    @Override
    public int busy() {
        return busy;
    }

    @Override
    public int waiting() {
        return queue.size();
    }

    @Override
    public void close() {
        open = false;
    }
}
