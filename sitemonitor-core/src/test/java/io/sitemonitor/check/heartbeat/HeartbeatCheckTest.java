package io.sitemonitor.check.heartbeat;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.TestContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The general contract of checks is not extended here: this kind is about state on purpose, waits for nothing and connects
 * to nothing, so there is nothing to hang, to cancel, or to hide.
 */
@Timeout(60)
class HeartbeatCheckTest {

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-03-01T12:00:00Z"));

    private HeartbeatCheck every(Duration period) {
        return HeartbeatCheck.every(period).timeSource(time);
    }

    private String found(HeartbeatCheck check) {
        return run(check).summary();
    }

    private CheckResult run(HeartbeatCheck check) {
        return check.run(TestContext.within(ofSeconds(10), time));
    }

    @Nested
    class Periods {

        private final HeartbeatCheck job = every(ofHours(1));

        @Test
        void aBeatIsMissedOncePeriodAndGraceAreOver() {
            job.beat();
            time.advance(ofMinutes(65));
            assertThat(found(job)).isEqualTo("PASS: the last beat came 1 h 5 min ago");
            time.advance(ofNanos(1));
            assertThat(found(job))
                    .isEqualTo("MISSED_HEARTBEAT: no beat for 1 h 5 min; the last came at 2026-03-01T12:00:00Z");
            time.advance(ofDays(2));
            assertThat(found(job))
                    .isEqualTo("MISSED_HEARTBEAT: no beat for 2 d 1 h; the last came at 2026-03-01T12:00:00Z");
        }

        @Test
        void theNextBeatEndsIt() {
            job.beat();
            time.advance(ofDays(1));
            assertThat(run(job).verdict()).isEqualTo(Verdict.FAIL);
            job.beat();
            assertThat(found(job)).isEqualTo("PASS: the last beat came 0 s ago");
        }

        @Test
        void graceIsThePeriodButAtMostFiveMinutesUnlessSet() {
            HeartbeatCheck often = every(ofSeconds(10));
            HeartbeatCheck strict = every(ofSeconds(10)).grace(Duration.ZERO);
            often.beat();
            strict.beat();
            time.advance(ofSeconds(10));
            assertThat(run(strict).verdict()).isEqualTo(Verdict.PASS);
            time.advance(ofSeconds(10));
            assertThat(run(often).verdict()).isEqualTo(Verdict.PASS);
            assertThat(run(strict).verdict()).isEqualTo(Verdict.FAIL);
            time.advance(ofNanos(1));
            assertThat(run(often).verdict()).isEqualTo(Verdict.FAIL);
        }

        @Test
        void beforeTheFirstBeatTheTimeCountsFromTheFirstRun() {
            time.advance(ofDays(3));
            assertThat(found(job)).isEqualTo("INCONCLUSIVE: no beat yet");
            time.advance(ofMinutes(65));
            assertThat(found(job)).isEqualTo("INCONCLUSIVE: no beat yet");
            time.advance(ofMinutes(1));
            assertThat(found(job)).isEqualTo("MISSED_HEARTBEAT: no beat for 1 h 6 min; none has come yet");
        }

        @Test
        void aBeatBeforeTheFirstRunCounts() {
            job.beat();
            time.advance(ofHours(2));
            assertThat(found(job)).startsWith("MISSED_HEARTBEAT: no beat for 2 h; the last came at");
        }

        @Test
        void aStartIsNoBeat() {
            job.beat();
            time.advance(ofHours(1));
            job.start();
            time.advance(ofMinutes(6));
            assertThat(found(job)).startsWith("MISSED_HEARTBEAT: no beat for 1 h 6 min");
        }

        @Test
        @DisplayName("P19: steps of the wall clock do not matter")
        void stepsOfTheWallClockDoNotMatter() {
            job.beat();
            for (Duration step : List.of(ofDays(400), ofDays(-800), ofHours(1))) {
                time.stepWallClock(step);
                assertThat(run(job).verdict()).isEqualTo(Verdict.PASS);
            }
            time.advance(ofMinutes(66));
            assertThat(found(job)).startsWith("MISSED_HEARTBEAT: no beat for 1 h 6 min");
        }

