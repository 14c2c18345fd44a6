package io.sitemonitor.state.internal;

import static io.sitemonitor.check.Verdict.FAIL;
import static io.sitemonitor.check.Verdict.INCONCLUSIVE;
import static io.sitemonitor.check.Verdict.PASS;
import static io.sitemonitor.check.Verdict.WARN;
import static io.sitemonitor.state.HealthState.DEGRADED;
import static io.sitemonitor.state.HealthState.DOWN;
import static io.sitemonitor.state.HealthState.UNKNOWN;
import static io.sitemonitor.state.HealthState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.Verdict;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.state.Thresholds;
import io.sitemonitor.state.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandingTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    /** States are written after each run: P, W, F, I are verdicts; ?, U, D, X are UNKNOWN, UP, DEGRADED, DOWN. */
    @ParameterizedTest(name = "{0} gives {1} with down {2}, up {3}, degraded {4}")
    @CsvSource({
        // the first decision
        "P, U, 3, 2, 3",
        "FP, ?U, 3, 2, 3",
        "FFF, ??X, 3, 2, 3",
        "WWW, ??D, 3, 2, 3",
        "IIII, ????, 1, 1, 1",
        // in a row means in a row
        "PFFPFFPFFF, UUUUUUUUUX, 3, 2, 3",
        "PFFF, UUUX, 3, 2, 3",
        "PFF, UUU, 3, 2, 3",
        "PF, UX, 1, 1, 1",
        "PFIFIIF, UUUUUUX, 3, 2, 3",
        // one good run does not end an outage, two in a row do
        "FFFPFPP, ??XXXXU, 3, 2, 3",
        "FFFPIP, ??XXXU, 3, 2, 3",
        "FP, XU, 1, 1, 1",
        "FPPPP, XXXXU, 1, 4, 3",
        // a warning resets the failing streak, but not the degraded one
        "PFFWFFWFFF, UUUDDDDDDX, 3, 2, 3",
        "PWWW, UUUD, 3, 2, 3",
        "PWWPWWPWWW, UUUUUUUUUD, 3, 2, 3",
        "PFWF, UUUD, 3, 2, 3",
        // degraded ends after passing runs in a row
        "PWWWPWPP, UUUDDDDU, 3, 2, 3",
        // degraded before down when that takes longer
        "PFFFFF, UUUDDX, 5, 2, 3",
        // down ends in degraded when the good runs include warnings
        "FFFWW, ??XXD, 3, 2, 3",
        "FFFWPP, ??XXDU, 3, 2, 3",
        "FFFPW, ??XXD, 3, 2, 3"
    })
    void decidesAsTheTableSays(String verdicts, String states, int down, int up, int degraded) {
        assertThat(statesAfter(verdicts, new Thresholds(down, up, degraded))).isEqualTo(states);
    }

    @Test
    void anOutageBeginsWithItsFirstFailedRunAndEndsWithItsFirstGoodOne() {
        List<Transition> transitions = transitions("PFFF" + "FF" + "PP", Thresholds.DEFAULT);

        assertThat(transitions)
                .containsExactly(
                        new Transition(UNKNOWN, UP, started(0), ended(0), 1),
                        new Transition(UP, DOWN, started(1), ended(3), 3),
                        new Transition(DOWN, UP, started(6), ended(7), 2));
    }

    @Test
    void aCheckAtRestStandsOnTheSameObject() {
        Standing up = play("PPPP", Thresholds.DEFAULT);
        assertThat(up.after(PASS, started(9), 9, ended(9), Thresholds.DEFAULT)).isSameAs(up);
        Standing down = play("FFFFF", Thresholds.DEFAULT);
        assertThat(down.after(FAIL, started(9), 9, ended(9), Thresholds.DEFAULT))
                .isSameAs(down);
        assertThat(down.after(INCONCLUSIVE, started(9), 9, ended(9), Thresholds.DEFAULT))
                .isSameAs(down);
    }

    @ParameterizedTest
    @CsvSource({
        "P,false",
        "F,true",
        "W,true",
        "PF,true",
        "PFFF,false",
        "PFFFP,true",
        "PFFFPP,false",
        "PWWW,false",
        "PWWWF,true",
        "PWWWP,true",
        "PFP,false"
    })
    void isUndecidedWhileAChangeIsSuspected(String verdicts, boolean undecided) {
        assertThat(play(verdicts, Thresholds.DEFAULT).isUndecided()).isEqualTo(undecided);
    }

    @Test
    void forgettingStreaksKeepsTheState() {
        Standing standing = play("PFF", Thresholds.DEFAULT).withoutStreaks();
        assertThat(standing.state()).isEqualTo(UP);
        assertThat(standing.after(FAIL, started(9), 9, ended(9), Thresholds.DEFAULT)
                        .state())
                .isEqualTo(UP);
    }

    /** P12, P13: against a model that looks back over the whole history instead of counting. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithAModelThatLooksBack(long seed) {
        Random random = new Random(seed);
        int atRest = 0;
        for (int round = 0; round < 2_000; round++) {
            Thresholds thresholds = new Thresholds(1 + random.nextInt(4), 1 + random.nextInt(4), 1 + random.nextInt(5));
            List<Verdict> history = new ArrayList<>();
            Standing standing = Standing.unknown(START);
            HealthState expected = UNKNOWN;
            for (int run = 0; run < 60; run++) {
                Verdict verdict = Verdict.values()[random.nextInt(4)];
                Standing before = standing;
                standing = standing.after(verdict, started(run), run, ended(run), thresholds);
                if (before.isAtRest(verdict, thresholds)) {
                    assertThat(standing).as("at rest").isSameAs(before);
                    atRest++;
                }
                if (verdict != INCONCLUSIVE) {
                    history.add(verdict);
                    expected = model(expected, history, thresholds);
                }
                assertThat(standing.state())
                        .as("seed %d, round %d, %s, %s", seed, round, thresholds, history)
                        .isEqualTo(expected);
            }
        }
        assertThat(atRest).isPositive();
    }

    private static HealthState model(HealthState before, List<Verdict> history, Thresholds thresholds) {
        int fails = inARow(history, FAIL, FAIL);
        int works = inARow(history, PASS, WARN);
        int passes = inARow(history, PASS, PASS);
        int troubles = inARow(history, WARN, FAIL);
        if (fails >= thresholds.downAfter()) {
            return DOWN;
        }
        if (before == DOWN) {
            return works < thresholds.upAfter() ? DOWN : passes < thresholds.upAfter() ? DEGRADED : UP;
        }
        if (before == UNKNOWN && passes > 0) {
            return UP;
        }
        if (before == DEGRADED) {
            return passes >= thresholds.upAfter() ? UP : DEGRADED;
        }
        return troubles >= thresholds.degradedAfter() ? DEGRADED : before;
    }

    private static int inARow(List<Verdict> history, Verdict one, Verdict other) {
        int count = 0;
        for (int i = history.size() - 1; i >= 0 && (history.get(i) == one || history.get(i) == other); i--) {
            count++;
        }
        return count;
    }

    private static String statesAfter(String verdicts, Thresholds thresholds) {
        StringBuilder states = new StringBuilder();
        Standing standing = Standing.unknown(START);
        for (int i = 0; i < verdicts.length(); i++) {
            standing = standing.after(verdict(verdicts.charAt(i)), started(i), i, ended(i), thresholds);
            states.append(
                    switch (standing.state()) {
                        case UNKNOWN -> '?';
                        case UP -> 'U';
                        case DEGRADED -> 'D';
                        case DOWN -> 'X';
                    });
        }
        return states.toString();
    }

    private static Standing play(String verdicts, Thresholds thresholds) {
        Standing standing = Standing.unknown(START);
        for (int i = 0; i < verdicts.length(); i++) {
            standing = standing.after(verdict(verdicts.charAt(i)), started(i), i, ended(i), thresholds);
        }
        return standing;
    }

    private static List<Transition> transitions(String verdicts, Thresholds thresholds) {
        List<Transition> transitions = new ArrayList<>();
        Standing standing = Standing.unknown(START);
        for (int i = 0; i < verdicts.length(); i++) {
            Standing before = standing;
            standing = standing.after(verdict(verdicts.charAt(i)), started(i), i, ended(i), thresholds);
            Transition transition = standing.transitionFrom(before);
            if (transition != null) {
                transitions.add(transition);
            }
        }
        return transitions;
    }

    private static Verdict verdict(char letter) {
        return switch (letter) {
            case 'P' -> PASS;
            case 'W' -> WARN;
            case 'F' -> FAIL;
            default -> INCONCLUSIVE;
        };
    }

    private static Instant started(int run) {
        return START.plusSeconds(30L * run);
    }

    private static Instant ended(int run) {
        return started(run).plusSeconds(1);
    }
}
