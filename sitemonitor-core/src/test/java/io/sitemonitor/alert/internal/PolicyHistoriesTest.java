package io.sitemonitor.alert.internal;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertPolicyBuilder;
import io.sitemonitor.alert.AsyncAlertListener;
import io.sitemonitor.event.AlertSkipped;
import io.sitemonitor.testing.ManualTime;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * §7, P6, P7, P11: whatever outages, commands, failures, kills and changes of policies come, no listener misses an outage but by its
 * policy, is told of one twice within one process, or is not told of its end. How many histories: {@code -Dpolicies.count}, from
 * which seed: {@code -Dpolicies.seed}.
 */
class PolicyHistoriesTest {

    private static final int COUNT = Integer.getInteger("policies.count", 400);
    private static final long SEED = Long.getLong("policies.seed", 20_261_123L);
    private static final int CHECKS = 8;

    @Test
    void noListenerMissesARecoveryOrIsToldTwice() {
        for (int i = 0; i < COUNT; i++) {
            new Played(SEED + i).play();
        }
    }

    /** A listener that may fail or take its time, and what it got. */
    private static class Witness implements AlertListener {

        private final List<Alert> got = new ArrayList<>();
        private final Set<String> gotInLives = new HashSet<>();
        private final Random random;
        private final RouterStage stage;
        private final List<String> wrong;
        private final String name;
        private double failing;
        private boolean slow;

        Witness(String name, Random random, RouterStage stage, List<String> wrong) {
            this.name = name;
            this.random = random;
            this.stage = stage;
            this.wrong = wrong;
        }

        @Override
        public void onAlert(Alert alert) throws IOException {
            if (random.nextDouble() < failing) {
                throw new IOException("at random");
            }
            if (slow && random.nextInt(4) == 0) {
                stage.time().take(ofSeconds(random.nextInt(9)));
            }
            tell(alert);
        }

        final void tell(Alert alert) {
            if (!gotInLives.add(stage.life() + " " + alert.id())) {
                wrong.add(name + " was told twice of " + alert.id());
            }
            if (got.stream().noneMatch(each -> each.id().equals(alert.id()))) {
                got.add(alert);
            }
        }
    }

    /** One that answers later, in any order, or never. */
    private static final class LateWitness extends Witness implements AsyncAlertListener {

        LateWitness(String name, Random random, RouterStage stage, List<String> wrong) {
            super(name, random, stage, wrong);
        }

        @Override
        public CompletionStage<?> deliver(Alert alert) throws IOException {
            if (super.random.nextDouble() < super.failing / 2) {
                throw new IOException("at random");
            }
            CompletableFuture<Void> answer = new CompletableFuture<>();
            boolean fails = super.random.nextDouble() < super.failing;
            Runnable comes = () -> {
                if (answer.isDone()) {
                    return; // given up, so it is not told either
                }
                if (fails) {
                    answer.completeExceptionally(new IOException("at random, later"));
                } else {
                    tell(alert);
                    answer.complete(null);
                }
            };
            int after = super.slow ? super.random.nextInt(13) : super.random.nextInt(2);
            if (after == 0) {
                comes.run();
            } else {
                ManualTime its = super.stage.time();
                its.at(its.now().plusSeconds(after), comes);
            }
            return answer;
        }

        @Override
        public int mostAtOnce() {
            return 3;
        }

        @Override
        public void onAlert(Alert alert) {
            throw new AssertionError("asked to wait");
        }
    }

    private static final class Played {

        private final long seed;
        private final Random random;
        private final RouterStage stage = new RouterStage().numbered();
        private final List<String> wrong = new ArrayList<>();
        private final List<String> story = new ArrayList<>();
        private final Map<String, Witness> witnesses = new LinkedHashMap<>();
        private final boolean[] down = new boolean[CHECKS];

        Played(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            for (String name : List.of("plain", "later", "office", "sms", "spill", "digest", "night")) {
                witnesses.put(
                        name,
                        random.nextBoolean()
                                ? new Witness(name, random, stage, wrong)
                                : new LateWitness(name, random, stage, wrong));
            }
            listen();
        }