        @Test
        void aSuspendInWhichTheMonotonicClockStandsStillDoesNotMatter() {
            job.beat();
            time.suspend(ofDays(1));
            assertThat(run(job).verdict()).isEqualTo(Verdict.PASS);
            time.advance(ofMinutes(66));
            assertThat(run(job).verdict()).isEqualTo(Verdict.FAIL);
        }

        @Test
        void severalNamesMayShareIt() {
            HeartbeatCheck check = every(ofMinutes(1));
            assertThat(check.run(FixedContext.of(ofSeconds(1))).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            time.advance(ofMinutes(3));
            assertThat(check.run(FixedContext.of(ofSeconds(1))).verdict())
                    .as("counted from the first run of any name, by the clock of the check")
                    .isEqualTo(Verdict.FAIL);
        }
    }

    @Nested
    class Failures {

        private final HeartbeatCheck job = every(ofHours(1));

        @Test
        void aFailureCountsUntilTheNextBeat() {
            job.fail("the mail server refuses");
            time.advance(ofMinutes(7));
            assertThat(found(job))
                    .isEqualTo("ASSERTION: the job said 7 min ago that it failed: the mail server refuses");
            job.start();
            time.advance(ofDays(9));
            assertThat(found(job)).startsWith("ASSERTION: the job said 9 d ago that it failed");
            job.beat();
            assertThat(run(job).verdict()).isEqualTo(Verdict.PASS);
        }

        @Test
        void aReasonMayBeMissingAndIsCleaned() {
            job.fail(null);
            assertThat(found(job)).isEqualTo("ASSERTION: the job said 0 s ago that it failed");
            assertThat(run(job).evidence().facts()).as("a failure is no beat").isEmpty();
            job.fail("a\nb\u202Ec" + "x".repeat(100_000));
            assertThat(run(job).message()).contains("failed: a b\uFFFDcxxx").hasSize(CheckResult.MAX_MESSAGE);
        }

        @Test
        void aFailureEndsTheRunThatWasUnderWay() {
            HeartbeatCheck bounded = every(ofHours(1)).maxRunTime(ofMinutes(10));
            bounded.start();
            bounded.fail("no");
            time.advance(ofMinutes(11));
            assertThat(found(bounded)).startsWith("ASSERTION");
            bounded.beat();
            assertThat(run(bounded).evidence().phases()).as("of the failed run").isEmpty();
        }
    }

    @Nested
    class RunTimes {

        private final HeartbeatCheck job =
                every(ofHours(24)).maxRunTime(ofHours(2)).minRunTime(ofSeconds(30));

        private void works(Duration duration) {
            job.start();
            time.advance(duration);
            job.beat();
        }

        @Test
        void aRunWithinItsBoundsPassesAndIsShown() {
            works(ofMinutes(5));
            CheckResult result = run(job);
            assertThat(result.summary()).isEqualTo("PASS: the last beat came 0 s ago");
            assertThat(result.evidence().phases()).containsOnly(Map.entry("run", ofMinutes(5)));
            assertThat(result.evidence().facts()).containsOnly(Map.entry("beat", "2026-03-01T12:05:00Z"));
        }

        @Test
        void aRunThatGoesOnForTooLongIsMissedUntilItEnds() {
            works(ofMinutes(5));
            job.start();
            time.advance(ofHours(2));
            assertThat(run(job).verdict()).isEqualTo(Verdict.PASS);
            assertThat(run(job).evidence().facts()).containsEntry("started", "2026-03-01T12:05:00Z");
            time.advance(ofMinutes(1));
            assertThat(found(job))
                    .isEqualTo("MISSED_HEARTBEAT: the run that began at 2026-03-01T12:05:00Z has been going on for"
                            + " 2 h 1 min, longer than 2 h");
            job.beat();
            assertThat(found(job)).isEqualTo("WARN: the last run took 2 h 1 min, longer than 2 h");
            works(ofMinutes(5));
            assertThat(run(job).verdict()).isEqualTo(Verdict.PASS);
        }

        @Test
        void whileARunIsWithinItsBoundNoBeatIsMissed() {
            works(ofMinutes(1));
            time.advance(ofHours(24));
            job.start();
            time.advance(ofHours(1));
            assertThat(run(job).verdict()).isEqualTo(Verdict.PASS);
            time.advance(ofHours(1).plusNanos(1));
            assertThat(found(job)).startsWith("MISSED_HEARTBEAT: the run that began at");
        }

