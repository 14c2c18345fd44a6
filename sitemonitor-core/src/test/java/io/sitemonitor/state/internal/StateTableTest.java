package io.sitemonitor.state.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.sitemonitor.check.Verdict;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.state.Thresholds;
import io.sitemonitor.state.Transition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The state machine does what {@code docs/states.md} says: design §6.1, §6.2 and the suspicion of §6.3, row by row. */
class StateTableTest {

    private static final Path PAGE = Path.of("..", "docs", "states.md");
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private static final String STREAKS = "streak, counts, until, stops at";
    private static final String RULES = "rule, says";
    private static final String ONE_RUN = "rule, state, streaks, thresholds, run, next, streaks then, again soon";
    private static final String MANY_RUNS = "rule, thresholds, runs, states";
    private static final String BEGINNINGS = "rule, thresholds, runs, change, first run, decided by";

    /** A row of a table, with the heads of its columns. */
    private record Row(int line, String table, List<String> cells) {}

    @TestFactory
    Stream<DynamicTest> everyRowHolds() throws IOException {
        return rows(Files.readAllLines(PAGE)).stream()
                .filter(row -> !row.table().equals(STREAKS) && !row.table().equals(RULES))
                .map(row ->
                        dynamicTest("line " + row.line() + ": " + String.join(" | ", row.cells()), () -> hold(row)));
    }

    @Test
    void everyRuleHasARowAndEveryRowARule() throws IOException {
        Set<String> rules = new LinkedHashSet<>();
        Set<String> shown = new LinkedHashSet<>();
        for (Row row : rows(Files.readAllLines(PAGE))) {
            if (row.table().equals(RULES)) {
                rules.add(row.cells().get(0));
            } else if (!row.table().equals(STREAKS)) {
                shown.add(row.cells().get(0));
            }
        }
        assertThat(shown).containsExactlyInAnyOrderElementsOf(rules);
    }

    @Test
    void everyStateIsShownWithEveryVerdict() throws IOException {
        Set<String> shown = new LinkedHashSet<>();
        for (Row row : rows(Files.readAllLines(PAGE))) {
            if (row.table().equals(ONE_RUN)) {
                shown.add(row.cells().get(1) + row.cells().get(4));
            }
        }
        for (String state : List.of("?", "U", "D", "X")) {
            assertThat(shown).contains(state + "P", state + "W", state + "F", state + "I");
        }
    }

