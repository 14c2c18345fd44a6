package io.sitemonitor;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.event.TargetsFailed;
import io.sitemonitor.event.TargetsLoaded;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.target.TargetSource;
import io.sitemonitor.target.Targets;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.RecordingAlerts;
import io.sitemonitor.testing.RecordingListener;
import io.sitemonitor.testing.ScriptedCheck;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks that come from a source while the monitor runs. */
class MonitorTargetsTest {

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-03-01T12:00:00Z"));
    private final RecordingListener events = new RecordingListener();
    private final RecordingAlerts alerts = new RecordingAlerts();
    private final ScriptedCheck shop = ScriptedCheck.passing();
    private final List<CheckDefinition> rows = new ArrayList<>();
    private final List<Targets.Rejected> bad = new ArrayList<>();
    private Exception failure;
    private Duration readingTakes = Duration.ZERO;
    private final TargetSource source = () -> {
        time.take(readingTakes);
        if (failure != null) {
            throw failure;
        }
        return new Targets(rows, bad);
    };
    private final Monitor monitor = Monitor.named("shop")
            .runOn(time)
            .listener(events)
            .alert(alerts)
            .check("own", ScriptedCheck.passing())
            .targets(source, ofMinutes(1))
            .build();

    @AfterEach
    void close() {
        monitor.close();
    }

    @Test
    void addsReplacesAndRemovesWhatHasChanged() {
        rows.add(definition("a", shop));
        rows.add(definition("b", shop));
        start();
        assertThat(monitor.checks()).containsExactly("a", "b", "own");

        rows.set(0, CheckDefinition.of("a", shop, c -> {}, c -> c.every(ofSeconds(10))));
        rows.remove(1);
        rows.add(definition("c", shop));
        time.advance(ofMinutes(1));
        assertThat(monitor.checks()).containsExactly("a", "c", "own");
        assertThat(monitor.snapshot()
                        .check("a")
                        .orElseThrow()
                        .settings()
                        .schedule()
                        .interval())
                .isEqualTo(ofSeconds(10));
        assertThat(events.events(TargetsLoaded.class))
                .extracting(TargetsLoaded::added, TargetsLoaded::replaced, TargetsLoaded::removed)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2, 0, 0), org.assertj.core.groups.Tuple.tuple(1, 1, 1));
    }

    @Test
    void readingTheSameAgainChangesNothing() {
        rows.add(definition("a", shop));
        start();
        shop.fails("down");
        time.advance(ofMinutes(10));
        assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN);
        assertThat(monitor.stateOf("a")).isEqualTo(HealthState.DOWN);
        assertThat(events.events(TargetsLoaded.class)).hasSize(1);
    }

    @Test
    void aSourceThatCannotBeReadEndsNoCheckAndIsReadAgain() {
        rows.add(definition("a", shop));
        start();
        failure = new IOException("the database is away");
        time.advance(ofMinutes(10));
        assertThat(monitor.isUp("a")).isTrue();
        assertThat(events.events(TargetsFailed.class))
                .hasSize(10)
                .allMatch(event -> event.reason().equals("the database is away"));
        failure = null;
        rows.add(definition("b", shop));
        time.advance(ofMinutes(1));
        assertThat(monitor.checks()).contains("b");
    }

    @Test
    void aRowThatHasBecomeUnreadableDoesNotEndItsCheck() {
        rows.add(definition("a", shop));
        start();
        rows.clear();
        bad.add(new Targets.Rejected("row 1", "a", "url must not be empty"));
        time.advance(ofMinutes(1));
        assertThat(monitor.checks()).contains("a");
        assertThat(events.events(TargetsLoaded.class))
                .last()
                .satisfies(
                        loaded -> assertThat(loaded.rejected()).containsExactly("row 1 ('a'): url must not be empty"));
    }

    @Test
    void doesNotTouchChecksOfOthers() {
        rows.add(definition("own", shop));
        start();
        time.advance(ofMinutes(1));
        assertThat(shop.runs()).isZero();
        assertThat(events.events(TargetsLoaded.class))
                .singleElement()
                .satisfies(loaded -> assertThat(loaded.rejected())
                        .containsExactly("'own': the monitor has another check of this name"));
        rows.clear();
        time.advance(ofMinutes(1));
        assertThat(monitor.checks()).containsExactly("own");
    }

    @Test
    void aSourceThatHangsIsGivenUpAndReadAgainOnceItHasEnded() {
        rows.add(definition("a", shop));
        readingTakes = ofMinutes(5);
        start();
        time.advance(ofSeconds(30));
        assertThat(events.events(TargetsFailed.class))
                .singleElement()
                .extracting(TargetsFailed::reason)
                .isEqualTo("no answer within PT30S");
        assertThat(monitor.isUp("own")).isTrue();
        readingTakes = Duration.ZERO;
        time.advance(ofMinutes(6));
        assertThat(monitor.checks()).contains("a");
    }

    private void start() {
        monitor.start();
        time.advance(ofSeconds(10));
    }

    private static CheckDefinition definition(String name, Check check) {
        return CheckDefinition.of(name, check, c -> {}, c -> {});
    }

    @Test
    void aSourceThatReturnsNullIsReported() {
        Monitor broken = Monitor.named("broken")
                .runOn(time)
                .listener(events)
                .targets(() -> null)
                .start();
        time.advance(ofSeconds(1));
        assertThat(events.events(TargetsFailed.class))
                .singleElement()
                .extracting(TargetsFailed::reason)
                .isEqualTo("the source returned null");
        broken.close();
    }

    @Test
    void aCheckThatReturnsNullOrThrowsIsACheckError() {
        Check[] broken = {context -> null};
        Monitor erring = Monitor.named("erring")
                .runOn(time)
                .check("null", broken[0])
                .check("throws", context -> {
                    throw new IllegalStateException("no pool");
                })
                .check("error", context -> {
                    throw new OutOfMemoryError("not really");
                })
                .start();
        time.advance(ofSeconds(5));
        assertThat(erring.snapshot().checks())
                .extracting(check -> check.name() + " " + lastResult(check).summary())
                .containsExactly(
                        "error CHECK_ERROR: OutOfMemoryError: not really",
                        "null CHECK_ERROR: the check returned null",
                        "throws CHECK_ERROR: IllegalStateException: no pool");
        erring.close();
    }

    private static CheckResult lastResult(CheckSnapshot snapshot) {
        CheckResult result = snapshot.lastResult();
        assertThat(result).isNotNull();
        return result;
    }
}