        @Test
        void aJobThatDiesAndBeginsAgainOverAndOverIsMissed() {
            works(ofMinutes(1));
            time.advance(ofHours(24));
            job.start();
            time.advance(ofMinutes(90));
            job.start();
            time.advance(ofMinutes(30));
            assertThat(run(job).verdict()).as("it has had two hours").isEqualTo(Verdict.PASS);
            time.advance(ofNanos(1));
            assertThat(found(job))
                    .isEqualTo("MISSED_HEARTBEAT: no beat for 1 d 2 h; the last came at 2026-03-01T12:01:00Z");
            job.start();
            assertThat(run(job).verdict()).as("a third time").isEqualTo(Verdict.FAIL);
            time.advance(ofMinutes(5));
            job.beat();
            assertThat(found(job)).isEqualTo("PASS: the last beat came 0 s ago");
            time.advance(ofHours(24));
            job.start();
            time.advance(ofHours(1));
            assertThat(run(job).verdict()).as("a new beat, a new excuse").isEqualTo(Verdict.PASS);
        }

        @Test
        void aFirstRunThatIsUnderWayIsNoBeatYet() {
            run(job);
            job.start();
            time.advance(ofHours(1));
            assertThat(found(job)).isEqualTo("INCONCLUSIVE: no beat yet");
        }

        @Test
        void aRunThatIsTooQuickFailsUntilTheNextBeat() {
            works(ofSeconds(29));
            assertThat(found(job)).isEqualTo("ASSERTION: the last run took 29 s, less than 30 s");
            job.start();
            assertThat(found(job)).startsWith("ASSERTION: the last run took 29 s");
            time.advance(ofSeconds(30));
            job.beat();
            assertThat(run(job).verdict()).isEqualTo(Verdict.PASS);
        }

        @Test
        void withoutAStartTheyHaveNoEffect() {
            works(ofSeconds(1));
            job.beat();
            assertThat(run(job).verdict()).isEqualTo(Verdict.PASS);
            assertThat(run(job).evidence().phases()).isEmpty();
        }

        @Test
        void aSecondStartBeginsAnew() {
            job.start();
            time.advance(ofHours(3));
            job.start();
            time.advance(ofMinutes(1));
            job.beat();
            assertThat(run(job).evidence().phases()).containsEntry("run", ofMinutes(1));
        }
    }

    @Nested
    class Threads {

        @Test
        void whoeverWasInterruptedBringsNoOlderBeat() {
            Moment early = new Moment(1, Instant.EPOCH);
            Moment late = new Moment(2, Instant.EPOCH.plusNanos(1));
            assertThat(Signs.NONE.beaten(late).beaten(early).beat()).isEqualTo(late);
            assertThat(Signs.NONE.beaten(early).beaten(late).beat()).isEqualTo(late);
            assertThat(late.until(early)).isZero();
        }

        @Test
        void signsAndRunsMayComeFromManyThreadsAtOnce() throws Exception {
            HeartbeatCheck job = HeartbeatCheck.every(ofDays(1)).maxRunTime(ofHours(1));
            int threads = 8;
            CyclicBarrier together = new CyclicBarrier(threads);
            List<FutureTask<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                tasks.add(new FutureTask<>(() -> {
                    together.await();
                    for (int round = 0; round < 20_000; round++) {
                        switch ((number + round) % 4) {
                            case 0 -> job.start();
                            case 1 -> job.beat();
                            case 2 -> job.fail("round " + round);
                            default -> seen(job.run(FixedContext.of(ofSeconds(10))));
                        }
                    }
                    return null;
                }));
            }
            tasks.forEach(task -> new Thread(task).start());
            for (FutureTask<Void> task : tasks) {
                task.get(50, TimeUnit.SECONDS);
            }

            job.beat();

            assertThat(job.run(FixedContext.of(ofSeconds(10))).verdict()).isEqualTo(Verdict.PASS);
        }

        /** No run sees half a sign: one that failed says why, one that passes has a beat. */
        private void seen(CheckResult result) {
            if (result.verdict() == Verdict.FAIL) {
                assertThat(result.message()).matches("the job said \\d+ m?s ago that it failed: round \\d+");
            } else if (result.verdict() == Verdict.PASS) {
                assertThat(result.evidence().facts()).containsKey("beat");
            }
        }
    }
}
