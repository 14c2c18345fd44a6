package io.sitemonitor;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.testing.ManualTime;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Many checks of targets with random faults, for a long virtual time. What P12 and P13 promise, and that runs keep their
 * grid and do not overlap, is checked on the way; of the alerts only a digest is kept.
 *
 * @param seed from which all faults follow
 * @param checks how many
 * @param every the interval of each check
 * @param span how long
 */
record Simulation(long seed, int checks, Duration every, Duration span) {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final int DOWN_AFTER = 3;
    private static final int UP_AFTER = 2;
    private static final long MILLI = 1_000_000L;

    /**
     * What came of it.
     *
     * @param digest SHA-256 over kind, check, time and incident of each alert
     * @param alerts how many of each kind
     * @param runs how many runs the targets saw
     * @param violations what must not have happened
     */
    record Outcome(String digest, Map<AlertKind, Long> alerts, long runs, List<String> violations) {

        /** In one line, as it is kept among the test resources. */
        String line() {
            return digest + " " + alerts;
        }
    }

    /** The longest time from the first moment of a lasting fault to its alert: P13. */
    private long longestUntilDown() {
        return every.toNanos()
                + (DOWN_AFTER - 1) * RETRY.toNanos()
                + DOWN_AFTER * TIMEOUT.toNanos()
                + Duration.ofSeconds(1).toNanos();
    }

    Outcome play() {
        ManualTime time = ManualTime.startingAt(START);
        LegalHistory history = new LegalHistory(DOWN_AFTER);
        LegalHistory.Alerts told = history.alerts();
        Recorder recorder = new Recorder();
        Map<String, Target> targets = new HashMap<>();
        MonitorBuilder builder = Monitor.named("simulation")
                .runOn(time)
                .warmUp(every)
                .maxConcurrentRuns(100_000)
                .defaults(c -> c.every(every)
                        .timeout(TIMEOUT)
                        .retryEvery(RETRY)
                        .downAfter(DOWN_AFTER)
                        .upAfter(UP_AFTER))
                .alert(told)
                .alert(recorder::record, p -> p.kinds(AlertKind.DOWN, AlertKind.DEGRADED, AlertKind.FLAPPING))
                .listener(history.events())
                .listener(new RunEnds(time, targets));
        for (int i = 0; i < checks; i++) {
            String name = "check-" + i;
            Target target = new Target(name, new SplitMix(seed + i), time, told, history);
            targets.put(name, target);
            builder.check(name, target);
        }
        Monitor monitor = builder.start();
        time.advance(span);
        monitor.close();
        long runs = targets.values().stream().mapToLong(target -> target.runs).sum();
        return new Outcome(recorder.hex(), recorder.counts, runs, history.violations());
    }

    /** Keeps a digest of all alerts. */
    private static final class Recorder {

        private final MessageDigest digest = sha256();
        private final Map<AlertKind, Long> counts = new EnumMap<>(AlertKind.class);

        void record(Alert alert) {
            String line = alert.kind() + "|" + alert.check() + "|" + alert.at() + "|" + alert.incidentId() + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
            counts.merge(alert.kind(), 1L, Long::sum);
        }

        String hex() {
            return HexFormat.of().formatHex(digest.digest());
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Tells each target when its latest result was decided: what follows up a suspicion counts from there. */
    private record RunEnds(ManualTime time, Map<String, Target> targets) implements MonitorListener {

        @Override
        public void onEvent(MonitorEvent event) {
            if (event instanceof RunCompleted run) {
                Target target = targets.get(run.check());
                if (target != null) {
                    target.decidedAt = time.nanos();
                }
            }
        }

        @Override
        public boolean wants(Class<? extends MonitorEvent> type) {
            return type == RunCompleted.class;
        }

        @Override
        public boolean isDirect() {
            return true;
        }
    }

    /** In which way a target is at the moment. */
    private enum Mood {
        WELL,
        FAILING,
        WARNING,
        FLAKY,
        UNCLEAR,
        SLOW,
        HANGING
    }

    /** Something that is well most of the time, and then for a while it is not. */
    private final class Target implements Check {

        private final String name;
        private final SplitMix random;
        private final ManualTime time;
        private final LegalHistory.Alerts told;
        private final LegalHistory history;
        private Mood mood = Mood.WELL;
        private long moodSince;
        private long moodUntil;
        private boolean toldBefore;
        private long phase = Long.MIN_VALUE;
        private long decidedAt = Long.MIN_VALUE;
        private long busyUntil = Long.MIN_VALUE;
        private long runs;

        Target(String name, SplitMix random, ManualTime time, LegalHistory.Alerts told, LegalHistory history) {
            this.name = name;
            this.random = random;
            this.time = time;
            this.told = told;
            this.history = history;
            this.moodUntil = lasts(Mood.WELL);
        }

        @Override
        public CheckResult run(CheckContext context) {
            long now = time.nanos();
            runs++;
            checkPlace(now);
            while (now >= moodUntil) {
                change();
            }
            if (mood == Mood.WELL) {
                busyUntil = now;
                return CheckResult.pass();
            }
            return troubled(now);
        }

        private CheckResult troubled(long now) {
            if (mood == Mood.FAILING && !toldBefore && now - moodSince > longestUntilDown() && !told.isTold(name)) {
                history.violated(name, "failing since " + moodSince + ", not told at " + now);
            }
            long takes = switch (mood) {
                case SLOW -> random.below(8_000);
                case HANGING -> random.below(200_000);
                default -> 1 + random.below(900);
            };
            busyUntil = now + takes * MILLI;
            time.take(Duration.ofMillis(takes));
            return switch (mood) {
                case WELL, SLOW -> CheckResult.pass();
                case FAILING, HANGING -> CheckResult.fail("out of order");
                case WARNING -> CheckResult.warn("not well");
                case UNCLEAR -> CheckResult.inconclusive("cannot tell");
                case FLAKY -> random.below(2) == 0 ? CheckResult.pass() : CheckResult.fail("sometimes");
            };
        }

        /** §6.4: no overlap, and due times keep their grid unless a suspicion is followed up. */
        private void checkPlace(long now) {
            if (now < busyUntil) {
                history.violated(name, "runs at " + now + " although the run before lasts until " + busyUntil);
            }
            if (phase == Long.MIN_VALUE) {
                phase = now;
            }
            if ((now - phase) % every.toNanos() != 0 && now != decidedAt + RETRY.toNanos()) {
                history.violated(name, "runs at " + now + ", which is no line of the grid from " + phase);
            }
        }

        private void change() {
            long at = moodUntil;
            if (mood == Mood.WELL) {
                Mood[] all = Mood.values();
                mood = all[1 + (int) random.below(all.length - 1)];
            } else {
                mood = Mood.WELL;
            }
            moodSince = at;
            moodUntil = at + lasts(mood);
            toldBefore = told.isTold(name);
        }

        /** Well for about eight hundred intervals, troubled for up to twelve, flaky for up to sixty. */
        private long lasts(Mood next) {
            long intervals = switch (next) {
                case WELL -> 1_600;
                case FLAKY -> 60;
                default -> 12;
            };
            return (1 + random.below(every.toMillis() * intervals)) * MILLI;
        }
    }
}
