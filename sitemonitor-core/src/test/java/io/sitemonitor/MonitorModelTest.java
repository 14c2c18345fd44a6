package io.sitemonitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * The engine against a model of it, over random histories of results, commands, steps of time and jumps of the clock.
 *
 * <p>{@code -Dsitemonitor.model.histories=} says how many (a million), {@code -Dsitemonitor.model.seconds=} for how long
 * at most (240), {@code -Dsitemonitor.model.seed=} from which seed on (0). How many were played stands in the report.
 */
class MonitorModelTest {

    private static final long FIRST = Long.getLong("sitemonitor.model.seed", 0);
    private static final long HISTORIES = Long.getLong("sitemonitor.model.histories", 1_000_000);
    private static final long SECONDS = Long.getLong("sitemonitor.model.seconds", 240);
    private static final int BATCH = 500;

    @Test
    @DisplayName("P12, §6.1 to §6.5, §6.10, §7.2: the engine does what the model does, in a million histories")
    void theEngineDoesWhatTheModelDoes(TestReporter reporter) {
        long deadline = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        AtomicLong played = new AtomicLong();
        OptionalLong failed = LongStream.range(0, (HISTORIES + BATCH - 1) / BATCH)
                .parallel()
                .filter(batch -> System.nanoTime() - deadline < 0)
                .mapToObj(batch -> firstFailure(FIRST + batch * BATCH, played))
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .findFirst();
        reporter.publishEntry("histories", Long.toString(played.get()));
        if (failed.isPresent()) {
            throw new AssertionError(explain(failed.getAsLong()));
        }
        assertThat(played.get()).isPositive();
    }

    private static OptionalLong firstFailure(long from, AtomicLong played) {
        OptionalLong failure = LongStream.range(from, from + BATCH)
                .filter(seed -> HistoryPlayer.difference(HistoryGenerator.history(seed)) != null)
                .findFirst();
        played.addAndGet(BATCH);
        return failure;
    }

    private static String explain(long seed) {
        History shrunk =
                Shrinker.shrink(HistoryGenerator.history(seed), history -> HistoryPlayer.difference(history) != null);
        return "seed " + seed + ", " + HistoryPlayer.difference(shrunk)
                + "\nshrunk, to be kept below src/test/resources/io/sitemonitor/histories:\n"
                + String.join("\n", HistoryPlayer.record(shrunk));
    }

    @Test
    void aSeedGivesTheSameHistoryEachTimeAndItsTextGivesItBack() {
        for (long seed = 0; seed < 1_000; seed++) {
            History history = HistoryGenerator.history(seed);
            assertThat(HistoryGenerator.history(seed)).isEqualTo(history);
            assertThat(History.parse(List.of(history.toString().split("\n")))).isEqualTo(history);
            assertThat(History.parse(HistoryPlayer.record(history)))
                    .as("seed %d", seed)
                    .isEqualTo(history);
        }
    }

    @Test
    void aFailureIsShrunkToWhatItNeeds() {
        History failing = History.parse(List.of(
                "add a every=1s timeout=1s retry=1s down=1 up=1 degraded=1",
                "find a FAIL in 1ms",
                "advance 10s",
                "pause a",
                "clock +1h",
                "resume a",
                "advance 40s"));
        History shrunk = Shrinker.shrink(
                failing,
                history -> history.toString().contains("pause a")
                        && history.steps().stream().anyMatch(step -> step instanceof Step.Advance));
        assertThat(shrunk).hasToString("advance 1ms\npause a\n");
    }
}