    @Test
    void aRowThatCannotBeReadFails() {
        Row row = rows(List.of(
                        "| rule | thresholds | runs | states |", "|---|---|---|---|", "| 6.1 down | 3/2 | F | ? |"))
                .get(0);
        assertThatThrownBy(() -> hold(row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 3: '3/2' should be 3 numbers");
        assertThatThrownBy(() -> hold(new Row(7, MANY_RUNS, List.of("6.1 down", "3/2/3", "FQ", "??"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 7: 'Q' is no verdict");
        assertThatThrownBy(() -> hold(new Row(8, MANY_RUNS, List.of("6.1 down", "3/2/3", "FF"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 8: 3 cells under 'rule, thresholds, runs, states'");
        assertThatThrownBy(() -> hold(new Row(9, "rule, wish", List.of("6.1 down", "always up"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 9: no table is known with 'rule, wish'");
    }

    private static List<Row> rows(List<String> lines) {
        List<Row> rows = new ArrayList<>();
        String table = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.startsWith("|")) {
                table = null;
            } else if (table == null) {
                table = String.join(", ", cells(line));
            } else if (!line.startsWith("|---")) {
                rows.add(new Row(i + 1, table, cells(line)));
            }
        }
        return rows;
    }

    private static List<String> cells(String line) {
        String inner = line.substring(1, line.endsWith("|") ? line.length() - 1 : line.length());
        return Stream.of(inner.split("\\|", -1)).map(String::strip).toList();
    }

    private static void hold(Row row) {
        try {
            if (row.cells().size() != row.table().split(", ", -1).length) {
                throw new IllegalArgumentException(row.cells().size() + " cells under '" + row.table() + "'");
            }
            switch (row.table()) {
                case ONE_RUN -> oneRun(row.cells());
                case MANY_RUNS -> manyRuns(row.cells());
                case BEGINNINGS -> beginnings(row.cells());
                default -> throw new IllegalArgumentException("no table is known with '" + row.table() + "'");
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + row.line() + ": " + e.getMessage(), e);
        }
    }

    private static void oneRun(List<String> cells) {
        Thresholds thresholds = thresholds(cells.get(3));
        int[] streaks = numbers(cells.get(2), 4);
        Standing before = new Standing(
                state(letter(cells.get(1))),
                START,
                streak(streaks[0]),
                streak(streaks[1]),
                streak(streaks[2]),
                streak(streaks[3]));
        Standing after = run(before, 9, verdict(letter(cells.get(4))), thresholds);
        assertThat(after.state()).as("next").isEqualTo(state(letter(cells.get(5))));
        assertThat(new int[] {
                    after.fails().runs(),
                    after.troubles().runs(),
                    after.works().runs(),
                    after.passes().runs()
                })
                .as("streaks then")
                .containsExactly(numbers(cells.get(6), 4));
        assertThat(after.isUndecided()).as("again soon").isEqualTo(yes(cells.get(7)));
        boolean changed = after.state() != before.state();
        assertThat(after.since()).as("since").isEqualTo(changed ? ended(9) : START);
        assertThat(after.transitionFrom(before) != null).as("has a transition").isEqualTo(changed);
    }

    private static void manyRuns(List<String> cells) {
        Thresholds thresholds = thresholds(cells.get(1));
        StringBuilder states = new StringBuilder();
        play(cells.get(2), thresholds, (before, after) -> states.append(after == null ? '/' : letterOf(after.state())));
        assertThat(states.toString()).isEqualTo(cells.get(3));
    }

    private static void beginnings(List<String> cells) {
        List<Transition> changes = new ArrayList<>();
        int runs = play(cells.get(2), thresholds(cells.get(1)), (before, after) -> {
            Transition change = after == null ? null : after.transitionFrom(before);
            if (change != null) {
                changes.add(change);
            }
        });
        String[] change = cells.get(3).split(" ", -1);
        if (change.length != 2) {
            throw new IllegalArgumentException("'" + cells.get(3) + "' should be two states");
        }
        int first = numbers(cells.get(4), 1)[0];
        int decidedBy = numbers(cells.get(5), 1)[0];
        assertThat(changes)
                .last()
                .isEqualTo(new Transition(
                        state(letter(change[0])), state(letter(change[1])), started(first), ended(runs), decidedBy));
    }

    private interface Step {
        /** Called after each run, and with null where the streaks were forgotten. */
        void seen(Standing before, @Nullable Standing after);
    }

    private static int play(String runs, Thresholds thresholds, Step step) {
        Standing standing = Standing.unknown(START);
        int run = 0;
        for (char letter : runs.toCharArray()) {
            Standing before = standing;
            if (letter == '/') {
                standing = standing.withoutStreaks();
                assertThat(standing.since()).as("since").isEqualTo(before.since());
                step.seen(before, null);
            } else {
                run++;
                standing = run(standing, run, verdict(letter), thresholds);
                step.seen(before, standing);
            }
        }
        return run;
    }

    private static Standing run(Standing standing, int run, Verdict verdict, Thresholds thresholds) {
        return standing.after(verdict, started(run), run, ended(run), thresholds);
    }

    private static Instant started(int run) {
        return START.plusSeconds(30L * run);
    }

    private static Instant ended(int run) {
        return started(run).plusSeconds(1);
    }

    private static Streak streak(int runs) {
        return runs == 0 ? Streak.NONE : new Streak(runs, START, 0);
    }

    private static Thresholds thresholds(String cell) {
        int[] numbers = numbers(cell, 3);
        return new Thresholds(numbers[0], numbers[1], numbers[2]);
    }

    private static int[] numbers(String cell, int count) {
        String[] parts = cell.split("/", -1);
        int[] numbers = new int[count];
        if (parts.length != count) {
            throw new IllegalArgumentException("'" + cell + "' should be " + count + " numbers");
        }
        for (int i = 0; i < count; i++) {
            numbers[i] = Integer.parseInt(parts[i]);
        }
        return numbers;
    }

    private static char letter(String cell) {
        if (cell.length() != 1) {
            throw new IllegalArgumentException("'" + cell + "' should be one letter");
        }
        return cell.charAt(0);
    }

    private static boolean yes(String cell) {
        return switch (cell) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new IllegalArgumentException("'" + cell + "' should be yes or no");
        };
    }

    private static Verdict verdict(char letter) {
        return switch (letter) {
            case 'P' -> Verdict.PASS;
            case 'W' -> Verdict.WARN;
            case 'F' -> Verdict.FAIL;
            case 'I' -> Verdict.INCONCLUSIVE;
            default -> throw new IllegalArgumentException("'" + letter + "' is no verdict");
        };
    }

    private static HealthState state(char letter) {
        return switch (letter) {
            case '?' -> HealthState.UNKNOWN;
            case 'U' -> HealthState.UP;
            case 'D' -> HealthState.DEGRADED;
            case 'X' -> HealthState.DOWN;
            default -> throw new IllegalArgumentException("'" + letter + "' is no state");
        };
    }

    private static char letterOf(HealthState state) {
        return switch (state) {
            case UNKNOWN -> '?';
            case UP -> 'U';
            case DEGRADED -> 'D';
            case DOWN -> 'X';
        };
    }
}