        private void listen() {
            listen("plain", p -> {});
            listen("later", p -> p.after(ofMinutes(random.nextInt(40))).remindEvery(ofMinutes(17)));
            listen(
                    "office",
                    p -> p.workingHours(
                            LocalTime.of(8, 0),
                            LocalTime.of(13 + random.nextInt(8), 0),
                            ZoneOffset.UTC,
                            DayOfWeek.MONDAY,
                            DayOfWeek.TUESDAY,
                            DayOfWeek.WEDNESDAY));
            listen(
                    "sms",
                    p -> p.budget(2 + random.nextInt(10)).spillOver("spill").remindEvery(ofHours(1)));
            listen("spill", p -> p.standby());
            listen("digest", p -> {
                if (random.nextInt(3) > 0) {
                    p.digest(1 + random.nextInt(3), ofSeconds(5 + random.nextInt(600)));
                }
                if (random.nextBoolean()) {
                    p.remindEvery(ofMinutes(45));
                }
            });
            listen("night", p -> p.budget(3 + random.nextInt(9)).digest(2, ofSeconds(60)));
        }

        private void listen(String name, Consumer<AlertPolicyBuilder> options) {
            stage.listen(
                    name, witnesses.get(name), p -> options.accept(p.named(name).expireAfter(ofDays(300))));
        }

        void play() {
            int steps = 20 + random.nextInt(60);
            for (int i = 0; i < steps; i++) {
                step();
            }
            calm();
            judge();
        }

        private void step() {
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3, 4, 5 -> change(random.nextInt(CHECKS), random.nextInt(8) == 0);
                case 6 -> storm();
                case 7 -> {
                    String listener = anyListener();
                    note("mute " + listener);
                    stage.mute(listener, ofMinutes(1 + random.nextInt(300)));
                }
                case 8 -> {
                    String check = "c" + random.nextInt(CHECKS);
                    note("snooze " + check);
                    stage.snooze(check, ofMinutes(1 + random.nextInt(100)));
                }
                case 9 -> {
                    String check = "c" + random.nextInt(CHECKS);
                    note("acknowledge " + check);
                    stage.acknowledge(check);
                }
                case 10 -> {
                    String listener = anyListener();
                    note("unmute " + listener);
                    stage.router().endSilence(listener, null);
                }
                case 11 -> {
                    Witness witness = witnesses.get(anyListener());
                    witness.failing = random.nextInt(3) / 2.0;
                    witness.slow = random.nextBoolean();
                    note(witness.name + " fails " + witness.failing);
                }
                case 12 -> kill();
                case 13 -> {
                    note("restart with other settings");
                    stage.restart(this::listen);
                }
                default -> {}
            }
            Duration pause = random.nextInt(3) == 0
                    ? ofSeconds(random.nextInt(20))
                    : ofMinutes(random.nextInt(random.nextInt(4) == 0 ? 600 : 20));
            note("wait " + pause);
            stage.advance(pause);
        }

        private void change(int check, boolean thenKilled) {
            String name = "c" + check;
            if (down[check]) {
                note("up " + name);
                if (thenKilled) {
                    stage.router().route(stage.alert(name, AlertKind.RECOVERED));
                    kill();
                }
                stage.up(name);
            } else {
                note("down " + name);
                stage.down(name);
            }
            down[check] = !down[check];
        }

        private void storm() {
            for (int check = 0; check < CHECKS; check++) {
                if (random.nextInt(4) > 0) {
                    change(check, false);
                }
            }
        }

        private void kill() {
            note("kill");
            stage.kill(ofMinutes(random.nextInt(2) * random.nextInt(100)));
        }

        private String anyListener() {
            return List.copyOf(witnesses.keySet()).get(random.nextInt(witnesses.size()));
        }

        private void note(String what) {
            story.add(stage.now() + " " + what);
        }

        private void calm() {
            witnesses.values().forEach(witness -> witness.failing = 0);
            stage.advance(ofHours(1));
            for (int check = 0; check < CHECKS; check++) {
                if (down[check]) {
                    change(check, false);
                }
            }
            stage.advance(ofDays(14));
        }

