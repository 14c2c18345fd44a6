package io.sitemonitor;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ScriptedCheck;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of runs and outages when something else is checked from now on, or in another way. §6.1 to §6.4, §7.2. */
@DisplayName("§7.2 another check or other settings")
class MonitorReplacementTest {

    private final Bench bench = new Bench();
    private final ScriptedCheck shop = ScriptedCheck.passing();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @DisplayName("§7.2 an open outage is not over because another check is only DEGRADED while runs fail")
    void anOutageIsNotOverWhileRunsFail() {
        bench.start(bench.builder().check("shop", shop));
        bench.advanceTo(20);
        shop.fails("HTTP 503");
        bench.advanceTo(60);
        assertThat(bench.told()).containsExactly("40 DOWN shop");
        int[] run = {0};
        bench.monitor().replace("shop", context -> run[0]++ % 3 == 2 ? CheckResult.warn("slow") : fails(), c -> {});
        bench.advanceTo(600);
        assertThat(bench.monitor().stateOf("shop")).isEqualTo(HealthState.DEGRADED);
        assertThat(bench.told()).as("fail, fail, warn for ever").containsExactly("40 DOWN shop");
    }

    private static CheckResult fails() {
        return CheckResult.fail("HTTP 503");
    }

    @Test
    @DisplayName("§7.2 it is over once as many runs of the other check in a row have worked as it takes")
    void anOutageIsOverOnceEnoughRunsHaveWorked() {
        bench.start(bench.builder().check("shop", shop));
        bench.advanceTo(20);
        shop.fails("HTTP 503");
        bench.advanceTo(60);
        ScriptedCheck moved = ScriptedCheck.failing("HTTP 404");
        bench.monitor().replace("shop", moved, c -> {});
        bench.advanceTo(66);
        moved.warns("slow");
        bench.advanceTo(70);
        assertThat(bench.monitor().stateOf("shop")).isEqualTo(HealthState.DEGRADED);
        assertThat(bench.told()).as("one run has worked").containsExactly("40 DOWN shop");
        bench.advanceTo(600);
        assertThat(bench.told()).containsExactly("40 DOWN shop", "75 RECOVERED shop");
        assertThat(bench.monitor().incidents().open()).isEmpty();
    }

    @Test
    @DisplayName("§6.4 whoever resumes a check while a run of before goes on gets a run as soon as that has ended")
    void whatIsResumedRunsAsSoonAsTheRunOfBeforeHasEnded() {
        bench.start(bench.builder().check("shop", shop, c -> c.every(ofMinutes(10))));
        bench.advanceTo(20);
        shop.takes(ofSeconds(8));
        bench.advanceTo(601);
        bench.monitor().pause("shop");
        bench.monitor().resume("shop");
        bench.advanceTo(620);
        assertThat(bench.runs("shop")).as("the run of 600 does not count").containsExactly("0", "608");
    }

    @Test
    @DisplayName("§6.4 another check runs as soon as the run of the one before has ended")
    void anotherCheckRunsAsSoonAsTheRunOfBeforeHasEnded() {
        bench.start(bench.builder().check("shop", shop, c -> c.every(ofMinutes(10))));
        bench.advanceTo(20);
        shop.takes(ofSeconds(8));
        bench.advanceTo(601);
        bench.monitor().replace("shop", ScriptedCheck.failing("HTTP 404"), c -> c.every(ofMinutes(10)));
        bench.advanceTo(610);
        assertThat(bench.runs("shop")).containsExactly("0", "608");
    }

    @Test
    @DisplayName("§6.5 a run of before that does not obey at once does not count as a failure of the other check")
    void aRunOfBeforeThatObeysLateIsWaitedFor() {
        bench.start(
                bench.builder().check("shop", shop, c -> c.every(ofMinutes(10)).timeout(ofSeconds(5))));
        bench.advanceTo(20);
        shop.hangsFor(ofSeconds(5).plusMillis(150));
        bench.advanceTo(601);
        ScriptedCheck moved = ScriptedCheck.passing();
        bench.monitor().replace("shop", moved, c -> c.every(ofMinutes(10)));
        bench.advanceTo(610);
        assertThat(bench.of("shop").lastResult()).isEqualTo(CheckResult.pass());
        assertThat(bench.runs("shop")).containsExactly("0", "605.15");
    }

    @Test
    @DisplayName("§6.5 a run of before that never ends says nothing about the other check")
    void aRunOfBeforeThatNeverEndsIsNoVerdictOnTheOtherCheck() {
        bench.start(bench.builder()
                .check(
                        "shop",
                        shop,
                        c -> c.every(ofSeconds(30)).timeout(ofSeconds(5)).downAfter(1)));
        bench.advanceTo(20);
        shop.hangsFor(ofMinutes(10));
        bench.advanceTo(31);
        bench.monitor()
                .replace(
                        "shop",
                        ScriptedCheck.passing(),
                        c -> c.every(ofSeconds(30)).downAfter(1));
        bench.advanceTo(300);
        assertThat(bench.of("shop").lastResult())
                .isEqualTo(CheckResult.inconclusive(
                        "the run of what was checked before, which started at " + Bench.at(30) + ", does not end"));
        assertThat(bench.told()).isEmpty();
        bench.advanceTo(700);
        assertThat(bench.monitor().isUp("shop")).as("it has ended").isTrue();
    }

    @Test
    @DisplayName("whoever asked for a run at once gets it at once although the settings have been replaced")
    void whoAskedForARunGetsItWithTheNewSettings() {
        bench.start(bench.builder().check("shop", shop, c -> c.every(ofMinutes(10))));
        bench.advanceTo(100);
        CompletableFuture<CheckResult> asked = bench.monitor().runNow("shop");
        bench.monitor().replace("shop", shop, c -> c.every(ofMinutes(20)));
        bench.advanceTo(101);
        assertThat(asked).isCompletedWithValue(CheckResult.pass());
        assertThat(bench.runs("shop")).containsExactly("0", "100");
    }
}
