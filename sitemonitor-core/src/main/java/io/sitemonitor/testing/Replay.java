package io.sitemonitor.testing;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.PassiveResults;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What if the thresholds had been others? Feeds recorded results to a monitor that has them, each at its time, in virtual
 * time, and shows which alerts would have been sent:
 *
 * <pre>{@code
 * Timeline told = Replay.of(ResultLog.readFrom(Path.of("march.results")))
 *         .run(
 *                 (time, timeline) -> Monitor.named("what-if")
 *                         .runOn(time)
 *                         .check("shop", Replay.passive(), c -> c.every(ofDays(30)).downAfter(5))
 *                         .alert(timeline)
 *                         .listener(timeline)
 *                         .start(),
 *                 monitor -> monitor::report);
 * System.out.println(told);
 * }</pre>
 *
 * <p>Let {@code every} be longer than any gap in the recording: how often a check of which only recorded results are known
 * is probed has no meaning, but one without results for two intervals is stale and its state unknown.
 *
 * <p>Other thresholds, reminders, dependencies and windows can be tried so; other intervals, timeouts and retry pauses
 * cannot, because nobody knows what the runs would have found that were not made.
 *
 * <p><b>Threads:</b> immutable; each replay runs on the thread that calls {@link #run}.
 */
public final class Replay {

    private final List<RecordedResult> results;

    private Replay(List<RecordedResult> results) {
        this.results = results;
    }

    /**
     * Prepares the replay of what a log holds now.
     *
     * @param log recorded results, in the order in which the runs ended
     * @return a replay, which can be run as often as wanted
     * @throws IllegalArgumentException if the log is empty
     */
    public static Replay of(ResultLog log) {
        List<RecordedResult> results = log.results();
        if (results.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to replay: the log has no results");
        }
        return new Replay(results);
    }

    /**
     * Returns a check for those whose results are replayed. It probes nothing: its own runs are inconclusive, and say
     * nothing about the target.
     *
     * @return the check, always the same object
     */
    public static Check passive() {
        return Passive.REPLAYED;
    }

    /**
     * Returns the names of the checks that have results, to define a check for each.
     *
     * @return the names, sorted; a copy
     */
    public Set<String> checks() {
        Set<String> names = new TreeSet<>();
        results.forEach(result -> names.add(result.check()));
        return names;
    }

    /**
     * Returns when the first recorded run started, which is when the replay begins.
     *
     * @return the earliest start
     */
    public Instant start() {
        return results.stream()
                .map(RecordedResult::at)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /**
     * Replays the results through a monitor, which is closed afterwards. Time ends with the last result.
     *
     * @param monitor makes and starts the monitor: it must run on the time given, and tell the timeline given, as an alert
     *     listener, a monitor listener or both. Results of checks that it does not have are dropped
     * @param report where the monitor takes results: {@code monitor -> monitor::report}
     * @param <M> the type of the monitor
     * @return what the monitor told, with times counted from the {@linkplain #start() start}
     * @throws IllegalStateException if the monitor cannot be closed
     * @see #run(Duration, BiFunction, Function)
     */
    public <M extends AutoCloseable> Timeline run(
            BiFunction<ManualTime, Timeline, M> monitor, Function<M, PassiveResults> report) {
        return run(Duration.ZERO, monitor, report);
    }

    /**
     * Replays the results through a monitor and lets time go on for a while after the last one, to see what else it tells,
     * such as reminders.
     *
     * @param longer how much longer than until the last result
     * @param monitor makes and starts the monitor
     * @param report where the monitor takes results
     * @param <M> the type of the monitor
     * @return what the monitor told, with times counted from the {@linkplain #start() start}
     * @throws IllegalArgumentException if the time is negative
     * @throws IllegalStateException if the monitor cannot be closed
     */
    public <M extends AutoCloseable> Timeline run(
            Duration longer, BiFunction<ManualTime, Timeline, M> monitor, Function<M, PassiveResults> report) {
        Objects.requireNonNull(report, "report");
        ManualTime time = ManualTime.startingAt(start());
        Timeline timeline = Timeline.on(time);
        try (M replayed = monitor.apply(time, timeline)) {
            PassiveResults into = report.apply(replayed);
            for (RecordedResult result : results) {
                if (result.end().isAfter(time.now())) { // a wall clock that went back does not take time back
                    time.advanceTo(result.end());
                }
                into.report(result.check(), result.result(), result.took());
            }
            time.advance(longer);
            return timeline;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("the monitor of a replay could not be closed", e);
        }
    }

    private enum Passive implements Check {
        REPLAYED;

        private static final CheckResult RESULT = CheckResult.inconclusive("replayed");

        @Override
        public CheckResult run(CheckContext context) {
            return RESULT;
        }

        @Override
        public String kind() {
            return "replayed";
        }
    }
}
