package io.sitemonitor.history.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sitemonitor.check.Verdict;
import io.sitemonitor.history.CheckFigures;
import io.sitemonitor.history.CheckFigures.Uptime;
import io.sitemonitor.state.HealthState;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckRecorderTest {

    private static final Instant SINCE = Instant.parse("2026-11-22T10:00:00Z");
    // near the end of the range, so that the monotonic clock runs over
    private static final long ORIGIN = Long.MAX_VALUE - Duration.ofHours(3).toNanos();

    private final CheckRecorder recorder = new CheckRecorder(SINCE, ORIGIN);

    @Test
    void hasNothingToTellAtFirst() {
        CheckFigures figures = recorder.figures(ORIGIN, HealthState.UNKNOWN);

        Uptime nothing = new Uptime(Duration.ZERO, Duration.ZERO);
        assertThat(figures)
                .isEqualTo(new CheckFigures(
                        SINCE,
                        0,
                        0,
                        0,
                        0,
                        0,
                        nothing,
                        nothing,
                        nothing,
                        new CheckFigures.Latency(
                                0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO)));
        assertThat(figures.uptime().ratio()).isEmpty();
    }

    @Test
    void countsRunsByVerdictAndLatencyOnlyOfThoseThatWork() {
        recorder.run(Verdict.PASS, 1_000_000);
        recorder.run(Verdict.WARN, 3_000_000);
        recorder.run(Verdict.FAIL, 50_000_000);
        recorder.run(Verdict.FAIL, 50_000_000);
        recorder.run(Verdict.INCONCLUSIVE, 70_000_000);

        CheckFigures figures = recorder.figures(ORIGIN, HealthState.UP);

        assertThat(figures.runs()).isEqualTo(5);
        assertThat(figures.passed()).isEqualTo(1);
        assertThat(figures.warned()).isEqualTo(1);
        assertThat(figures.failed()).isEqualTo(2);
        assertThat(figures.inconclusive()).isEqualTo(1);
        assertThat(figures.latency().count()).isEqualTo(2);
        assertThat(figures.latency().last()).isEqualTo(Duration.ofMillis(3));
        assertThat(figures.latency().mean()).isEqualTo(Duration.ofMillis(2));
    }

    @Test
    void countsDegradedAsUpAndUnknownAsNeither() {
        recorder.settle(at(Duration.ofSeconds(10)), HealthState.UNKNOWN);
        recorder.settle(at(Duration.ofSeconds(30)), HealthState.UP);
        recorder.settle(at(Duration.ofSeconds(60)), HealthState.DEGRADED);
        recorder.settle(at(Duration.ofSeconds(100)), HealthState.DOWN);

        CheckFigures figures = recorder.figures(at(Duration.ofSeconds(100)), HealthState.UNKNOWN);

        Uptime expected = new Uptime(Duration.ofSeconds(50), Duration.ofSeconds(40));
        assertThat(figures.uptime()).isEqualTo(expected);
        assertThat(figures.lastHour()).isEqualTo(expected);
        assertThat(figures.lastDay()).isEqualTo(expected);
        assertThat(figures.uptime().ratio()).hasValue(50 / 90d);
    }

    @Test
    void countsTheUnsettledRestAsTheCurrentStateWithoutSettlingIt() {
        recorder.settle(at(Duration.ofMinutes(1)), HealthState.UP);

        assertThat(recorder.figures(at(Duration.ofMinutes(3)), HealthState.UP).uptime())
                .isEqualTo(new Uptime(Duration.ofMinutes(3), Duration.ZERO));

        recorder.settle(at(Duration.ofMinutes(3)), HealthState.DOWN);
        assertThat(recorder.figures(at(Duration.ofMinutes(3)), HealthState.DOWN).uptime())
                .isEqualTo(new Uptime(Duration.ofMinutes(1), Duration.ofMinutes(2)));
    }

    @Test
    void countsOnWhatWasLeftOutForNoTime() {
        recorder.settle(ORIGIN + 10, HealthState.UP);
        recorder.count(ORIGIN + 10, false);
        recorder.count(ORIGIN + 10, true);

        CheckFigures figures = recorder.figures(ORIGIN + 15, HealthState.UP);

        assertThat(figures.uptime()).isEqualTo(new Uptime(Duration.ofNanos(15), Duration.ZERO));
    }

    @Test
    void ignoresASettlementThatIsNotAfterTheLast() {
        recorder.settle(at(Duration.ofMinutes(2)), HealthState.UP);
        recorder.settle(at(Duration.ofMinutes(2)), HealthState.DOWN);
        recorder.settle(at(Duration.ofMinutes(1)), HealthState.DOWN);

        assertThat(recorder.figures(at(Duration.ofMinutes(1)), HealthState.DOWN).uptime())
                .isEqualTo(new Uptime(Duration.ofMinutes(2), Duration.ZERO));
    }

    @Test
    void forgetsWhatIsOlderThanAnHourInTheHourAndOlderThanADayInTheDay() {
        recorder.settle(at(Duration.ofHours(2)), HealthState.DOWN);
        recorder.settle(at(Duration.ofHours(26)), HealthState.UP);

        CheckFigures figures = recorder.figures(at(Duration.ofHours(25)), HealthState.UP);
        assertThat(figures.lastHour()).isEqualTo(new Uptime(Duration.ofHours(1), Duration.ZERO));
        assertThat(figures.lastDay()).isEqualTo(new Uptime(Duration.ofHours(24), Duration.ZERO));
        assertThat(figures.uptime()).isEqualTo(new Uptime(Duration.ofHours(24), Duration.ofHours(2)));
    }

    @Test
    void keepsAWindowOfExactlyOneHourAtAnyMoment() {
        recorder.settle(at(Duration.ofHours(1)), HealthState.UP);
        recorder.settle(at(Duration.ofMinutes(127).plusSeconds(13)), HealthState.DOWN);

        assertThat(recorder.figures(at(Duration.ofMinutes(127).plusSeconds(13)), HealthState.DOWN)
                        .lastHour())
                .isEqualTo(new Uptime(Duration.ZERO, Duration.ofHours(1)));
        assertThat(recorder.figures(at(Duration.ofMinutes(150)), HealthState.UP).lastHour())
                .isEqualTo(new Uptime(
                        Duration.ofMinutes(22).plusSeconds(47),
                        Duration.ofMinutes(37).plusSeconds(13)));
    }

    @Test
    void losesNothingToRoundingHoweverOftenItIsSettled() {
        for (int i = 1; i <= 1_000; i++) {
            recorder.settle(at(Duration.ofMillis(3L * i)), HealthState.UP);
        }

        CheckFigures figures = recorder.figures(at(Duration.ofSeconds(3)), HealthState.UP);
        assertThat(figures.lastHour()).isEqualTo(new Uptime(Duration.ofSeconds(3), Duration.ZERO));
        assertThat(figures.lastDay()).isEqualTo(new Uptime(Duration.ofSeconds(3), Duration.ZERO));
    }

    @Test
    void survivesAPauseLongerThanItsWindows() {
        recorder.settle(at(Duration.ofMinutes(10)), HealthState.DOWN);
        recorder.settle(at(Duration.ofDays(400)), HealthState.UNKNOWN);

        CheckFigures figures = recorder.figures(at(Duration.ofDays(400)), HealthState.UNKNOWN);
        assertThat(figures.lastHour().ratio()).isEmpty();
        assertThat(figures.lastDay().ratio()).isEmpty();
        assertThat(figures.uptime()).isEqualTo(new Uptime(Duration.ZERO, Duration.ofMinutes(10)));
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 30), LongStream.of(new Random().nextLong()));
    }

    private record Stretch(long from, long to, HealthState state) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithANaiveModelOnAnyTimeline(long seed) {
        Random random = new Random(seed);
        List<Stretch> timeline = new ArrayList<>();
        long settled = 0;
        long now = 0;
        for (int step = 0; step < 300; step++) {
            now += (long) (Math.pow(10, 6 + random.nextDouble() * 7.5) * (1 + random.nextInt(3)));
            HealthState state = HealthState.values()[random.nextInt(4)];
            if (random.nextInt(3) > 0) {
                long until = random.nextBoolean() ? now : settled + (long) ((now - settled) * random.nextDouble());
                recorder.settle(ORIGIN + until, state);
                if (until > settled) {
                    timeline.add(new Stretch(settled, until, state));
                    settled = until;
                }
            }
            List<Stretch> all = new ArrayList<>(timeline);
            all.add(new Stretch(settled, now, state));
            CheckFigures figures = recorder.figures(ORIGIN + now, state);

            assertThat(figures.uptime()).isEqualTo(naive(all, 0, now));
            assertNear(figures.lastHour(), all, now, Duration.ofHours(1), Duration.ofSeconds(75), 5);
            assertNear(figures.lastDay(), all, now, Duration.ofDays(1), Duration.ofMinutes(15), 100);
        }
    }

    private static void assertNear(
            Uptime actual, List<Stretch> all, long now, Duration window, Duration error, int partMillis) {
        long begin = Math.max(0, now - window.toNanos());
        Uptime expected = naive(all, begin, now);
        long rounding =
                all.stream().filter(s -> s.to() > begin - window.toNanos() / 12).count();
        long allowed = error.plusMillis(rounding * partMillis).toNanos();
        assertThat(actual.up().toNanos()).isCloseTo(expected.up().toNanos(), within(allowed));
        assertThat(actual.down().toNanos()).isCloseTo(expected.down().toNanos(), within(allowed));
        assertThat(actual.up().plus(actual.down())).isLessThanOrEqualTo(window.plusMillis(rounding * partMillis));
    }

    private static Uptime naive(List<Stretch> all, long begin, long end) {
        long up = 0;
        long down = 0;
        for (Stretch stretch : all) {
            long part = Math.max(0, Math.min(end, stretch.to()) - Math.max(begin, stretch.from()));
            up += stretch.state().isUp() ? part : 0;
            down += stretch.state() == HealthState.DOWN ? part : 0;
        }
        return new Uptime(Duration.ofNanos(up), Duration.ofNanos(down));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void leavesOutWhatDoesNotCountHoweverLateItIsSettled(long seed) {
        Random random = new Random(seed);
        List<Stretch> all = new ArrayList<>();
        List<long[]> marks = new ArrayList<>();
        long now = 0;
        long settled = 0;
        boolean counted = true;
        for (int i = 0; i < 200; i++) {
            now += random.nextInt(10) * 1_000_000_000L;
            switch (random.nextInt(3)) {
                case 0 -> {
                    boolean next = random.nextBoolean();
                    assertThat(recorder.count(ORIGIN + now, next)).isEqualTo(next != counted);
                    counted = next;
                    marks.add(new long[] {now, next ? 1 : 0});
                }
                case 1 -> {
                    long until = settled + (long) (random.nextDouble() * (now - settled));
                    HealthState state = HealthState.values()[random.nextInt(4)];
                    recorder.settle(ORIGIN + until, state);
                    for (long at = settled; at < until; ) {
                        long from = at;
                        long to = until;
                        boolean counts = true;
                        for (long[] mark : marks) {
                            counts = mark[0] <= from ? mark[1] == 1 : counts;
                            to = mark[0] > from ? Math.min(to, mark[0]) : to;
                        }
                        all.add(new Stretch(from, to, counts ? state : HealthState.UNKNOWN));
                        at = to;
                    }
                    settled = until;
                }
                default -> {}
            }
        }
        assertThat(recorder.figures(ORIGIN + now, HealthState.UNKNOWN).uptime()).isEqualTo(naive(all, 0, now));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void tellsPercentilesOfRecentRunsWithinTenPercent(long seed) {
        Random random = new Random(seed);
        List<Long> all = new ArrayList<>();
        int runs = 1 + random.nextInt(1_000);
        double spread = random.nextDouble() * 9;
        for (int i = 0; i < runs; i++) {
            long nanos = Math.min((long) Math.pow(10, 3.5 + random.nextDouble() * spread), 3_600_000_000_000L);
            recorder.run(random.nextBoolean() ? Verdict.PASS : Verdict.WARN, nanos);
            recorder.run(Verdict.FAIL, 1);
            all.add(nanos);
        }
        List<Long> recent = new ArrayList<>(all.subList(Math.max(0, runs - CheckRecorder.RECENT), runs));
        recent.sort(null);

        CheckFigures.Latency latency = recorder.figures(ORIGIN, HealthState.UP).latency();

        assertThat(latency.count()).isEqualTo(recent.size());
        assertWithinTenPercent(latency.p50(), recent, 50);
        assertWithinTenPercent(latency.p95(), recent, 95);
        assertWithinTenPercent(latency.p99(), recent, 99);
        assertThat(latency.mean().toNanos())
                .isEqualTo(all.stream().mapToLong(Long::longValue).sum() / runs);
        assertThat(latency.last().toNanos()).isEqualTo(all.get(runs - 1));
    }

    private static void assertWithinTenPercent(Duration actual, List<Long> sorted, int percent) {
        double exact = sorted.get((int) Math.ceil(sorted.size() * percent / 100d) - 1);
        assertThat((double) actual.toNanos()).isCloseTo(exact, within(exact * 0.1));
    }

    @Test
    void tellsZeroForRunsThatTakeNoTimeAndTheLastBucketForAbsurdOnes() {
        recorder.run(Verdict.PASS, 0);
        recorder.run(Verdict.PASS, -5);
        assertThat(recorder.figures(ORIGIN, HealthState.UP).latency().p99()).isZero();
        assertThat(recorder.figures(ORIGIN, HealthState.UP).latency().mean()).isZero();

        recorder.run(Verdict.PASS, Duration.ofDays(2).toNanos());
        assertThat(recorder.figures(ORIGIN, HealthState.UP).latency().p99())
                .isBetween(Duration.ofHours(2), Duration.ofHours(3));
    }

    @Test
    void needsLessThan500BytesAfterAnyNumberOfRuns() {
        for (int i = 0; i < 10_000; i++) {
            recorder.run(Verdict.values()[i % 4], 1_000L * i);
            recorder.settle(at(Duration.ofSeconds(30L * i)), HealthState.values()[i % 4]);
        }

        assertThat(bytes(recorder)).isLessThan(500);
    }

    /** As a 64-bit machine with compressed references lays it out: a header of 12 bytes, 16 for an array. */
    private static long bytes(Object object) {
        long bytes = 12;
        for (Field field : object.getClass().getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            bytes += field.getType() == long.class ? 8 : 4;
            if (field.getType().isArray()) {
                int length = Array.getLength(read(field, object));
                bytes += 16 + (long) length * (field.getType() == byte[].class ? 1 : 2);
            }
        }
        return bytes + 24; // the instant
    }

    private static Object read(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void allocatesNothingPerRun() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        record(0, 20_000);

        long before = threads.getCurrentThreadAllocatedBytes();
        record(20_000, 120_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).isLessThan(100_000);
    }

    private void record(int from, int to) {
        for (int i = from; i < to; i++) {
            recorder.run(Verdict.PASS, 1_000_000L + i);
            recorder.settle(ORIGIN + 30_000_000_000L * i, HealthState.UP);
        }
    }

    private static long at(Duration sinceStart) {
        return ORIGIN + sinceStart.toNanos();
    }
}
