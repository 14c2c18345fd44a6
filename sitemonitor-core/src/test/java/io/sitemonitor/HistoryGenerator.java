package io.sitemonitor;

import io.sitemonitor.check.Verdict;
import io.sitemonitor.state.Thresholds;
import java.util.ArrayList;
import java.util.List;

/** Random histories: each seed gives one, the same on every JDK. */
final class HistoryGenerator {

    private static final long MILLI = 1_000_000L;

    private static final List<String> NAMES = List.of("a", "b", "c");

    /** Settings that are like the defaults. */
    static final Step.Settings PLAIN =
            new Step.Settings(30_000 * MILLI, 10_000 * MILLI, 5_000 * MILLI, new Thresholds(3, 2, 3));

    private final SplitMix random;
    private final List<Step> steps = new ArrayList<>();
    private final long scale;
    private final boolean maintained;
    private final boolean dependent;
    private Step.Settings latest = PLAIN;
    private long passed;

    private HistoryGenerator(long seed) {
        this.random = new SplitMix(seed * 0x9e3779b97f4a7c15L + 1);
        // long intervals are rare: each second of virtual time costs a look at the clocks
        this.scale = (chance(4) ? random.oneOf(60_000L, 300_000L) : random.oneOf(100L, 200L, 1_000L, 5_000L)) * MILLI;
        this.maintained = chance(40);
        this.dependent = chance(30);
    }

    static History history(long seed) {
        return new HistoryGenerator(seed).generate();
    }

    private History generate() {
        int checks = dependent ? 2 + (int) random.below(2) : chance(15) ? 2 : 1;
        for (int i = 0; i < checks; i++) {
            steps.add(new Step.Add(name(i), settings(name(i))));
            if (dependent) {
                steps.add(new Step.Find(name(i), Verdict.PASS, MILLI + random.below(MILLI), false));
            }
        }
        long length = 4 + random.below(20);
        for (int i = 0; i < length; i++) {
            Step step = step(name((int) random.below(checks)));
            passed += step instanceof Step.Advance advance ? advance.nanos() : 0;
            steps.add(step);
        }
        return new History(steps);
    }

    private static String name(int number) {
        return NAMES.get(number);
    }

    private Step step(String check) {
        if (maintained && chance(12)) {
            return maintenance(check);
        }
        long kind = random.below(100);
        if (kind < 38) {
            return new Step.Advance(advance());
        }
        if (kind < 66) {
            return find(check);
        }
        if (kind < 73) {
            return new Step.RunNow(check);
        }
        if (kind < 78) {
            return new Step.Pause(check);
        }
        if (kind < 84) {
            return new Step.Resume(check);
        }
        if (kind < 86) {
            return new Step.ReplaceSame(check);
        }
        if (kind < 90) {
            return new Step.ReplaceSettings(check, settings(check));
        }
        if (kind < 93) {
            return new Step.ReplaceCheck(check);
        }
        if (kind < 95) {
            return new Step.Remove(check);
        }
        if (kind < 97) {
            return new Step.Add(check, settings(check));
        }
        return kind < 99 ? clock() : chance(20) ? new Step.Close() : find(check);
    }

    private Step maintenance(String check) {
        String whom = chance(15) ? Step.ALL : check;
        if (chance(35)) {
            return new Step.CloseMaintenance(whom);
        }
        long limit = chance(50) ? Math.max(MILLI, advance()) : latest.every() * (1 + random.below(40));
        return new Step.OpenMaintenance(whom, limit, random.oneOf("work", "move"));
    }

    /** By a part of a second that does not come again, so that no two outages begin at the same time of the wall. */
    private Step clock() {
        long nanos = (1 + random.below(7_200)) * 1_000 * MILLI + random.below(1_000 * MILLI);
        return new Step.Clock(chance(50) ? nanos : -nanos);
    }

    private long advance() {
        long every = latest.every();
        return switch ((int) random.below(8)) {
            case 0 -> 0;
            case 1 -> MILLI;
            case 2 -> latest.retryEvery() + random.below(3) * MILLI;
            case 3 -> latest.timeout() + random.below(3) * MILLI;
            case 4 -> every;
            case 5 -> every * (1 + random.below(12));
            default -> random.below(3 * every / MILLI) * MILLI;
        };
    }

    private Step find(String check) {
        long kind = random.below(100);
        Verdict verdict =
                kind < 35 ? Verdict.PASS : kind < 78 ? Verdict.FAIL : kind < 92 ? Verdict.WARN : Verdict.INCONCLUSIVE;
        long timeout = latest.timeout();
        long odd = dependent ? random.below(MILLI) : 0; // no two checks do something at the same moment by chance
        if (chance(70)) {
            return new Step.Find(check, verdict, MILLI + odd, false);
        }
        return switch ((int) random.below(6)) {
            case 0 -> new Step.Find(check, verdict, timeout, false);
            case 1 -> new Step.Find(check, verdict, timeout + MILLI, false);
            case 2 -> new Step.Find(check, verdict, timeout + odd + (1 + random.below(40)) * MILLI, true);
            case 3 ->
                new Step.Find(
                        check, verdict, timeout + odd + (100 + random.below(4 * latest.every() / MILLI)) * MILLI, true);
            default -> new Step.Find(check, verdict, (1 + random.below(timeout / MILLI)) * MILLI - odd, false);
        };
    }

    private Step.Settings settings(String check) {
        long every = random.oneOf(1L, 1L, 1L, 2L, 3L) * scale;
        long retry = random.oneOf(every / 20, every / 5, every / 2, every, 2 * every);
        long timeout = random.oneOf(every / 10, every / 4, every, 5 * every / 2);
        Thresholds thresholds = chance(40)
                ? Thresholds.DEFAULT
                : new Thresholds(1 + (int) random.below(4), 1 + (int) random.below(4), 1 + (int) random.below(5));
        latest = new Step.Settings(
                every, timeout, retry, thresholds, maintained && chance(30) ? window(every) : null, parents(check));
        return latest;
    }

    /** What comes later in the alphabet may depend on what comes before, so there is no circle. */
    private List<String> parents(String check) {
        List<String> before = NAMES.subList(0, NAMES.indexOf(check));
        return dependent ? before.stream().filter(name -> chance(70)).toList() : List.of();
    }

    /** Soon, or so far away that only a clock that jumps gets there; at no round time, like a clock that jumped. */
    private Step.Window window(long every) {
        long start = passed + (chance(70) ? random.below(12) * every : random.below(3_600) * 1_000 * MILLI);
        long from = start + random.below(chance(50) ? 2 : 1_000 * MILLI);
        return new Step.Window(
                from, from + Math.max(MILLI, random.oneOf(every / 2, every, 10 * every, 3_600_000 * MILLI)));
    }

    private boolean chance(int percent) {
        return random.below(100) < percent;
    }
}
