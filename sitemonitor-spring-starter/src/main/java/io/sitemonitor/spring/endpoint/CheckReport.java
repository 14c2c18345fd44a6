package io.sitemonitor.spring.endpoint;

import io.sitemonitor.CheckSnapshot;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.history.CheckFigures;
import io.sitemonitor.incident.Incident;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A check as the endpoint shows it. Times are written as in {@code 2026-11-22T12:00:10Z}, what ends in {@code Millis}
 * counts milliseconds. Contacts are not shown.
 *
 * @param kind its kind, such as {@code http}
 * @param target what is probed; null if there is nothing to name
 * @param state its health state
 * @param since since when
 * @param paused whether its runs are stopped
 * @param conditions what holds beside its state; empty for most
 * @param schedule when runs are due, such as {@code every PT30S}
 * @param everyMillis the time from one run to the next; of a calendar, the shortest
 * @param lastRun the latest run; null before the first
 * @param nextRunAt when the next run is due; null if none is planned
 * @param incident the open incident; null if there is none
 * @param uptime up time
 * @param runs how many runs there were
 * @param latency how long they took
 * @param labels what it is sorted by
 */
public record CheckReport(
        String kind,
        @Nullable String target,
        String state,
        String since,
        boolean paused,
        List<ConditionReport> conditions,
        String schedule,
        long everyMillis,
        @Nullable LastRun lastRun,
        @Nullable String nextRunAt,
        @Nullable OpenIncident incident,
        Uptime uptime,
        Runs runs,
        Latency latency,
        Map<String, String> labels) {

    /**
     * A run.
     *
     * @param at when it started
     * @param tookMillis how long it took
     * @param verdict what was found
     * @param failure in which way it failed; null if it did not
     * @param message what was found, for people; may be empty
     */
    public record LastRun(
            String at,
            long tookMillis,
            String verdict,
            @Nullable String failure,
            String message) {}

    /**
     * An outage that lasts.
     *
     * @param id its id
     * @param startedAt when its first failed run started
     * @param confirmedAt when it was confirmed
     * @param failure in which way the confirming run failed
     * @param cause what that run said
     */
    public record OpenIncident(String id, String startedAt, String confirmedAt, String failure, String cause) {}

    /**
     * Which part of the time it was up, from 0 to 1; null if nothing is known.
     *
     * @param lastHour of the last hour
     * @param lastDay of the last 24 hours
     * @param all since it was defined
     */
    public record Uptime(
            @Nullable Double lastHour,
            @Nullable Double lastDay,
            @Nullable Double all) {}

    /**
     * Counts of runs.
     *
     * @param total how many have ended
     * @param passed how many passed
     * @param warned how many warned
     * @param failed how many failed
     * @param inconclusive how many told nothing
     * @param missed how many were due but could not start
     * @param stuck whether one goes on beyond its timeout
     */
    public record Runs(
            long total, long passed, long warned, long failed, long inconclusive, long missed, boolean stuck) {}

    /**
     * How long recent runs took.
     *
     * @param meanMillis the mean over all runs
     * @param p50Millis half of them took no longer
     * @param p95Millis 95 percent took no longer
     * @param p99Millis 99 percent took no longer
     */
    public record Latency(long meanMillis, long p50Millis, long p95Millis, long p99Millis) {}

    static CheckReport of(CheckSnapshot check) {
        CheckFigures figures = check.figures();
        return new CheckReport(
                check.kind(),
                check.target(),
                check.state().name(),
                check.since().toString(),
                check.paused(),
                check.conditions().stream().map(ConditionReport::of).toList(),
                check.settings().schedule().toString(),
                check.settings().schedule().interval().toMillis(),
                lastRun(check),
                check.nextRunAt() == null ? null : check.nextRunAt().toString(),
                incident(check.incident()),
                new Uptime(ratio(figures.lastHour()), ratio(figures.lastDay()), ratio(figures.uptime())),
                new Runs(
                        figures.runs(),
                        figures.passed(),
                        figures.warned(),
                        figures.failed(),
                        figures.inconclusive(),
                        check.missedTicks(),
                        check.stuck()),
                new Latency(
                        figures.latency().mean().toMillis(),
                        figures.latency().p50().toMillis(),
                        figures.latency().p95().toMillis(),
                        figures.latency().p99().toMillis()),
                check.settings().labels());
    }

    private static @Nullable LastRun lastRun(CheckSnapshot check) {
        CheckResult result = check.lastResult();
        Instant at = check.lastRunAt();
        if (result == null || at == null) {
            return null;
        }
        return new LastRun(
                at.toString(),
                check.lastDuration() == null ? 0 : check.lastDuration().toMillis(),
                result.verdict().name(),
                result.failure() == null ? null : result.failure().name(),
                result.message());
    }

    private static @Nullable OpenIncident incident(@Nullable Incident incident) {
        return incident == null
                ? null
                : new OpenIncident(
                        incident.id(),
                        incident.startedAt().toString(),
                        incident.confirmedAt().toString(),
                        incident.failure().name(),
                        incident.cause());
    }

    private static @Nullable Double ratio(CheckFigures.Uptime uptime) {
        OptionalDouble ratio = uptime.ratio();
        return ratio.isEmpty() ? null : ratio.getAsDouble();
    }
}
