package io.sitemonitor.check.heartbeat;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.TestContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a heartbeat may be told, and what it is. */
@Timeout(60)
class HeartbeatOptionsTest {

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-03-01T12:00:00Z"));

    @Test
    void isEqualOnlyToItself() {
        HeartbeatCheck job = every(ofHours(1));
        assertThat(List.of(job)).contains(job).doesNotContain(every(ofHours(1)));
    }

    @Test
    void eachOptionIsACopyWithoutASign() {
        HeartbeatCheck job = every(ofHours(1));
        job.beat();
        HeartbeatCheck copy = job.grace(ofMinutes(1));
        assertThat(run(copy).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        copy.beat();
        time.advance(ofMinutes(62));
        assertThat(run(copy).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(run(job).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void saysWhatItIs() {
        HeartbeatCheck job = every(ofMinutes(90));
        assertThat(job.kind()).isEqualTo("heartbeat");
        assertThat(job.target()).isNull();
        assertThat(job.host()).isNull();
        assertThat(job.describedAs("invoices").target()).isEqualTo("invoices");
        assertThat(job).hasToString("heartbeat every 1 h 30 min with 5 min of grace");
        assertThat(HeartbeatCheck.at(moment -> null)).hasToString("heartbeat at given times with 5 min of grace");
    }

    @Test
    void refusesWhatMakesNoSense() {
        HeartbeatCheck job = every(ofHours(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeartbeatCheck.every(ofMillis(99)))
                .withMessage("every must be from PT0.1S to PT8784H, but was PT0.099S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeartbeatCheck.every(ofDays(367)))
                .withMessage("every must be from PT0.1S to PT8784H, but was PT8808H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job.grace(ofNanos(-1)))
                .withMessage("grace must be from PT0S to PT8784H, but was PT-0.000000001S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job.maxRunTime(Duration.ZERO))
                .withMessage("maxRunTime must be from PT0.001S to PT8784H, but was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job.minRunTime(Duration.ZERO))
                .withMessage("minRunTime must be from PT0.001S to PT8784H, but was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job.describedAs(" "))
                .withMessage("describedAs must be one line of 1 to 100 characters, but was ''");
        assertThatIllegalStateException()
                .isThrownBy(() -> job.minRunTime(ofMinutes(2)).maxRunTime(ofMinutes(2)))
                .withMessage("minRunTime must be less than maxRunTime, but they were PT2M and PT2M");
        assertThatNullPointerException()
                .isThrownBy(() -> HeartbeatCheck.every(null))
                .withMessage("every");
        assertThatNullPointerException()
                .isThrownBy(() -> HeartbeatCheck.at(null))
                .withMessage("times");
        assertThatNullPointerException().isThrownBy(() -> job.timeSource(null)).withMessage("time");
    }

    private HeartbeatCheck every(Duration period) {
        return HeartbeatCheck.every(period).timeSource(time);
    }

    private CheckResult run(HeartbeatCheck check) {
        return check.run(TestContext.within(ofSeconds(10), time));
    }
}
