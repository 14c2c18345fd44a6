package io.sitemonitor.check.jvm;

import static io.sitemonitor.check.jvm.Runs.found;
import static io.sitemonitor.check.jvm.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.jvm.CollectionGauge.Sample;
import io.sitemonitor.check.jvm.HeapGauge.Pool;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the heap and its collections tell. */
@Timeout(60)
class HeapAndCollectionTest {

    @Nested
    class Heap {

        private static final long MAX = 1_000;

        /** The limits as they are without one of the user's. */
        private CheckResult judged(Pool... pools) throws Exception {
            Reading reading = HeapGauge.reading(List.of(pools), MAX);
            Gauge fixed = new FixedGauge(reading, new HeapGauge());
            return run(JvmCheck.of(fixed));
        }

        @Test
        void whatCollectionsLeftCountsAndNotWhatIsInUse() throws Exception {
            assertThat(judged(new Pool("young", 500, 0), new Pool("old", 499, 800))
                            .summary())
                    .isEqualTo("PASS: 80 % of the heap in use after collection");
            assertThat(judged(new Pool("young", 0, 1), new Pool("old", 0, 800)).summary())
                    .isEqualTo("WARN: 80.1 % of the heap in use after collection, more than 80 %");
            CheckResult full = judged(new Pool("young", 0, 20), new Pool("old", 0, 940));
            assertThat(full.summary()).isEqualTo("ASSERTION: 96 % of the heap in use after collection, more than 95 %");
            assertThat(full.failure()).isEqualTo(FailureKind.ASSERTION);
        }

        @Test
        void whatWasNotCollectedYetCountsAsTheMostThatMayBeLeft() throws Exception {
            assertThat(judged(new Pool("young", 100, -1), new Pool("old", 600, -1))
                            .summary())
                    .isEqualTo("PASS: between 0 % and 70 % of the heap in use; no collection yet of young, old");
            assertThat(judged(new Pool("young", 300, -1), new Pool("old", 600, -1))
                            .summary())
                    .isEqualTo(
                            "INCONCLUSIVE: between 0 % and 90 % of the heap in use; no collection yet of young, old");
            assertThat(judged(new Pool("young", 999, 10), new Pool("old", 650, -1))
                            .summary())
                    .isEqualTo("PASS: between 1 % and 66 % of the heap in use; no collection yet of old");
            assertThat(judged(new Pool("young", 5, 970), new Pool("old", 10, -1))
                            .summary())
                    .isEqualTo("ASSERTION: between 97 % and 98 % of the heap in use; no collection yet of old,"
                            + " more than 95 %");
            assertThat(judged(new Pool("young", 5, 400), new Pool("old", 0, -1)).summary())
                    .as("an empty pool leaves nothing open")
                    .isEqualTo("PASS: 40 % of the heap in use after collection");
        }

        @Test
        void whatTheJvmDoesNotTellIsNotGuessed() throws Exception {
            assertThat(judged().summary()).isEqualTo("INCONCLUSIVE: no pool of this heap tells what collections leave");
            assertThat(HeapGauge.reading(List.of(new Pool("old", 1, 1)), -1).instead())
                    .isEqualTo(CheckResult.inconclusive("this heap has no maximum"));
        }

        @Test
        void thisJvmTellsIt() throws Exception {
            CheckResult result = run(JvmCheck.heapAfterCollection().failAbove(0.999));
            assertThat(result.verdict()).as(result.summary()).isEqualTo(Verdict.PASS);
            assertThat(result.evidence().facts()).containsOnlyKeys("used", "maximum");
        }
    }

    @Nested
    class Collections {

        private Sample sample = new Sample(60_000, 600);
        private final Supplier<Sample> source = () -> sample;
        private final JvmCheck check = JvmCheck.of(CollectionGauge.of(source));

        private String at(long uptime, long collecting) throws Exception {
            sample = new Sample(uptime, collecting);
            return found(check);
        }

        @Test
        void countSinceTheStartAtFirstAndThenSinceTheRunBefore() throws Exception {
            assertThat(at(60_000, 600)).isEqualTo("PASS: 1 % of the last 1 min spent in collections");
            assertThat(at(90_000, 3_600)).isEqualTo("PASS: 10 % of the last 30 s spent in collections");
            assertThat(at(100_000, 4_700))
                    .isEqualTo("WARN: 11 % of the last 10 s spent in collections, more than 10 %");
            assertThat(at(102_000, 5_400))
                    .isEqualTo("ASSERTION: 35 % of the last 2 s spent in collections, more than 30 %");
            assertThat(at(104_000, 5_400)).isEqualTo("PASS: 0 % of the last 2 s spent in collections");
        }

        @Test
        void aRunRightAfterAnotherLooksBackBeyondIt() throws Exception {
            at(60_000, 600);
            at(90_000, 600);
            assertThat(at(90_010, 610))
                    .as("10 ms of collection in 10 ms")
                    .isEqualTo("PASS: 0.03 % of the last 30 s spent in collections");
            assertThat(at(90_020, 620)).isEqualTo("PASS: 0.07 % of the last 30 s spent in collections");
            assertThat(at(91_000, 620)).isEqualTo("PASS: 2 % of the last 1 s spent in collections");
        }

        @Test
        void theFirstRunAtOnceAfterTheStartLooksBackToIt() throws Exception {
            assertThat(at(0, 0)).isEqualTo("INCONCLUSIVE: no time has passed yet");
            assertThat(at(500, 400)).startsWith("ASSERTION: 80 % of the last 500 ms");
        }

        @Test
        void whatTheJvmDoesNotTellIsNotGuessed() throws Exception {
            assertThat(at(10_000, -1))
                    .isEqualTo("INCONCLUSIVE: the collectors of this JVM do not tell how long they take");
        }

        @ParameterizedTest
        @CsvSource({
            "G1 Young Generation, true",
            "G1 Old Generation, true",
            "G1 Concurrent GC, false",
            "Copy, true",
            "MarkSweepCompact, true",
            "PS Scavenge, true",
            "ZGC Pauses, true",
            "ZGC Cycles, false",
            "ZGC Major Pauses, true",
            "ZGC Minor Cycles, false",
            "Shenandoah Pauses, true",
            "Shenandoah Cycles, false"
        })
        void onlyWhatStopsTheApplicationCounts(String collector, boolean counts) {
            assertThat(CollectionGauge.stopsTheApplication(collector)).isEqualTo(counts);
        }

        @Test
        void thisJvmTellsIt() throws Exception {
            CheckResult result = run(JvmCheck.collectionTime().failAbove(1));
            assertThat(result.verdict()).as(result.summary()).isEqualTo(Verdict.PASS);
            assertThat(result.evidence().facts()).containsOnlyKeys("collecting", "of");
        }

        @Test
        void whatItRemembersDoesNotBearOnWhatItIs() throws Exception {
            JvmCheck other = JvmCheck.collectionTime();
            run(other);
            assertThat(other).isEqualTo(JvmCheck.collectionTime()).hasSameHashCodeAs(JvmCheck.collectionTime());
            assertThat(other).isNotEqualTo(check);
        }
    }
}
