package io.sitemonitor;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.testing.RecordingAlerts;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many alerts the worst of checks makes: timelines made to hurt, found by a seeded search. Design §6.9, P14. */
@DisplayName("P14, §6.9 a flapping check makes a bounded number of alerts an hour")
class FlappingBoundTest {

    /**
     * Before it counts as flapping five changes are told, then that it flaps, that it has calmed and, if that is how it
     * ended, one recovery: eight alerts, and ten minutes without a change lie between two such bursts.
     */
    private static final int MOST_AN_HOUR = 48;

    /** With degradations a recovery may close two things at once: ten alerts a burst. */
    private static final int MOST_AN_HOUR_WITH_DEGRADATIONS = 60;

    private static final List<CheckResult> RESULTS =
            List.of(CheckResult.warn("slow"), CheckResult.fail("HTTP 503"), CheckResult.pass());

    private enum Plan {
        /** Changes at each run. */
        BURST,
        /** Is not known whenever it has recovered. */
        BLIND,
        /** Changes so rarely that it never flaps. */
        BELOW,
        /** Anything. */
        RANDOM,
        /** No change. */
        CALM
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    @DisplayName("P14 outages, recoveries, flapping: at most 48 alerts an hour")
    void outagesAndRecoveries(long seed) {
        Bench bench = new Bench();
        RecordingAlerts some = new RecordingAlerts();
        run(seed, bench, some, false);
        assertThat(mostAnHour(bench.alerts.alerts()))
                .as("seed %s", seed)
                .isLessThanOrEqualTo(MOST_AN_HOUR)
                .isGreaterThan(40);
        assertLegal(bench.alerts.alerts(), seed);
        assertLegal(some.alerts(), seed);
        assertThat(some.kinds()).containsOnly(AlertKind.DOWN, AlertKind.RECOVERED);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    @DisplayName("P14 with degradations: at most 60 alerts an hour")
    void outagesAndDegradations(long seed) {
        Bench bench = new Bench();
        RecordingAlerts all = new RecordingAlerts();
        run(seed, bench, all, true);
        assertThat(mostAnHour(all.alerts()))
                .as("seed %s", seed)
                .isLessThanOrEqualTo(MOST_AN_HOUR_WITH_DEGRADATIONS)
                .isGreaterThan(45);
        assertThat(mostAnHour(bench.alerts.alerts())).as("seed %s", seed).isLessThanOrEqualTo(MOST_AN_HOUR);
        assertLegal(all.alerts(), seed);
        assertLegal(bench.alerts.alerts(), seed);
    }

    /** Twelve hours, one run a second, each of which decides. */
    private static void run(long seed, Bench bench, RecordingAlerts second, boolean degraded) {
        Random random = new Random(seed);
        ScriptedCheck check = ScriptedCheck.passing();
        bench.start(bench.builder()
                .alert(second, p -> {
                    if (degraded) {
                        p.kinds(AlertKind.DOWN, AlertKind.DEGRADED, AlertKind.FLAPPING);
                    } else {
                        p.kinds(AlertKind.DOWN);
                    }
                })
                .check(
                        "shop",
                        check,
                        c -> c.every(ofSeconds(1))
                                .timeout(ofSeconds(1))
                                .downAfter(1)
                                .upAfter(1)
                                .degradedAfter(1)
                                .slowDownTo(Duration.ZERO)));
        Instant end = Bench.START.plus(ofHours(12));
        int turn = 0;
        Plan burst = random.nextBoolean() ? Plan.BURST : Plan.BLIND;
        Plan[] plans = {burst, Plan.CALM};
        while (bench.time.now().isBefore(end)) {
            Plan plan = random.nextInt(12) == 0 ? Plan.values()[random.nextInt(5)] : plans[turn++ % 2];
            play(plan, random, bench, check, degraded);
        }
        check.passes();
        bench.time.advance(ofMinutes(30));
    }

    private static void play(Plan plan, Random random, Bench bench, ScriptedCheck check, boolean degraded) {
        switch (plan) {
            case BURST -> {
                int changes = 6 + random.nextInt(2);
                for (int i = 0; i < changes; i++) {
                    check.gives(degraded ? RESULTS.get(i % 3) : RESULTS.get(1 + i % 2));
                    bench.advance(1);
                }
                check.passes();
            }
            case BLIND -> {
                for (int i = 0; i < 6; i++) {
                    check.gives(RESULTS.get(1));
                    bench.advance(1);
                    check.gives(RESULTS.get(2));
                    bench.advance(1);
                    check.gives(CheckResult.inconclusive("no licence"));
                    bench.advance(6);
                }
                check.passes();
            }
            case CALM -> bench.advance(600 + random.nextInt(3));
            case BELOW -> {
                for (int i = 0; i < 10; i++) {
                    check.gives(RESULTS.get(1 + i % 2));
                    bench.advance(121);
                }
            }
            case RANDOM -> {
                for (int i = 0; i < 300; i++) {
                    check.gives(RESULTS.get(degraded ? random.nextInt(3) : 1 + random.nextInt(2)));
                    bench.advance(1 + random.nextInt(20));
                }
            }
        }
    }

    private static int mostAnHour(List<Alert> alerts) {
        Deque<Instant> hour = new ArrayDeque<>();
        int most = 0;
        for (Alert alert : alerts) {
            hour.addLast(alert.at());
            while (!hour.getFirst().plus(ofHours(1)).isAfter(alert.at())) {
                hour.removeFirst();
            }
            most = Math.max(most, hour.size());
        }
        return most;
    }

    /** P12, §7.2: each opening is closed before the next one of its kind, each closing follows its opening, all is closed. */
    private static void assertLegal(List<Alert> alerts, long seed) {
        Map<AlertKind, String> open = new HashMap<>();
        List<String> ids = new ArrayList<>();
        for (Alert alert : alerts) {
            ids.add(alert.id());
            AlertKind opening = switch (alert.kind()) {
                case RECOVERED -> AlertKind.DOWN;
                case DEGRADATION_ENDED -> AlertKind.DEGRADED;
                case FLAPPING_ENDED -> AlertKind.FLAPPING;
                default -> alert.kind();
            };
            String before = alert.kind().isClosing() ? open.remove(opening) : open.put(opening, alert.incidentId());
            assertThat(before)
                    .as("seed %s: %s", seed, alert)
                    .isEqualTo(alert.kind().isClosing() ? alert.incidentId() : null);
        }
        assertThat(open).as("seed %s", seed).isEmpty();
        assertThat(ids).as("seed %s", seed).doesNotHaveDuplicates();
    }
}
