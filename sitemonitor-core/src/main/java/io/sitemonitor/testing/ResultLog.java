package io.sitemonitor.testing;

import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.event.RunCompleted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * Records what the runs of a monitor find, in memory, to be {@linkplain Replay replayed} through other thresholds. It can
 * be written to a plain text file and read again:
 *
 * <pre>
 * sitemonitor results 1
 * 2026-03-01T12:00:00Z  PT0.031S  PASS  -       shop
 * 2026-03-01T12:00:30Z  PT5S      FAIL  TIMEOUT shop  no answer within PT5S
 * </pre>
 *
 * <p>The first line names the version of the form. Each other line is one result, ended by a line feed, in UTF-8, with six
 * fields between tabs: when the run started (ISO 8601, UTC), how long it took (ISO 8601), the verdict, the failure kind or
 * {@code -}, the name of the check, and the message, which may be empty. There is no evidence and no address in it;
 * messages are those that alerts show, and carry no secret.
 *
 * <p>It costs a listener's call and some 200 bytes a run. In a monitor that runs for long, use {@link #latest}.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class ResultLog implements MonitorListener {

    private final int most;
    private final Deque<RecordedResult> results = new ArrayDeque<>(); // guarded by this
    private long dropped; // guarded by this

    private ResultLog(int most) {
        this.most = most;
    }

    /**
     * Keeps everything.
     *
     * @return an empty log
     */
    public static ResultLog unbounded() {
        return new ResultLog(Integer.MAX_VALUE);
    }

    /**
     * Keeps the latest results and drops older ones.
     *
     * @param most how many results to keep at most; at least 1
     * @return an empty log
     * @throws IllegalArgumentException if it is less than 1
     */
    public static ResultLog latest(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("a log must keep at least 1 result, but was told to keep " + most);
        }
        return new ResultLog(most);
    }

    @Override
    public void onEvent(MonitorEvent event) {
        if (event instanceof RunCompleted run) {
            add(new RecordedResult(run.check(), run.at(), run.duration(), run.result()));
        }
    }

    @Override
    public boolean wants(Class<? extends MonitorEvent> type) {
        return type == RunCompleted.class;
    }

    /**
     * Adds a result, such as one that another system has recorded.
     *
     * @param result the result
     */
    public synchronized void add(RecordedResult result) {
        Objects.requireNonNull(result, "result");
        if (results.size() == most) {
            results.removeFirst();
            dropped++;
        }
        results.addLast(result);
    }

    /**
     * Returns what is kept.
     *
     * @return the results in the order in which they were added; a copy
     */
    public synchronized List<RecordedResult> results() {
        return List.copyOf(results);
    }

    /**
     * Counts what is not kept any more.
     *
     * @return how many results were dropped for newer ones
     */
    public synchronized long dropped() {
        return dropped;
    }

    /**
     * Writes what is kept to a file. If there is one of this name already, it is replaced once the new one is complete.
     *
     * @param file where to write
     * @throws IOException if it cannot be written
     */
    public void writeTo(Path file) throws IOException {
        ResultFile.write(Objects.requireNonNull(file, "file"), results());
    }

    /**
     * Reads a file that {@link #writeTo} has written, or that has its form.
     *
     * @param file what to read
     * @return an unbounded log with its results
     * @throws IOException if it cannot be read, or is damaged; the message names the line and what is wrong with it
     */
    public static ResultLog readFrom(Path file) throws IOException {
        ResultLog log = unbounded();
        ResultFile.read(Objects.requireNonNull(file, "file"), log::add);
        return log;
    }

    @Override
    public synchronized String toString() {
        return "ResultLog[" + results.size() + " results, " + dropped + " dropped]";
    }
}