        private void judge() {
            Set<String> skipped = new HashSet<>();
            stage.events().forEach(event -> {
                if (event instanceof AlertSkipped skip) {
                    skipped.add(skip.listener() + " " + skip.alertId());
                }
            });
            witnesses.forEach((name, witness) -> judge(name, witness, skipped));
            if (stage.router().waiting() > 0) {
                wrong.add(stage.router().waiting() + " alerts wait");
            }
            if (!stage.deadLetters().list().isEmpty()) {
                wrong.add("dead letters: " + stage.deadLetters().list());
            }
            if (!stage.router().acknowledgements().isEmpty()) {
                wrong.add("acknowledged: " + stage.router().acknowledgements());
            }
            assertThat(wrong).as("seed %d%n%s", seed, String.join("\n", story)).isEmpty();
        }

        private void judge(String name, Witness witness, Set<String> skipped) {
            Map<String, Set<String>> open = new HashMap<>();
            Set<String> told = new TreeSet<>();
            for (Alert alert : witness.got) {
                if (alert.kind() == AlertKind.DIGEST || alert.kind() == AlertKind.DIGEST_ENDED) {
                    digest(name, alert, open, told);
                } else if (alert.kind().isOpening()) {
                    told.add(alert.incidentId());
                    if (!open.computeIfAbsent(alert.check(), check -> new HashSet<>())
                            .add(alert.incidentId())) {
                        wrong.add(name + " was told again of " + alert.id());
                    }
                } else if (alert.kind().isClosing()) {
                    if (!open.getOrDefault(alert.check(), new HashSet<>()).remove(alert.incidentId())) {
                        wrong.add(name + " was told of an end without a beginning: " + alert.id());
                    }
                } else if (!open.getOrDefault(alert.check(), Set.of()).contains(alert.incidentId())) {
                    wrong.add(name + " was told beside an outage: " + alert);
                }
                open.values().forEach(each -> {
                    if (each.size() > 1) {
                        wrong.add(name + " was told of two outages at once: " + each);
                    }
                });
            }
            open.values().stream()
                    .filter(each -> !each.isEmpty())
                    .forEach(each -> wrong.add(name + " was never told of the end of " + each));
            if (name.equals("spill")) {
                return;
            }
            for (int check = 0; check < CHECKS; check++) {
                for (int round = 1; round <= stage.rounds("c" + check); round++) {
                    String incident = "c" + check + "#" + round;
                    boolean known = told.contains(incident)
                            || skipped.contains(name + " " + incident + " DOWN")
                            || (name.equals("sms")
                                    && (isTold("spill", incident) || skipped.contains("spill " + incident + " DOWN")));
                    if (!known) {
                        wrong.add(name + " has missed " + incident);
                    }
                }
            }
        }

        private boolean isTold(String name, String incident) {
            return witnesses.get(name).got.stream()
                    .anyMatch(alert -> alert.incidentId().equals(incident));
        }

        /** Its evidence names what has begun and what is over. */
        private void digest(String name, Alert alert, Map<String, Set<String>> open, Set<String> told) {
            String storm = alert.incidentId();
            if (alert.kind() == AlertKind.DIGEST) {
                open.computeIfAbsent("test", check -> new HashSet<>()).add(storm);
            } else if (!open.getOrDefault("test", new HashSet<>()).remove(storm)) {
                wrong.add(name + " was told of the end of a digest without a beginning: " + alert);
            }
            for (String fact : alert.evidence().facts().values()) {
                for (String news : fact.split("; ")) {
                    member(name, alert, news, open, told);
                }
            }
        }

        /** Such as {@code DOWN: c3 is down (2)}. */
        private void member(String name, Alert alert, String news, Map<String, Set<String>> open, Set<String> told) {
            String check = news.replaceAll("\\w+: (c\\d) is .*", "$1");
            String incident = check + "#" + news.replaceAll(".*\\((\\d+)\\)", "$1");
            Set<String> its = open.computeIfAbsent(check, any -> new HashSet<>());
            if (news.startsWith("DOWN")) {
                told.add(incident);
                its.add(incident);
            } else if (!its.remove(incident)) {
                wrong.add(name + " was told in a digest of an end without a beginning: " + alert);
            }
        }
    }
}
