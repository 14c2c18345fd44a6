package io.sitemonitor;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.event.Heartbeat;
import io.sitemonitor.event.HeartbeatMissed;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A target that asks to be left alone: {@code CheckContext.retryAfter}, What 3 of the issue. */
class MonitorRetryAfterTest {

    private static final String HOST = "shop.example";

    private final Stage stage = new Stage();
    private final ScriptedCheck check = ScriptedCheck.passing();

    @AfterEach
    void close() {
        stage.close();
    }

    private Duration asks = ZERO;
    private final Check asking = context -> {
        context.retryAfter(asks);
        return check.run(context);
    };

    @Test
    void theNextRunOfThisCheckDoesNotBeginBefore() {
        stage.start(stage.builder().check("a", stage.noted(asking), c -> c.every(ofSeconds(30))));
        stage.advance(ofSeconds(29));
        asks = ofSeconds(70);
        stage.advance(ofSeconds(2));
        asks = ZERO;
        stage.advance(ofMinutes(2));
        assertThat(stage.begun("a")).containsExactly(0L, 30_000L, 100_000L, 120_000L, 150_000L);
    }

    @Test
    void itHoldsForTheRetryPauseOfASuspicionToo() {
        check.gives(CheckResult.fail(FailureKind.STATUS, "HTTP 429"));
        asks = ofSeconds(20);
        stage.start(stage.builder().check("a", stage.noted(asking), c -> c.every(ofSeconds(30))));
        stage.advance(ofSeconds(50));
        assertThat(stage.begun("a")).containsExactly(0L, 20_000L, 40_000L);
    }

    @Test
    void itCountsFromTheEndOfTheRun() {
        check.takes(ofSeconds(3));
        asks = ofSeconds(40);
        stage.start(stage.builder().check("a", stage.noted(asking), c -> c.every(ofSeconds(10))));
        stage.advance(ofSeconds(50));
        assertThat(stage.begun("a")).containsExactly(0L, 43_000L);
    }

    @Test
    void runsOfOthersOfTheSameHostDoNotBeginBeforeEither() {
        stage.start(stage.builder()
                .check("a", stage.at(HOST, asking), c -> c.every(ofSeconds(30)))
                .check("b", stage.at(HOST, check), c -> c.every(ofSeconds(10)))
                .check("elsewhere", stage.at("other.example", check), c -> c.every(ofSeconds(10)))
                .check("nowhere", stage.noted(check), c -> c.every(ofSeconds(10))));
        stage.advance(ofMillis(29_999));
        asks = ofSeconds(45);
        stage.advance(ofSeconds(2));
        asks = ZERO;
        stage.advance(ofSeconds(58));
        assertThat(stage.begun("a")).hasSize(3).startsWith(0L, 30_000L);
        assertThat(stage.begun("a").get(2)).as("soon after 75 s").isBetween(75_000L, 76_000L);
        assertThat(stage.begun("b")).startsWith(0L, 10_000L, 20_000L).endsWith(80_000L);
        assertThat(stage.begun("b").stream().filter(at -> at > 30_000 && at < 80_000))
                .singleElement()
                .satisfies(at -> assertThat(at).as("soon after 75 s").isBetween(75_000L, 76_000L));
        assertThat(stage.check("b").missedTicks())
                .as("40 to 70 s, of which one was made late")
                .isEqualTo(3);
        assertThat(stage.begun("elsewhere")).hasSize(9);
        assertThat(stage.begun("nowhere")).hasSize(9);
    }

    @Test
    void aLaterWishHoldsForThoseWhoWaitAlready() {
        Duration[] laterAsks = {ZERO};
        ScriptedCheck slow = ScriptedCheck.passing().takes(ofSeconds(8));
        Check late = context -> {
            context.retryAfter(laterAsks[0]);
            return slow.run(context);
        };
        stage.start(stage.builder()
                .check("a", stage.at(HOST, asking), c -> c.every(ofSeconds(60)))
                .check("late", stage.at(HOST, late), c -> c.every(ofSeconds(59)))
                .check("b", stage.at(HOST, check), c -> c.every(ofSeconds(5))));
        stage.advance(ofSeconds(58));
        laterAsks[0] = ofSeconds(90); // in flight from 59 to 67 s, so until 157 s
        asks = ofSeconds(20); // at 60 s, so until 80 s
        stage.advance(ofMillis(2_500));
        asks = ZERO;
        laterAsks[0] = ZERO;
        stage.advance(ofMinutes(3));
        assertThat(stage.begun("b").stream().filter(at -> at > 60_000 && at < 157_000))
                .isEmpty();
        assertThat(stage.begun("a").stream().filter(at -> at > 60_000 && at < 157_000))
                .isEmpty();
    }

