package io.sitemonitor.check.heartbeat;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.schedule.CronExpression;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.TestContext;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A job that is expected at the times of a calendar. */
@Timeout(60)
class HeartbeatAtTimesTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-03-01T12:00:00Z"));

    private final CronExpression nightly = CronExpression.parse("30 2 * * *");
    private final HeartbeatCheck job =
            HeartbeatCheck.at(moment -> nightly.lastUpTo(moment, PARIS)).timeSource(time);

    @Test
    void aBeatIsMissedOnceTheGraceAfterItsTimeIsOver() {
        job.beat();
        time.advanceTo(Instant.parse("2026-03-02T01:35:00Z").minusNanos(1));
        assertThat(run(job).verdict()).isEqualTo(Verdict.PASS);
        time.advance(ofNanos(1));
        assertThat(found(job))
                .isEqualTo("MISSED_HEARTBEAT: no beat for the time 2026-03-02T01:30:00Z; the last came at"
                        + " 2026-03-01T12:00:00Z");
        job.beat();
        time.advanceTo(Instant.parse("2026-03-03T01:34:00Z"));
        assertThat(run(job).verdict()).isEqualTo(Verdict.PASS);
        time.advance(ofMinutes(1));
        assertThat(run(job).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aBeatASecondBeforeItsTimeCountsForIt() {
        time.advanceTo(Instant.parse("2026-03-02T01:29:59Z"));
        job.beat();
        time.advance(ofHours(1));
        assertThat(run(job).verdict()).isEqualTo(Verdict.PASS);
        time.advanceTo(Instant.parse("2026-03-03T01:29:58Z"));
        job.beat();
        time.advance(ofHours(1));
        assertThat(found(job)).startsWith("MISSED_HEARTBEAT: no beat for the time 2026-03-03T01:30:00Z");
    }

    @Test
    void beforeTheFirstBeatOnlyTimesAfterTheFirstRunCount() {
        assertThat(found(job)).isEqualTo("INCONCLUSIVE: no beat yet");
        time.advanceTo(Instant.parse("2026-03-02T01:34:59Z"));
        assertThat(found(job)).isEqualTo("INCONCLUSIVE: no beat yet");
        time.advance(ofSeconds(1));
        assertThat(found(job))
                .isEqualTo("MISSED_HEARTBEAT: no beat for the time 2026-03-02T01:30:00Z; none has come yet");
    }

    @Test
    @DisplayName("P20: it follows the clock of its zone through its changes")
    void followsTheClockThroughItsChanges() {
        time.advanceTo(Instant.parse("2026-03-28T12:00:00Z"));
        job.beat();
        time.advanceTo(Instant.parse("2026-03-29T01:04:59Z"));
        assertThat(run(job).verdict()).as("02:30 does not exist: due at 03:00").isEqualTo(Verdict.PASS);
        time.advance(ofSeconds(1));
        assertThat(found(job)).contains("no beat for the time 2026-03-29T01:00:00Z");
        time.advanceTo(Instant.parse("2026-10-24T12:00:00Z"));
        job.beat();
        time.advanceTo(Instant.parse("2026-10-25T00:35:00Z"));
        assertThat(found(job)).as("02:30 exists twice").contains("no beat for the time 2026-10-25T00:30:00Z");
        job.beat();
        time.advanceTo(Instant.parse("2026-10-25T12:00:00Z"));
        assertThat(run(job).verdict()).as("only its first counts").isEqualTo(Verdict.PASS);
    }

    @Test
    @DisplayName("P19: a step of the wall clock makes no beat late")
    void aStepOfTheWallClockMakesNoBeatLate() {
        time.advanceTo(Instant.parse("2026-03-02T01:30:10Z"));
        job.beat();
        time.stepWallClock(ofHours(-1));
        time.advance(ofHours(2));
        assertThat(run(job).verdict()).as("the same night shown twice").isEqualTo(Verdict.PASS);
        time.stepWallClock(ofHours(22).plusMinutes(10));
        assertThat(run(job).verdict())
                .as("%s: a beat of 2 hours ago is not before 01:30", time.now())
                .isEqualTo(Verdict.PASS);
        time.advance(ofDays(1));
        assertThat(run(job).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    @DisplayName("P18: a beat that seems to come from the future after a step counts by its age")
    void aClockThatIsSetBackByYearsHidesNothing() {
        time.stepWallClock(ofDays(2_000));
        job.beat();
        time.stepWallClock(ofDays(-2_000));
        assertThat(run(job).verdict()).isEqualTo(Verdict.PASS);
        time.advance(ofDays(1));
        assertThat(run(job).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void nothingIsMissedAsLongAsNothingIsExpected() {
        HeartbeatCheck never = HeartbeatCheck.at(moment -> null).timeSource(time);
        assertThat(run(never).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        never.beat();
        time.advance(ofDays(300));
        assertThat(run(never).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void timesThatAreNotUpToTheMomentAreAnError() {
        HeartbeatCheck wrong =
                HeartbeatCheck.at(moment -> moment.plusSeconds(1)).timeSource(time);
        assertThatIllegalStateException()
                .isThrownBy(() -> run(wrong))
                .withMessage("the expected times must give one up to 2026-03-01T11:55:00Z, but gave"
                        + " 2026-03-01T11:55:01Z");
    }

    @Test
    void aRunWithinItsBoundMayEndLaterThanTheGrace() {
        HeartbeatCheck slow = HeartbeatCheck.at(moment -> nightly.lastUpTo(moment, PARIS))
                .maxRunTime(ofHours(1))
                .timeSource(time);
        slow.beat();
        time.advanceTo(Instant.parse("2026-03-02T01:30:00Z"));
        slow.start();
        time.advance(ofMinutes(59));
        assertThat(run(slow).verdict()).isEqualTo(Verdict.PASS);
        slow.beat();
        assertThat(run(slow).verdict()).isEqualTo(Verdict.PASS);
    }

    private String found(HeartbeatCheck check) {
        return run(check).summary();
    }

    private CheckResult run(HeartbeatCheck check) {
        return check.run(TestContext.within(ofSeconds(10), time));
    }
}