    @Test
    void theGapHoldsWhenTheWaitIsOver() {
        MonitorBuilder builder = stage.builder().perHost(10, ofSeconds(2)).warmUp(ofSeconds(10));
        builder.check("a", stage.at(HOST, asking), c -> c.every(ofSeconds(60)));
        for (int i = 0; i < 4; i++) {
            builder.check("b" + i, stage.at(HOST, check), c -> c.every(ofSeconds(60)));
        }
        stage.start(builder);
        asks = ofSeconds(20);
        stage.time.at(ofSeconds(15), () -> stage.monitor().runNow("a"));
        stage.advance(ofSeconds(1));
        asks = ofSeconds(30);
        stage.advance(ofSeconds(59));
        List<Long> begun = new ArrayList<>(stage.begun("b0"));
        begun.addAll(stage.begun("b1"));
        begun.addAll(stage.begun("b2"));
        begun.addAll(stage.begun("b3"));
        begun.sort(Comparator.naturalOrder());
        assertThat(begun).containsExactly(45_000L, 47_000L, 49_000L, 51_000L);
    }

    @Test
    void noTargetCanEndItsOwnMonitoring() {
        asks = ofDays(3650);
        stage.start(stage.builder()
                .check("a", stage.at(HOST, asking), c -> c.every(ofSeconds(30)).slowDownTo(ofSeconds(100)))
                .check("b", stage.at(HOST, check), c -> c.every(ofSeconds(30))));
        stage.advance(ofSeconds(250));
        assertThat(stage.begun("a")).containsExactly(0L, 100_000L, 200_000L);
        assertThat(stage.begun("b")).contains(100_000L, 200_000L);
    }

    @Test
    void aCheckThatKeepsItsPaceIsPutOffByAnIntervalAtMost() {
        asks = ofHours(5);
        stage.start(stage.builder()
                .check("a", stage.noted(asking), c -> c.every(ofSeconds(30)).slowDownTo(ZERO)));
        stage.advance(ofSeconds(100));
        assertThat(stage.begun("a")).containsExactly(0L, 30_000L, 60_000L, 90_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT-1000000H"})
    void zeroOrLessAsksForNothing(Duration pause) {
        asks = pause;
        stage.start(stage.builder()
                .check("a", stage.at(HOST, asking), c -> c.every(ofSeconds(10)))
                .check("b", stage.at(HOST, check), c -> c.every(ofSeconds(10))));
        stage.advance(ofSeconds(35));
        assertThat(stage.begun("a")).containsExactly(0L, 10_000L, 20_000L, 30_000L);
        assertThat(stage.begun("b")).containsExactly(0L, 10_000L, 20_000L, 30_000L);
    }

    @Test
    void aWishShorterThanThePaceChangesNothing() {
        asks = ofSeconds(7);
        stage.start(stage.builder().check("a", stage.noted(asking), c -> c.every(ofSeconds(10))));
        stage.advance(ofSeconds(35));
        assertThat(stage.begun("a")).containsExactly(0L, 10_000L, 20_000L, 30_000L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itHoldsForARunThatIsMadeBecauseOfAnother(boolean hasHost) {
        check.fails("HTTP 503");
        ScriptedCheck parent = ScriptedCheck.passing();
        Check asked = context -> {
            context.retryAfter(asks);
            return parent.run(context);
        };
        asks = ofSeconds(100);
        stage.start(stage.builder()
                .check("gateway", hasHost ? stage.at("gw", asked) : stage.noted(asked), c -> c.every(ofSeconds(60)))
                .check("child", stage.noted(check), c -> c.every(ofSeconds(10)).dependsOn("gateway")));
        stage.advance(ofSeconds(99));
        assertThat(stage.begun("gateway")).containsExactly(0L);
    }

    @Test
    void aHostThatAsksToBeLeftAloneDoesNotMakeTheMonitorLookDead() {
        stage.start(stage.builder()
                .check("a", stage.at(HOST, asking), c -> c.every(ofSeconds(30)))
                .check("b", stage.at(HOST, check), c -> c.every(ofSeconds(30))));
        stage.advance(ofSeconds(29));
        asks = ofSeconds(140);
        stage.advance(ofMinutes(30));
        assertThat(stage.events(HeartbeatMissed.class)).isEmpty();
        assertThat(stage.events(Heartbeat.class)).hasSize(30);
    }
}
